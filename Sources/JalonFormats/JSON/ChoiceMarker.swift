import JalonCore

/// What `jalon new` writes where a person has to choose a number, a date or a text.
enum ChoiceMarker {
  /// The text, whatever the shape expected there.
  static let text = "À CHOISIR"
}

extension JSONNode {
  /// Whether the value is still to be chosen.
  var isToBeChosen: Bool {
    // A text that holds it among other words is still open too.
    kind == .string && (text?.contains(ChoiceMarker.text) ?? false)
  }
}

extension Sentence {
  static let toBeChosen = Sentence(
    french: "à choisir : remplacez « À CHOISIR »", english: "to be chosen: replace “À CHOISIR”"
  ).typeset
}

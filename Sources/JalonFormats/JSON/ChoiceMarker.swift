import JalonCore

/// What `jalon new` writes where a person has to choose a number, a date or a text.
enum ChoiceMarker {
  /// The text, whatever the shape expected there.
  static let text = "À CHOISIR"

  /// Whether a text holds the marker's plain letters: hardly one does, and to look for an accented
  /// text however its accents are written costs as much as all the rest of reading it.
  fileprivate static func mayStand(in text: String) -> Bool {
    let letters = "CHOISIR".utf8
    var found = letters.startIndex
    for byte in text.utf8 {
      if byte != letters[found] { found = letters.startIndex }
      guard byte == letters[found] else { continue }
      found = letters.index(after: found)
      if found == letters.endIndex { return true }
    }
    return false
  }
}

extension JSONNode {
  /// Whether the value is still to be chosen.
  var isToBeChosen: Bool {
    // A text that holds it among other words is still open too.
    guard kind == .string, let text, ChoiceMarker.mayStand(in: text) else { return false }
    return text.contains(ChoiceMarker.text)
  }
}

extension Sentence {
  static let toBeChosen = Sentence(
    french: "à choisir : remplacez « À CHOISIR »", english: "to be chosen: replace “À CHOISIR”"
  ).typeset
}

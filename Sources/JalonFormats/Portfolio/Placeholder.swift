import JalonCore

/// What stands for a value that could not be read, so that all the others can still be verified.
///
/// No rule judges one: its place is among the broken ones.
enum Placeholder {
  /// The id of an element, as a message about something else of it quotes it.
  static let id = "?"
  /// What names something else; no id is empty.
  static let name = ""
  /// A day.
  static let day = Day(number: 0)
}

extension ObjectReader {
  /// A list of ids, or of names of other elements.
  mutating func identifiers(_ node: JSONNode?) -> [String]? {
    list(node) { $0.identifier($1) ?? Placeholder.name }
  }
}

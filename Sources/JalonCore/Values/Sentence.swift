/// The languages that Jalon speaks.
public enum Language: String, CaseIterable, Sendable {
  case french = "fr"
  case english = "en"
}

/// One thing said to a person, in every language.
///
/// The texts stand beside the rule that says them, as data; who prints picks the language.
public struct Sentence: Hashable, Sendable {
  /// In French, for teams and the follow-up team.
  public let french: String
  /// In English.
  public let english: String

  /// A sentence in both languages.
  public init(french: String, english: String) {
    self.french = french
    self.english = english
  }

  /// The text in one language.
  public subscript(language: Language) -> String {
    switch language {
    case .french: french
    case .english: english
    }
  }
}

import JalonCore

extension PortfolioProblem {
  /// A problem fit to be shown, whatever the file holds that it quotes.
  ///
  /// Keys and texts of a file may hold control characters, and megabytes; a terminal and a letter
  /// get neither.
  static func shown(
    file: String, line: Int?, path: String, message: Sentence
  ) -> PortfolioProblem {
    PortfolioProblem(
      file: file, line: line, path: String(shown: path, limit: 400), message: message.shown)
  }
}

extension Sentence {
  /// The sentence with what it quotes made harmless, and of bounded length.
  var shown: Sentence {
    Sentence(
      french: String(shown: french, limit: 2_000), english: String(shown: english, limit: 2_000))
  }
}

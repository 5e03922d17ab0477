import JalonCore

/// What people are told: a sentence in each language that a terminal and a page can show.
enum Shown {
  /// Bytes that one sentence may have: it quotes at most a dozen names of 200.
  static let longest = 4_000

  static func check(_ sentence: Sentence, _ place: @autoclosure () -> String)
    throws(BrokenProperty)
  {
    for text in [sentence.french, sentence.english] {
      try hold(!text.isEmpty, "a problem has a sentence (\(place()))")
      try hold(text.utf8.count <= longest, "a sentence is short (\(place()))")
      try hold(isHarmless(text), "a sentence shows no control character (\(place())): \(text)")
    }
  }

  /// Whether a text does nothing to the terminal that it is printed on.
  static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { !(..<0x20 ~= $0.value) && !(0x7F..<0xA0 ~= $0.value) }
  }

  static func check(_ problems: [Problem], lines: Int, isError: Bool) throws(BrokenProperty) {
    // A thousand, and how many more.
    try hold(problems.count <= 1_001, "the number of problems is bounded")
    for problem in problems {
      let place = "\(problem.code) at \(problem.line ?? 0):\(problem.column ?? 0)"
      try hold(problem.code.isWarning != isError, "errors and warnings are kept apart (\(place))")
      try check(problem.message, place)
      try hold(problem.line.map { (1...lines).contains($0) } ?? true, "lines exist (\(place))")
      try hold(problem.column.map { (1...1_001).contains($0) } ?? true, "columns exist (\(place))")
      try hold(problem.line != nil || problem.column == nil, "a column has a line (\(place))")
      try hold(problem.text.utf8.count <= 640, "what is quoted is short (\(place))")
      try hold(isHarmless(problem.text), "what is quoted is harmless (\(place))")
    }
    let places = problems.prefix(1_000).map { ($0.line ?? 0, $0.column ?? 0) }
    let isInOrder = zip(places, places.dropFirst()).allSatisfy { $0 <= $1 }
    try hold(isInOrder, "problems come in the order of the file")
  }

  static func check(
    _ problems: [DecisionProblem], lines: Int, isError: Bool
  ) throws(BrokenProperty) {
    for problem in problems {
      let place = "\(problem.code) at \(problem.line ?? 0):\(problem.column ?? 0)"
      try hold((problem.code == .columnUnknown) != isError, "warnings are no errors (\(place))")
      try check(problem.message, place)
      try hold(problem.line.map { (1...lines).contains($0) } ?? true, "lines exist (\(place))")
      try hold(problem.column.map { (1...1_001).contains($0) } ?? true, "columns exist (\(place))")
      try hold(problem.text.utf8.count <= 640, "what is quoted is short (\(place))")
      try hold(isHarmless(problem.text), "what is quoted is harmless (\(place))")
    }
  }

  static func check(_ problems: [PortfolioProblem], file: String?, lines: Int)
    throws(BrokenProperty)
  {
    try hold(problems.count <= 100_000, "the number of problems is bounded")
    for problem in problems {
      let place = "\(problem.file):\(problem.line ?? 0): \(problem.path)"
      try check(problem.message, place)
      try hold(file.map { $0 == problem.file } ?? true, "a problem names its file (\(place))")
      try hold(problem.line.map { (1...lines).contains($0) } ?? true, "lines exist (\(place))")
      try hold(isHarmless(problem.path), "a path is harmless (\(place))")
      try hold(problem.path.utf8.count <= longest, "a path is short")
    }
  }
}

import JalonCore

/// The problems of one file: the first thousand of them, and how many there were.
struct ProblemList {
  /// A receipt that lists more is not read by anybody.
  static let limit = 1_000

  private var listed: [Problem] = []
  private var later: [Problem] = []
  private(set) var count = 0
  private var firstLeftOut: ProblemCode?

  var isEmpty: Bool { count == 0 }

  /// Notes a problem found while reading; its sentence is only made up if it will be read.
  mutating func add(_ code: ProblemCode, _ problem: () -> Problem) {
    count += 1
    if listed.count < ProblemList.limit {
      listed.append(problem())
    } else if firstLeftOut == nil {
      firstLeftOut = code
    }
  }

  /// Notes a problem found once everything is read, wherever it lies.
  mutating func addAfterwards(_ code: ProblemCode, _ problem: () -> Problem) {
    count += 1
    if later.count < ProblemList.limit {
      later.append(problem())
    } else if firstLeftOut == nil {
      firstLeftOut = code
    }
  }

  /// In order of line, then column; what concerns the whole file comes first, the count of the rest last.
  func inOrder() -> [Problem] {
    let all = (listed + later).enumerated().sorted { left, right in
      (left.element.line ?? 0, left.element.column ?? 0, left.offset)
        < (right.element.line ?? 0, right.element.column ?? 0, right.offset)
    }.map(\.element)
    var shown = Array(all.prefix(ProblemList.limit))
    if count > shown.count {
      let code = firstLeftOut ?? all[shown.count].code
      shown.append(
        Problem(
          code, message: ProblemList.more.with(String(count), String(count - shown.count))))
    }
    return shown
  }

  private static let more = Wording(
    "{0} problèmes en tout ; {1} ne sont pas détaillés ici. Corrigez ceux-ci et renvoyez le fichier",
    "{0} problems in all; {1} are not listed here. Correct these and send the file again")
}

import JalonCore
import JalonFormats
import JalonPages

extension FuzzTarget {
  /// What officers put into their own doors: acts, as CSV or JSON.
  static let decisions = FuzzTarget("decisions", longest: 4_096, DecisionProperties.check)
}

/// What holds of every officer's file.
enum DecisionProperties {
  @Sendable
  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    let file = DecisionFile(bytes)
    let lines = Spellings.lineCount(bytes)
    try hold(file.errors.count <= 200, "the number of errors is bounded")
    try hold(file.requests.count <= 500, "the number of acts is bounded")
    try hold(!file.requests.isEmpty || !file.errors.isEmpty, "a file asks, or is wrong")
    try Shown.check(file.errors, lines: lines, isError: true)
    try Shown.check(file.warnings, lines: lines, isError: false)
    try same(file, DecisionFile(bytes), "reading is deterministic")
    try checkSpellings(file, bytes)
    guard file.errors.isEmpty else { return }
    for request in file.requests { try check(request, lines: lines) }
    for (name, again) in [("CSV", csv(file.requests)), ("JSON", json(file.requests))] {
      let read = DecisionFile(again)
      try agree(read.errors, [], "written again as \(name), it is accepted")
      try agree(
        read.requests.map(\.bare), file.requests.map(\.bare), "written again, it asks the same")
    }
  }

  /// What is kept for good is short, and can be printed anywhere.
  private static func check(_ request: RequestedAct, lines: Int) throws(BrokenProperty) {
    try hold((1...lines).contains(request.line), "an act has its line")
    try hold(!request.reason.isEmpty, "an act has a reason")
    for text in [request.reason, request.name ?? ""] + request.cells.values.map(\.text) {
      try hold(Shown.isHarmless(text), "what is kept is harmless: \(text)")
      try hold(text.first != " " && text.last != " ", "what is kept is trimmed: \(text)")
    }
  }

  private static func same(
    _ one: DecisionFile, _ other: DecisionFile, _ promise: String
  ) throws(BrokenProperty) {
    func places(_ problems: [DecisionProblem]) -> [String] {
      problems.map { "\($0.code) \($0.line ?? 0) \($0.column ?? 0)" }
    }
    try agree(one.requests, other.requests, promise)
    try agree(places(one.errors), places(other.errors), promise)
    try agree(places(one.warnings), places(other.warnings), promise)
  }

  private static func checkSpellings(
    _ file: DecisionFile, _ bytes: [UInt8]
  ) throws(BrokenProperty) {
    guard let text = Spellings.plainText(bytes) else { return }
    let others: [(String, [UInt8]?)] = [
      ("a mark", Spellings.mark + bytes), ("UTF-16", Spellings.utf16(text, bigEndian: true)),
      ("Windows-1252", Spellings.windows1252(text)),
      ("CR LF", Spellings.ends(bytes, as: [0x0D, 0x0A])),
      ("CR", Spellings.ends(bytes, as: [0x0D])),
    ]
    for (name, other) in others {
      guard let other else { continue }
      try same(file, DecisionFile(other), "\(name) changes nothing")
    }
  }

  private static let fields = [
    "act", "project", "phase", "criterion", "indicator", "period", "sha256", "number", "reason",
    "by", "anyway",
  ]

  /// The cells of a request, made from what was understood alone.
  private static func cells(_ request: RequestedAct) -> [String: String] {
    var cells = ["reason": request.reason, "by": request.name ?? ""]
    if request.goesOnAnyway { cells["anyway"] = "yes" }
    switch request.wish {
    case .confirm(let number):
      (cells["act"], cells["number"]) = ("confirm", String(number))
    case .act(let deed, let project):
      cells["project"] = project ?? ""
      switch deed {
      case .decide(let phase, let verdict):
        (cells["act"], cells["phase"]) = (verdict?.rawValue ?? "take back", phase)
      case .waive(let phase, let criterion, let isTakenBack):
        (cells["phase"], cells["criterion"]) = (phase, criterion)
        cells["act"] = isTakenBack ? "take back" : "waive"
      case .contest(let indicator, let period, let isTakenBack):
        (cells["indicator"], cells["period"]) = (indicator, period.description)
        cells["act"] = isTakenBack ? "take back" : "contest"
      case .expunge(let digest):
        (cells["act"], cells["sha256"]) = ("expunge", digest.hexadecimal)
      }
    }
    return cells.filter { !$0.value.isEmpty }
  }

  private static func csv(_ requests: [RequestedAct]) -> [UInt8] {
    let rows = requests.map { request in
      let cells = cells(request)
      return fields.map { Spellings.quoted(cells[$0] ?? "") }
    }
    return Array(([fields] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined().utf8)
  }

  private static func json(_ requests: [RequestedAct]) -> [UInt8] {
    let rows = requests.map { request in
      JSONText.object(cells(request).sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }
    return JSONText.object([("acts", .array(rows))]).compact
  }
}

extension RequestedAct {
  /// Without the places that another file has elsewhere.
  fileprivate var bare: RequestedAct {
    RequestedAct(
      wish: wish, reason: reason, name: name, goesOnAnyway: goesOnAnyway, line: 0, cells: [:])
  }
}

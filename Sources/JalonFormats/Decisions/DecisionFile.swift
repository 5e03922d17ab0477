public import JalonCore

/// A file that an officer put into their own door: a CSV table with a header, or JSON (SPEC §8).
///
/// Each row is an act; docs/decisions.md tells the columns. A file counts whole or not at all.
public struct DecisionFile: Sendable {
  /// The acts asked for, in the order of the file; to be used only when there is no error.
  public private(set) var requests: [RequestedAct] = []
  /// Why the file is rejected, in the order of the file.
  public private(set) var errors: [DecisionProblem] = []
  /// What was not read.
  public private(set) var warnings: [DecisionProblem] = []

  /// Bytes that such a file may have.
  public static let maximumBytes = 1_000_000
  /// Acts it may ask for: each is judged, recorded and told in one transaction with the others.
  static let maximumActs = 500
  /// Errors told: a person mends these first.
  static let maximumErrors = 200

  private var lines: [String: Int] = [:]

  /// Reads the bytes of a file.
  public init(_ bytes: [UInt8]) {
    read(bytes)
    if requests.isEmpty && errors.isEmpty { complain(.empty, DecisionFile.empty.with()) }
  }

  private mutating func read(_ bytes: [UInt8]) {
    guard bytes.count <= DecisionFile.maximumBytes else {
      return complain(.tooLarge, DecisionFile.tooLarge.with())
    }
    if let message = ReportReader.spreadsheet(bytes) { return complain(.syntax, message) }
    do throws(TextDecoding.Failure) {
      var text = try TextDecoding.utf8(bytes)
      let first = text.first { $0 > 0x20 }
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
        DecisionJSON.read(text, into: &self)
      } else {
        text.withUnsafeMutableBufferPointer { DecisionTable.read($0, into: &self) }
      }
    } catch {
      add(DecisionProblem(.encoding, line: error.line, text: error.text, message: error.message))
    }
  }

  mutating func complain(
    _ code: DecisionProblemCode, line: Int? = nil, column: Int? = nil, _ message: Sentence
  ) {
    add(DecisionProblem(code, line: line, column: column, message: message))
  }

  mutating func add(_ found: DecisionProblem) {
    let problem = found.shown
    if problem.code == .columnUnknown { return warnings.append(problem) }
    guard errors.count < DecisionFile.maximumErrors else { return }
    errors.append(problem)
  }

  /// Takes one row.
  ///
  /// - Returns: whether more may follow.
  mutating func take(_ row: DecisionRow) -> Bool {
    guard requests.count < DecisionFile.maximumActs, errors.count < DecisionFile.maximumErrors
    else {
      complain(.tooLarge, line: row.line, DecisionFile.tooMany.with())
      return false
    }
    var row = row
    let request = row.read()
    for problem in row.problems { add(problem) }
    guard let request else { return true }
    if let first = lines.updateValue(row.line, forKey: request.subject) {
      add(
        DecisionProblem(
          .duplicateRow, nil, of: request, message: DecisionFile.repeated.with(String(first))))
    }
    requests.append(request)
    return true
  }
}

extension DecisionProblem {
  /// The problem fit to be shown, whatever the file holds that it quotes.
  fileprivate var shown: DecisionProblem {
    DecisionProblem(
      code, line: line, column: column, text: String(shown: text), message: message.shown)
  }
}

extension RequestedAct {
  /// What it is about: two rows of one file about the same thing contradict each other.
  fileprivate var subject: String {
    switch wish {
    case .confirm(let number): return "confirm \(number)"
    case .act(let deed, let project):
      let place = project ?? ""
      switch deed {
      case .decide(let phase, _): return "decide \(place) \(phase)"
      case .waive(let phase, let criterion, _): return "waive \(place) \(phase) \(criterion)"
      case .contest(let indicator, let period, _):
        return "contest \(place) \(indicator) \(period)"
      case .expunge(let digest): return "expunge \(digest.hexadecimal)"
      }
    }
  }
}

extension DecisionFile {
  private static let empty = Wording(
    "le fichier ne demande rien ; il faut une ligne d'en-tête, par exemple "
      + "« acte;projet;phase;motif », puis une ligne par acte",
    "the file asks for nothing; a header is needed, such as \"act;project;phase;reason\", "
      + "then a line for each act")
  private static let tooLarge = Wording(
    "le fichier dépasse 1 000 000 octets ; découpez-le",
    "the file has over 1,000,000 bytes; split it")
  private static let tooMany = Wording(
    "le fichier demande plus de 500 actes, ou a plus de 200 erreurs ; découpez-le",
    "the file asks for more than 500 acts, or has more than 200 errors; split it")
  private static let repeated = Wording(
    "la ligne {0} de ce fichier porte déjà sur la même chose ; gardez l'une des deux",
    "line {0} of this file is about the same thing already; keep one of them")
}

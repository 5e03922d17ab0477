import JalonCore
import JalonFormats

/// A receipt in the making.
struct ReceiptDraft {
  var project: String?
  var receivedAt: Instant
  private(set) var status = ReceiptStatus.accepted
  private(set) var units: [(indicator: String, unit: ReportedUnit)] = []
  private(set) var milestones: [MilestoneReach] = []
  private var bytes = 0
  private(set) var digest = SHA256.hash([UInt8]())
  private(set) var duplicateOf: Int64?
  private var rows = 0
  private var periods: [Period] = []
  private var errors: [Problem] = []
  private var warnings: [Problem] = []

  init(project: String?, receivedAt: Instant) {
    self.project = project
    self.receivedAt = receivedAt
  }

  mutating func describe(_ size: Int, _ digest: Digest) {
    bytes = size
    self.digest = digest
  }

  mutating func reject(_ code: ProblemCode, _ message: Sentence) {
    status = .rejected
    errors.append(Problem(code, message: message.typeset))
  }

  mutating func repeats(_ first: Int64) {
    status = .duplicate
    duplicateOf = first
  }

  mutating func take(_ report: ReadReport) {
    errors = report.errors
    warnings = report.warnings
    guard report.isAccepted else {
      status = .rejected
      return
    }
    units = report.units
    milestones = report.milestones
    rows = report.rows
    periods = report.periods
  }

  func receipt(number: Int64, for arrival: Arrival, in language: Language) -> Receipt {
    Receipt(
      id: Receipt.id(number: number), project: project, file: arrival.file,
      sha256: digest.hexadecimal, bytes: bytes, receivedAt: receivedAt, status: status,
      duplicateOf: duplicateOf.map(Receipt.id), rows: rows, periods: periods,
      errors: errors.map { ReceiptProblem($0, in: language) },
      warnings: warnings.map { ReceiptProblem($0, in: language) })
  }
}

// MARK: What it says

extension Sentence {
  static func tooLarge(_ size: Int, limit: Int) -> Sentence {
    Sentence(
      french: "Le fichier fait \(size) octets, plus que les \(limit) acceptés ; "
        + "envoyez-le en plusieurs fichiers, par exemple un par période.",
      english: "The file has \(size) bytes, more than the \(limit) accepted; "
        + "send it as several files, for example one for each period.")
  }

  static func mismatch(announced: String, found: String) -> Sentence {
    Sentence(
      french: "Le fichier reçu n’est pas celui que son empreinte annonce (annoncée : "
        + "\(announced) ; reçue : \(found)) : il est sans doute incomplet ; renvoyez-le "
        + "avec son fichier .sha256.",
      english: "The file received is not the one that its checksum announces (announced: "
        + "\(announced); received: \(found)): it is probably incomplete; send it again "
        + "with its .sha256 file.")
  }
}

import JalonCore
import JalonPages

/// What a verification has found so far.
final class Findings {
  /// How many misfits are told.
  static let told = 20
  /// How many misfits end the walk: what is so far from fitting needs no more detail.
  static let most = 1_000

  private var misfits: [Misfit] = []
  private(set) var notes: [Sentence] = []
  var entries = 0
  var files = 0
  var bytes: Int64 = 0
  /// Entries of older versions of the program, that hold less of their facts.
  var leaner = 0

  var isFull: Bool { misfits.count >= Self.most }

  func add(_ code: MisfitCode, at sequence: Int64? = nil, _ message: Sentence) {
    misfits.append(Misfit(code, at: sequence, message))
  }

  func note(_ sentence: Sentence) { notes.append(sentence) }

  /// The report: misfits in the ledger's order, those of no entry last.
  func report(_ head: LedgerHead) -> VerificationReport {
    let ordered = misfits.enumerated().sorted {
      ($0.element.sequence ?? .max, $0.offset) < ($1.element.sequence ?? .max, $1.offset)
    }
    return VerificationReport(
      head: head, entries: entries, files: files, bytes: bytes,
      misfits: ordered.prefix(Self.told).map(\.element), misfitCount: misfits.count, notes: notes)
  }
}

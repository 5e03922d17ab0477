import Foundation
import JalonCore
import JalonStore

/// A notebook in a folder of its own, which goes with it.
final class TemporaryNotebook: Sendable {
  let folder: String
  var path: String { folder + "/jalon.sqlite" }

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("jalon-store-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func open(patience: Int32 = Connection.defaultPatience) throws -> Connection {
    try Connection(path: path, patience: patience)
  }
}

/// The instant so many seconds after an arbitrary one.
func second(_ number: Int64) -> Instant {
  Instant(microseconds: 1_600_000_000_000_000 + number * 1_000_000)
}

extension SubmissionRecord {
  /// A file that was received, ordinary in what a test does not say.
  static func sample(
    _ number: Int64, project: Int64?, at: Instant? = nil, status: ReceiptStatus = .accepted,
    content: String? = nil, duplicateOf: Int64? = nil, bytes: Int64 = 10, door: String? = nil,
    name: [UInt8] = Array("report.csv".utf8), identity: FileIdentity? = nil
  ) -> SubmissionRecord {
    SubmissionRecord(
      number: number, project: project, file: "report.csv", name: name,
      sha256: SHA256.hash(Array((content ?? "content \(number)").utf8)), bytes: bytes,
      receivedAt: at ?? second(number), recordedAt: second(number + 5), status: status,
      duplicateOf: duplicateOf, rows: 3, door: door, identity: identity,
      receipt: #"{"receipt":"\#(number)"}"#)
  }
}

/// A small generator that gives the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

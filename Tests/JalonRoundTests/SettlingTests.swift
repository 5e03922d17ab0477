import JalonRound
import Testing

@Suite("Settling: a file is taken once it looks complete")
struct SettlingTests {
  typealias Depot = Settling<String, Int>

  /// What happens to the file `a`, by the second, and when it is complete (`nil`: not within 200).
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let seen: [(second: UInt64, stamp: Int, sign: Depot.Sign)]
    var mayBeCut = false
    let complete: UInt64
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "renamed into place: at once", seen: [(10, 1, .renamed)], complete: 10),
    Case(name: "closed by its writer: after settleSeconds", seen: [(10, 1, .closed)], complete: 12),
    Case(name: "found by a scan: after scanSettleSeconds", seen: [(10, 1, .scanned)], complete: 70),
    Case(
      name: "closed, then written to again and closed: from the last change",
      seen: [(10, 1, .closed), (11, 2, .closed)], complete: 13),
    Case(
      name: "closed again without any change: the wait is not begun anew",
      seen: [(10, 1, .closed), (11, 1, .closed)], complete: 12),
    Case(
      name: "found by a scan, then closed: as closed, unchanged since the scan",
      seen: [(10, 1, .scanned), (11, 1, .closed)], complete: 12),
    Case(
      name: "closed, then seen by a scan: the scan takes nothing away",
      seen: [(10, 1, .closed), (11, 1, .scanned)], complete: 12),
    Case(
      name: "closed, then found changed by a scan: nobody closed what is there now",
      seen: [(10, 1, .closed), (11, 2, .scanned)], complete: 71),
    Case(
      name: "found by a scan, then replaced by a rename: at once",
      seen: [(10, 1, .scanned), (20, 2, .renamed)], complete: 20),
    Case(
      name: "found by scans while it grows: from the last growth",
      seen: [(10, 1, .scanned), (40, 2, .scanned), (60, 2, .scanned)], complete: 100),
    Case(
      name: "closed, then its time set, as a scan finds: closed, from that change",
      seen: [(10, 1, .closed), (11, 101, .scanned)], complete: 13),
    Case(
      name: "renamed into place, then its time set, as a look finds: closed, from that change",
      seen: [(10, 1, .renamed), (11, 101, .scanned)], complete: 13),
    Case(
      name: "found by a scan, then its time set: as found by a scan, from that change",
      seen: [(10, 1, .scanned), (11, 101, .scanned)], complete: 71),
    Case(
      name: "without a final line end: as if found by a scan, though closed",
      seen: [(10, 1, .closed)], mayBeCut: true, complete: 70),
    Case(
      name: "without a final line end: as if found by a scan, though renamed",
      seen: [(10, 1, .renamed)], mayBeCut: true, complete: 70),
  ]

  static let second: UInt64 = 1_000_000_000

  @Test("a file is complete at that second, and not a nanosecond before", arguments: cases)
  func settles(_ example: Case) {
    // Stamps that differ by a hundred are of one file with the same bytes.
    var depot = Depot(Depot.Delays(settle: .seconds(2), scanSettle: .seconds(60))) {
      $1 == $0 + 100
    }
    for (at, stamp, sign) in example.seen { depot.see("a", stamp, sign, at: at * Self.second) }
    if example.mayBeCut { depot.suspectCut("a") }
    let due = example.complete * Self.second
    #expect(depot.nextDeadline == due)
    #expect(depot.settled(at: due - 1).isEmpty)
    let settled = depot.settled(at: due)
    #expect(settled.map(\.name) == ["a"])
    #expect(settled.first?.stamp == example.seen.last?.stamp)
  }

  @Test("a change takes back the suspicion that a file is cut")
  func completed() {
    var depot = Depot(Depot.Delays(settle: .seconds(2), scanSettle: .seconds(60)))
    depot.see("a", 1, .closed, at: 0)
    depot.suspectCut("a")
    #expect(!depot.isTakenWhole("a", at: 59 * Self.second))
    #expect(
      depot.isTakenWhole("a", at: 60 * Self.second), "it waited long enough: take it as it is")
    depot.see("a", 2, .closed, at: 30 * Self.second)
    #expect(depot.settled(at: 32 * Self.second).count == 1)
  }

  @Test("the longest waiting comes first; what was taken or has gone is forgotten")
  func order() {
    var depot = Depot(Depot.Delays(settle: .seconds(2), scanSettle: .seconds(60)))
    depot.see("b", 1, .closed, at: 3 * Self.second)
    depot.see("a", 1, .closed, at: 4 * Self.second)
    depot.see("c", 1, .renamed, at: 5 * Self.second)
    #expect(depot.nextDeadline == 5 * Self.second)
    #expect(depot.settled(at: 9 * Self.second).map(\.name) == ["b", "a", "c"])
    depot.forget("b")
    depot.keep(only: ["c", "d"])
    #expect(depot.settled(at: 9 * Self.second).map(\.name) == ["c"])
    depot.forget("c")
    #expect(depot.nextDeadline == nil)
  }

  @Test(
    "names that clients use while they write are left alone",
    arguments: [
      (".cache", true), ("t1.csv.part", true), ("t1.csv.filepart", true), ("t1.tmp", true),
      ("t1.csv.crdownload", true), ("t1.csv~", true), ("t1.csv.0000000003", true),
      ("t1.csv", false), ("part", false), ("t1.csv.000000003", false),
      ("t1.csv.00000000003", false), ("t1.csv.000000000x", false), ("0000000003", false),
      ("a.partial", false), ("tmp.csv", false),
    ])
  func leftAlone(_ name: String, _ expected: Bool) {
    #expect(isLeftAlone(Array(name.utf8)) == expected, "\(name)")
  }

  @Test("a sidecar is named after its file, and nothing else is a sidecar")
  func sidecars() {
    #expect(fileAnnounced(by: Array("t1.csv.sha256".utf8)) == Array("t1.csv".utf8))
    #expect(fileAnnounced(by: Array("t1.csv".utf8)) == nil)
    #expect(fileAnnounced(by: Array(".sha256".utf8)) == nil)
  }

  static let digest = String(repeating: "0123456789abcdef", count: 4)

  @Test(
    "a sidecar is read as sha256sum writes it",
    arguments: [
      ("\(digest)  t1.csv\n", true), ("\(digest) *t1.csv\n", true), ("\(digest)\n", true),
      (digest, true), (digest.uppercased() + "  T1.CSV\r\n", true),
      ("\\\(digest)  a\\nb.csv\n", true), ("", false), ("\(digest.dropLast())  t1.csv\n", false),
      ("\(digest)0  t1.csv\n", false), ("SHA256 (t1.csv) = \(digest)\n", false),
    ])
  func announced(_ text: String, _ isDigest: Bool) {
    #expect(digestAnnounced(in: Array(text.utf8)) == (isDigest ? Self.digest : nil), "\(text)")
  }
}

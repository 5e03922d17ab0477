import Foundation
import JalonCore
import Testing

@Suite("A checksum beside a file", .serialized)
struct SidecarTests {
  private let report = SmallPortfolio.report()

  private func sidecar(_ text: String, _ name: String = "T2.csv") -> String {
    SHA256.hash(Array(text.utf8)).hexadecimal + "  \(name)\n"
  }

  @Test("that fits lets the file pass, and leaves the depot with it")
  func right() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      try daemon.door().rename(sidecar(report), to: "T2.csv.sha256")
      try daemon.door().rename(report, to: "T2.csv")
      #expect(try await daemon.door().receipt("T2.csv").status == "accepted")
      try await daemon.door().empty()
      #expect(try daemon.door().receiptNames().count == 2)
    }
  }

  @Test("that does not fit rejects the file, and says so")
  func wrong() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      try daemon.door().rename(sidecar(report), to: "T2.csv.sha256")
      try daemon.door().rename(String(report.dropLast(20)) + "\n", to: "T2.csv")
      let receipt = try await daemon.door().receipt("T2.csv")
      #expect(receipt.status == "rejected")
      #expect(receipt.errors.first?.message.contains("checksum") == true)
      try await daemon.door().empty()
    }
  }

  @Test("that comes later and fits what was taken is cleared without a word")
  func lateRight() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      try daemon.door().rename(report, to: "T2.csv")
      _ = try await daemon.door().receipt("T2.csv")
      try await daemon.door().empty()
      try daemon.door().rename(sidecar(report), to: "T2.csv.sha256")
      try await daemon.logs("T2.csv.sha256 confirms what was taken")
      try await daemon.door().empty()
      #expect(try daemon.door().receiptNames().count == 2)
    }
  }

  @Test("that comes later and does not fit is answered: what was taken may be cut")
  func lateWrong() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      try daemon.door().rename(report, to: "T2.csv")
      _ = try await daemon.door().receipt("T2.csv")
      try await daemon.door().empty()
      try daemon.door().rename(sidecar(report + "more\n"), to: "T2.csv.sha256")
      let receipt = try await daemon.door().receipt("T2.csv.sha256")
      #expect(receipt.status == "rejected")
      #expect(receipt.errors.first?.message.contains("checksum") == true)
      try await daemon.door().empty()
    }
  }

  /// A team that sends `T2.csv` every quarter, its checksum first.
  @Test("of a new file under a name used before waits for that file")
  func sidecarFirst() async throws {
    let intake = #"{"settleSeconds": 0, "scanSettleSeconds": 60, "rescanSeconds": 0.1}"#
    try await Daemon.serving(.adopted(intake: intake)) { daemon in
      try daemon.door().rename(report, to: "T2.csv")
      _ = try await daemon.door().receipt("T2.csv")
      try await daemon.door().empty()
      let next = SmallPortfolio.report(140)
      try daemon.door().rename(sidecar(next), to: "T2.csv.sha256")
      try await Task.sleep(for: .milliseconds(300))
      try daemon.door().rename(next, to: "T2.csv")
      try await daemon.door().empty()
      let receipt = try await daemon.door().receipt("T2.csv")
      #expect(receipt.status == "accepted")
      #expect(receipt.sha256 == SHA256.hash(Array(next.utf8)).hexadecimal)
      #expect(try daemon.door().receiptNames().count == 2)
    }
  }
}

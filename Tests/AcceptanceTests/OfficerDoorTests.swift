import Foundation
import Testing

@Suite("Officers' doors: deciding without a shell")
struct OfficerDoorTests {
  private func door(_ officer: String, of installation: Installation) throws -> Door {
    let folder = installation.doors.appendingPathComponent(".decisions/\(officer)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("depot"), withIntermediateDirectories: true)
    return Door(folder, desk: installation.folder)
  }

  /// The first gate of A is withheld, and somebody has looked.
  private func withheld(_ more: String = "") async throws -> Installation {
    let installation = try await Installation.adopted(["A"])
    try installation.configure(
      #"{"locale": "en", "intake": \#(Installation.quick)\#(more)}"#)
    _ = try await installation.run("evaluate")
    return installation
  }

  @Test("a file in an officer's door decides, and its receipt says what was recorded")
  func decides() async throws {
    let installation = try await withheld()
    let roux = try door("roux", of: installation)
    try await Daemon.serving(installation) { _ in
      try roux.rename(
        "acte;projet;phase;motif\ndébloquer;A;P1;vu en comité\n", to: "séance.csv")
      let receipt = try await roux.receipt("séance.csv")
      #expect(receipt.status == "accepted" && receipt.rows == 1 && receipt.project == nil)
      let letter = try await roux.letter("séance.csv")
      #expect(letter.contains("RECORDED: 1 act."), "\(letter)")
      #expect(letter.contains("act no. 1, A: phase P1, release (recommended then: withhold)"))
      try await roux.cleared("séance.csv")
      try roux.rename("acte;projet;phase;motif\nsupendre;A;P1;x\n", to: "b.csv")
      #expect(try await roux.receipt("b.csv").codes == ["act"])
    }
    let status = try await installation.run("status", "A").output
    #expect(status.contains("roux (roux): vu en comité"), "\(status)")
    #expect(try installation.query("SELECT way FROM act") == "door")
    let verified = try await installation.run("verify")
    #expect(verified.status == 0, "\(verified.output)")
  }

  @Test("an officer who is given a door while the daemon runs is heard without a restart")
  func newDoor() async throws {
    let installation = try await withheld()
    try await Daemon.serving(installation) { _ in
      let faure = try door("faure", of: installation)
      try faure.rename("acte;projet;phase;motif\nsuspendre;A;P1;vu\n", to: "a.csv")
      #expect(try await faure.receipt("a.csv").status == "accepted")
    }
  }

  @Test("the second person comes through another door, or from the shell; never through the same")
  func secondPerson() async throws {
    let installation = try await withheld(#", "decisions": {"secondPerson": true}"#)
    let (roux, faure) = (
      try door("roux", of: installation), try door("faure", of: installation)
    )
    try await Daemon.serving(installation) { _ in
      try roux.rename("acte;projet;phase;motif\ndébloquer;A;P1;vu\n", to: "a.csv")
      _ = try await roux.receipt("a.csv")
      let waiting = try await installation.run("flags").output
      #expect(waiting.contains("1 payment to withhold"), "\(waiting)")
      try roux.rename("acte;numéro;motif\nconfirmer;1;moi\n", to: "b.csv")
      #expect(try await roux.receipt("b.csv").codes == ["same-person"])
      try faure.rename("acte;numéro;motif\nconfirmer;1;vu aussi\n", to: "b.csv")
      #expect(try await faure.receipt("b.csv").status == "accepted")
    }
    #expect(
      try await installation.run("flags").output.contains("No payment to withhold"))
    #expect(try installation.query("SELECT user, way FROM confirmation") == "faure|door")
  }

  @Test("bytes expunged by a file leave the archive, and figures that counted stay")
  func expunges() async throws {
    let installation = try await withheld()
    let receipt = try await installation.ingest(SmallPortfolio.report(), to: "A")
    let bytes = installation.folder.appendingPathComponent(
      "state/archive/\(receipt.sha256.prefix(2))/\(receipt.sha256)")
    let roux = try door("roux", of: installation)
    try await Daemon.serving(installation) { _ in
      try roux.rename(
        "acte;empreinte;motif\neffacer;\(receipt.sha256);données personnelles\n", to: "e.csv")
      #expect(try await roux.receipt("e.csv").status == "accepted")
      try await roux.cleared("e.csv")
    }
    #expect(!FileManager.default.fileExists(atPath: bytes.path))
    #expect(try installation.query("SELECT count(*) FROM observation") != "0")
    #expect(try await installation.run("verify").status == 0)
  }

  @Test("the officers' doors are nobody's project: a report there is refused, and a team's is none")
  func notAProject() async throws {
    let installation = try await withheld()
    let roux = try door("roux", of: installation)
    try await Daemon.serving(installation) { daemon in
      try roux.rename(SmallPortfolio.report(), to: "r.csv")
      #expect(try await roux.receipt("r.csv").codes == ["header"])
      let team = daemon.door("A")
      try team.rename("acte;projet;phase;motif\ndébloquer;A;P1;vu\n", to: "d.csv")
      #expect(try await team.receipt("d.csv").status == "rejected")
    }
    #expect(try installation.query("SELECT count(*) FROM act") == "0")
  }
}

import Foundation
import MailServers
import Testing

/// Reports that the first gate of the small portfolio lives by.
private enum Report {
  /// A file with an indicator that nobody knows.
  static let bad = SmallPortfolio.header + "2021-Q1;agent;;40;;;\n"

  /// Everything that is expected until the first gate.
  static func whole(_ agents: Int) -> String {
    SmallPortfolio.report(agents) + "2021-Q1;depenses;;1000;;;\n2021-Q2;depenses;;1000;;;\n"
  }
}

@Suite("Alerts: who is told what, and when", .serialized)
struct AlertTests {
  private static let team = "equipe@example.fr"
  private static let followUp = "suivi@example.fr"

  // MARK: The few quiet minutes

  @Test(
    "a gate that is corrected twice in a minute is told once, and once more when it has settled")
  func flapping() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-07-05T08:00:00Z")
    let good = try installation.write(Report.whole(120), to: "good.csv").path
    let wrong = try installation.write(Report.whole(90), to: "wrong.csv").path
    try await installation.succeeds(
      at: "2021-07-20T10:00:00Z", "ingest", "--project", "A", good)
    try await installation.succeeds(
      at: "2021-07-20T10:00:40Z", "ingest", "--project", "A", wrong)
    let told = try installation.told()
    #expect(told == ["\(Self.followUp) fire gate-released A"], "\(told)")
    try await installation.succeeds(at: "2021-07-20T10:04:50Z", "evaluate")
    #expect(try installation.told().count == 1, "not yet five minutes")
    try await installation.succeeds(at: "2021-07-20T10:05:10Z", "evaluate")
    #expect(
      try installation.told() == [
        "\(Self.followUp) fire gate-released A", "\(Self.followUp) fire gate-withhold A",
      ])
  }

  @Test("the daemon tells what had to wait, without anybody's help")
  func waiting() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-07-19T08:00:00Z")
    let good = try installation.write(Report.whole(120), to: "good.csv").path
    let wrong = try installation.write(Report.whole(90), to: "wrong.csv").path
    try await installation.succeeds(at: "2021-07-20T10:00:00Z", "ingest", "--project", "A", good)
    try await installation.succeeds(at: "2021-07-20T10:00:40Z", "ingest", "--project", "A", wrong)
    #expect(try installation.told().count == 1)
    let later = try FakeClock.at("2021-07-20T10:06:00Z")
    try await Daemon.serving(installation, environment: later) { _ in
      try await eventually("the gate is told as it stands") { () -> Bool? in
        try installation.told().last == "\(Self.followUp) fire gate-withhold A" ? true : nil
      }
    }
    #expect(try installation.told().count == 2)
  }

  // MARK: Cron

  @Test("the daemon notices when nothing is evaluated any more, and an evaluation puts it right")
  func evaluationMissed() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-02-02T08:00:00Z")
    try await installation.succeeds(at: "2021-02-02T08:00:00Z", "evaluate")
    for (instant, isMissed) in [("2021-02-05T07:00:00Z", false), ("2021-02-05T09:00:00Z", true)] {
      let environment = try FakeClock.at(instant)
      try await Daemon.serving(installation, environment: environment) { daemon in
        guard isMissed else { return }
        try await eventually("it is noticed") { () -> Bool? in
          try installation.told().isEmpty ? nil : true
        }
      }
      #expect(try installation.told().count == (isMissed ? 1 : 0), "\(instant)")
    }
    try await installation.succeeds(at: "2021-02-06T08:00:00Z", "evaluate")
    #expect(
      try installation.told() == [
        "\(Self.followUp) fire evaluation-missed", "\(Self.followUp) resolve evaluation-missed",
      ])
  }

  // MARK: The digest

  @Test("the digest comes with the first evaluation of a week, from the first Monday on")
  func digest() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-02-04T08:00:00Z")
    // Thursday, the week's first Monday, the same day again, Tuesday; then a week that begins late.
    let runs = [
      ("2021-02-04T08:00:00Z", 0), ("2021-02-07T22:30:00Z", 0), ("2021-02-07T23:30:00Z", 1),
      ("2021-02-08T08:00:00Z", 1), ("2021-02-09T08:00:00Z", 1), ("2021-02-17T08:00:00Z", 2),
      ("2021-02-18T08:00:00Z", 2), ("2021-02-22T08:00:00Z", 3),
    ]
    for (instant, count) in runs {
      try await installation.succeeds(at: instant, "evaluate")
      let told = try installation.told()
      #expect(told == Array(repeating: "\(Self.followUp) digest", count: count), "\(instant)")
    }
  }

  @Test("nobody gets a digest who does not want one")
  func noDigest() async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-02-04T08:00:00Z")
    try installation.configure(#"{"alerts": {"digest": false}}"#)
    try await installation.succeeds(at: "2021-02-08T08:00:00Z", "evaluate")
    #expect(try installation.told() == [])
  }

  // MARK: A refused file

  @Test("a team reads in its mail within seconds why its file was refused")
  func refused() async throws {
    let installation = try await Installation.adopted(["A"], locale: "fr")
    try await Daemon.serving(installation, sendsMail: true) { daemon in
      try daemon.door().rename(Report.bad, to: "T1.csv")
      let message = try await eventually("the message is delivered", within: 15) {
        try installation.delivered().first
      }
      #expect(message.header("To") == Self.team)
      #expect(message.header("Auto-Submitted") == "auto-generated")
      let outcome = try await installation.run("mail", "--show", "1")
      #expect(outcome.output.contains("ligne 2"), "\(outcome.output)")
    }
  }

  @Test("without mail the daemon leaves it in the outbox, and the courier takes it, alone")
  func courier() async throws {
    let installation = try await Installation.adopted(["A"])
    try await Daemon.serving(installation) { daemon in
      try daemon.door().rename(Report.bad, to: "T1.csv")
      _ = try await daemon.door().receipt("T1.csv")
    }
    #expect(try installation.told() == ["\(Self.team) fire file-rejected A"])
    #expect(try installation.delivered().isEmpty)
    let words = try await installation.run("mail").output
    #expect(words.contains("1 message waiting") && words.contains(Self.team))
    let log = try FileHandle.create(installation.folder.appendingPathComponent("desk/courier.log"))
    let courier = try Running(
      ["--config", installation.configuration.path, "courier"], output: log, complaint: log)
    try await eventually("the courier delivers") { () -> Bool? in
      try installation.delivered().count == 1 ? true : nil
    }
    let second = try await installation.run("courier", "--once")
    #expect(second.status == 75)
    #expect(second.complaint.contains("another courier"))
    courier.signal(SIGTERM)
    #expect(try await courier.end() == 0)
    #expect(try await installation.run("courier", "--once").status == 0)
    #expect(try installation.delivered().count == 1)
  }
}

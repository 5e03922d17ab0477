import JalonCore
import Testing

@testable import JalonStore

@Suite("Alerts: each kept from its start to its close, never the same one twice at a time")
struct AlertTableTests {
  let notebook: TemporaryNotebook
  let connection: Connection

  init() throws {
    notebook = try TemporaryNotebook()
    connection = try notebook.open()
  }

  @discardableResult
  private func put(_ alert: OpenAlert, at instant: Instant = second(1)) throws -> OpenAlert {
    var alert = alert
    alert.number = try connection.write { () throws(StoreError) in
      try connection.alerts.put(alert, at: instant)
    }
    return alert
  }

  private func silence() throws -> Int64 {
    try connection.write { () throws(StoreError) in try connection.silences.add(.sample()) }
  }

  @Test("An alert comes back as it was put, new and after each change")
  func roundTrip() throws {
    let began = try put(.sample())
    #expect(began.number == 1)
    #expect(try connection.alerts.open() == [began])
    var changed = began.told(at: second(60)).ended().hidden(by: try silence())
    changed.alert.programme = "SNAP4"
    changed.alert.since = day(1)
    #expect(try put(changed).number == 1)
    #expect(try connection.alerts.open() == [changed])
    changed.endedOn = nil
    changed.hiddenBy = nil
    try put(changed)
    #expect(try connection.alerts.open() == [changed])
  }

  @Test("What is closed is open no more, stays as it is, and may begin anew")
  func closing() throws {
    let first = try put(.sample())
    let closed = try put(first.told(at: second(60)).ended(closed: true), at: second(90))
    #expect(try connection.alerts.open().isEmpty)
    #expect(throws: StoreError.self) { try put(first.told(at: second(99))) }
    let again = try put(.sample())
    #expect(try connection.alerts.open() == [again])
    #expect(try connection.alerts.list(limit: 9) == [again, closed])
    #expect(try connection.alerts.list(limit: 1) == [again])
  }

  @Test("The same alert is not open twice; one that differs in anything is another")
  func sameKey() throws {
    try put(.sample())
    #expect(throws: StoreError.self) { try put(.sample()) }
    try put(.sample(.gateAtRisk))
    try put(.sample(.gateWithhold, "P-2"))
    try put(.sample(subject: "P2"))
    try put(.sample(audience: .team))
    #expect(try connection.alerts.open().count == 5)
  }

  @Test("An alert with a number that the notebook does not have is refused")
  func unknown() throws {
    var alert = OpenAlert.sample()
    alert.number = 12
    #expect(throws: StoreError.refused(message: "no alert 12", doing: "keeping an alert")) {
      try put(alert)
    }
  }

  @Test("Open alerts are given by project, Jalon's own by an empty one, oldest first")
  func byProject() throws {
    let alerts = try [
      OpenAlert.sample(.gateAtRisk, "P-2"), .sample(.evaluationMissed, "", subject: ""),
      .sample(.gateAtRisk, "P-1"), .sample(.reportOverdue, "P-2"), .sample(.gateAtRisk, "P-3"),
    ].map { try put($0) }
    #expect(try connection.alerts.open(of: nil) == alerts)
    #expect(
      try connection.alerts.open(of: ["P-2", "P-1", "P-2", "P-9"])
        == [alerts[0], alerts[2], alerts[3]])
    #expect(try connection.alerts.open(of: [""]) == [alerts[1]])
    #expect(try connection.alerts.open(of: []).isEmpty)
  }

  @Test("When a line was last told counts the closed alerts, and each audience for itself")
  func lastTold() throws {
    try put(.sample(.gateAtRisk, "P-1").told(at: second(50)).ended(closed: true))
    try put(.sample(.gateWithhold, "P-1").told(at: second(20)))
    try put(.sample(.reportOverdue, "P-1", audience: .team).told(at: second(30)))
    try put(.sample(.gateAtRisk, "P-2"))
    try put(.sample(.evaluationMissed, "", subject: "").told(at: second(40)))
    let own = line("P-1", .followUp)
    let team = line("P-1", .team)
    let jalon = line("", .followUp)
    let all = try connection.alerts.lastTold(of: nil)
    #expect(all == [own: second(50), team: second(30), jalon: second(40)])
    let some = try connection.alerts.lastTold(of: ["P-1", "P-2", "P-1"])
    #expect(some == [own: second(50), team: second(30)])
  }

  @Test("A refused file is a line of its own: it neither delays what else is told, nor is delayed")
  func refusals() throws {
    try put(.sample(.reportOverdue, "P-1", audience: .team).told(at: second(30)))
    let refusal = OpenAlert.sample(.fileRejected, "P-1", audience: .team).told(at: second(60))
    try put(refusal)
    for told in try [connection.alerts.lastTold(of: nil), connection.alerts.lastTold(of: ["P-1"])] {
      #expect(
        told == [
          line("P-1", .team): second(30), AlertRules.Line(refusal.alert.key): second(60),
        ])
    }
  }

  private func line(_ project: String, _ audience: Audience) -> AlertRules.Line {
    AlertRules.Line(AlertKey(.gateAtRisk, project: project, subject: "", audience: audience))
  }

  @Test("What waits: the untold, and the ends to be told; not the hidden, the told or the closed")
  func waiting() throws {
    let silence = try silence()
    try put(.sample(.gateAtRisk, "told").told(at: second(1)))
    try put(.sample(.gateAtRisk, "untold"))
    try put(.sample(.reportOverdue, "untold"))
    try put(.sample(.gateAtRisk, "ended").told(at: second(1)).ended())
    try put(.sample(.gateAtRisk, "hidden").hidden(by: silence))
    try put(.sample(.gateAtRisk, "hidden end").told(at: second(1)).ended().hidden(by: silence))
    try put(.sample(.gateAtRisk, "closed").ended(closed: true))
    try put(.sample(.evaluationMissed, "", subject: ""))
    #expect(try connection.alerts.waiting() == ["", "ended", "untold"])
  }

  @Test("What makes no sense is refused: told without a day, hidden by no silence")
  func nonsense() throws {
    var halfTold = OpenAlert.sample()
    halfTold.toldAt = second(1)
    halfTold.timesTold = 1
    for alert in [halfTold, .sample().hidden(by: 9)] {
      #expect(throws: StoreError.self) { try put(alert) }
    }
    #expect(try connection.alerts.list(limit: 9).isEmpty)
  }
}

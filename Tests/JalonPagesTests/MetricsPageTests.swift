import JalonCore
import Testing

@testable import JalonPages

@Suite("Metrics: what Prometheus reads")
struct MetricsPageTests {
  private static let now = Instant(microseconds: 1_626_760_800_250_000)

  private static var facts: ServiceFacts {
    var facts = ServiceFacts(version: "1.2.3", now: now)
    facts.census.received[.accepted] = received(1_200, 6_000_000_000)
    facts.census.received[.rejected] = received(34, 123_456)
    facts.census.received[.duplicate] = received(5, 1_000)
    facts.census.unfinished = 2
    facts.census.projects = 24
    facts.census.messages.waiting = 3
    facts.census.messages.refused = 1
    facts.census.messages.expired = 2
    facts.census.messages.sent = 450
    facts.census.messages.oldestWaiting = Instant(microseconds: now.microseconds - 90_500_000)
    facts.census.evaluations = 99
    facts.census.lastEvaluation = Instant(microseconds: 1_626_753_600_000_000)
    facts.census.alerts = [.gateWithhold: 4, .mailUndeliverable: 1]
    facts.census.gates.flagged = 4
    facts.census.gates.euros = 1_350_000
    facts.census.actsWaiting = 1
    facts.census.ledgerEntries = 1_500
    facts.databaseBytes = 12_345_344
    facts.lastBackup = Instant(microseconds: 1_626_728_400_000_001)
    facts.depots.count = 23
    facts.depots.unreadable = 1
    facts.depots.files = 7
    facts.depots.oldest = Instant(microseconds: now.microseconds - 3_600_000_000)
    facts.depots.isComplete = false
    facts.spaces = [
      ServiceFacts.Space(folder: "state", size: 250, free: 100, freeFiles: 9),
      ServiceFacts.Space(folder: "doors", size: 500, free: 400, freeFiles: 8),
    ]
    return facts
  }

  private static func received(_ files: Int, _ bytes: Int64) -> NotebookCensus.Received {
    var received = NotebookCensus.Received()
    received.files = files
    received.bytes = bytes
    return received
  }

  @Test("every metric has its help, its type and its samples")
  func whole() throws {
    try expectPage(MetricsPage(Self.facts).text, "metrics", .english, type: "prom")
  }

  @Test("what is not known is left out, and nothing is older than now")
  func unknown() {
    var facts = ServiceFacts(version: "1", now: Self.now)
    // A clock that was set back since.
    facts.depots.oldest = Instant(microseconds: Self.now.microseconds + 5)
    let text = MetricsPage(facts).text
    for name in ["evaluation_last", "backup_last", "filesystem"] {
      #expect(!text.contains("jalon_" + name))
    }
    #expect(text.contains("\njalon_depot_oldest_age_seconds 0\n"))
    #expect(text.contains("\njalon_mail_oldest_age_seconds 0\n"))
  }

  @Test("a label's value cannot end its line or its quotes")
  func escaping() {
    var facts = ServiceFacts(version: "a\"b\\c\nd", now: Self.now)
    facts.spaces = []
    #expect(MetricsPage(facts).text.contains(#"{version="a\"b\\c\nd"} 1"# + "\n"))
    #expect(MetricFamily.escaped("a \"b\" \\ \n") == #"a "b" \\ \n"#)
  }

  @Test(
    "seconds have a fraction only where they need one",
    arguments: [
      (0, "0"), (1, "0.000001"), (1_500_000, "1.5"), (-250_000, "-0.25"), (60_000_000, "60"),
    ])
  func seconds(_ microseconds: Int64, _ text: String) {
    #expect(MetricFamily.seconds(microseconds) == text)
  }
}

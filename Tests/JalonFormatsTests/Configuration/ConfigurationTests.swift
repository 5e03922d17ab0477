import JalonCore
import JalonFormats
import Testing

@Suite("The configuration file")
struct ConfigurationTests {
  private func decode(_ text: String) -> Decoded<Configuration> {
    decodeConfiguration(Array(text.utf8), file: "jalon.json")
  }

  @Test("an empty object gives every default")
  func defaults() {
    let decoded = decode("{}")
    #expect(decoded.value == Configuration())
    #expect(decoded.problems.isEmpty)
  }

  @Test("every key is read")
  func everyKey() throws {
    let text = """
      { // où vivent les choses
        "state": "/var/lib/jalon", "portfolio": "p", "doors": "../doors",
        "timeZone": "America/Cayenne", "locale": "en",
        "intake": { "maxFileBytes": 5000000, "projectQuotaBytes": 6000000,
          "filesPerDay": 7000, "settleSeconds": 0.25, "scanSettleSeconds": 30, "rescanSeconds": "15" },
        "alerts": { "repeatDays": 2, "escalateDays": 3, "evaluationDays": 4, "dueSoonDays": 0,
          "digest": false },
        "mail": { "transport": "smtp", "from": "Suivi <suivi@example.gouv.fr>",
          "smtp": { "url": "smtps://mail.example.gouv.fr:465", "startTLS": "never", "user": "u",
            "passwordFile": "secrets/smtp", "caFile": "/etc/ca.pem", "timeoutSeconds": 5 } },
        "decisions": { "secondPerson": true },
        "site": { "url": "https://suivi.example.gouv.fr/" },
      }
      """
    let value = try #require(decode(text).value)
    #expect(value.locale == .english)
    #expect(value.timeZone == "America/Cayenne")
    #expect(value.intake.maxFileBytes == 5_000_000)
    #expect(value.intake.projectQuotaBytes == 6_000_000)
    #expect(value.intake.filesPerDay == 7_000)
    #expect(value.intake.settle == .milliseconds(250))
    #expect(value.intake.scanSettle == .seconds(30))
    #expect(value.intake.rescan == .seconds(15))
    #expect(value.alerts.repeatDays == 2)
    #expect(value.alerts.escalateDays == 3)
    #expect(value.alerts.evaluationDays == 4)
    #expect(value.alerts.dueSoonDays == 0)
    #expect(!value.alerts.digest)
    #expect(value.mail.smtp.timeout == .seconds(5))
    #expect(value.mail.transport == .smtp)
    #expect(value.mail.from == "Suivi <suivi@example.gouv.fr>")
    #expect(value.mail.smtp.url == "smtps://mail.example.gouv.fr:465")
    #expect(value.mail.smtp.startTLS == .never)
    #expect(value.mail.smtp.user == "u")
    #expect(value.decisions.secondPerson)
    #expect(value.site.url == "https://suivi.example.gouv.fr/")
    let resolved = value.resolved(against: "/etc/jalon")
    #expect(resolved.state == "/var/lib/jalon")
    #expect(resolved.portfolio == "/etc/jalon/p")
    #expect(resolved.doors == "/etc/jalon/../doors")
    #expect(resolved.mail.smtp.passwordFile == "/etc/jalon/secrets/smtp")
    #expect(resolved.mail.smtp.caFile == "/etc/ca.pem")
  }

  @Test(
    "relative paths are read from the file's folder",
    arguments: [
      ("/etc/jalon", "/etc/jalon/state"), ("/", "/state"), ("", "./state"), ("a/", "a/state"),
    ])
  func relative(_ example: (folder: String, state: String)) {
    #expect(Configuration().resolved(against: example.folder).state == example.state)
  }

  static let bad: [(String, String, String)] = [
    (#"{"stat": "x"}"#, "stat", "did you mean “state”"),
    (#"{"intake": {"settle": 1}}"#, "intake.settle", "possible keys"),
    (#"{"intake": {"maxFileBytes": 0}}"#, "intake.maxFileBytes", "whole number from"),
    (#"{"intake": {"maxFileBytes": 1.5}}"#, "intake.maxFileBytes", "whole number from"),
    (#"{"intake": {"rescanSeconds": 0}}"#, "intake.rescanSeconds", "value from"),
    (#"{"locale": "de"}"#, "locale", "possible words: fr, en"),
    (#"{"timeZone": "../../etc/passwd"}"#, "timeZone", "time zone"),
    (#"{"state": "a\nb"}"#, "state", "one line"),
    (#"{"state": ""}"#, "state", "not empty"),
    (#"{"mail": {"transport": "smpt"}}"#, "mail.transport", "did you mean “smtp”"),
    (#"{"mail": {"from": "Jalon"}}"#, "mail.from", "alone"),
    (#"{"mail": {"from": "A\r\nBcc: x <a@b.fr>"}}"#, "mail.from", "one line"),
    (#"{"mail": {"smtp": {"url": "http://x"}}}"#, "mail.smtp.url", "smtp://"),
    (#"{"mail": {"smtp": {"startTLS": "maybe"}}}"#, "mail.smtp.startTLS", "required, never"),
    (#"{"decisions": {"secondPerson": "yes"}}"#, "decisions.secondPerson", "true or false"),
    (#"{"site": {"url": "suivi.fr"}}"#, "site.url", "https://"),
    (#"{"alerts": {"repeatDays": 1}, "alerts": {}}"#, "alerts", "stands twice"),
    (#"[]"#, "", "object was expected"),
    (#"{"state": }"#, "", "column 11: a value was expected"),
  ]

  @Test("what is wrong is refused at its place", arguments: bad)
  func refuses(_ example: (text: String, path: String, says: String)) throws {
    let decoded = decode(example.text)
    #expect(decoded.value == nil)
    #expect(decoded.problems.count == 1)
    let problem = try #require(decoded.problems.first)
    #expect(problem.path == example.path)
    #expect(problem.message.english.contains(example.says), "\(problem.message.english)")
    #expect(problem.file == "jalon.json" && problem.line == 1)
  }

  @Test("every problem is reported, each on its line")
  func all() {
    let decoded = decode("{\n\"stat\": 1,\n\"locale\": 2,\n\"alerts\": {\n\"repeatDays\": -1}}")
    #expect(decoded.problems.map(\.line) == [2, 3, 5])
  }
}

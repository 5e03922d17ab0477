import JalonMail
import Testing

@Suite("SMTP settings: refused before anything is sent")
struct SMTPSettingsTests {
  @Test(
    "takes a server's URL",
    arguments: [
      "smtp://localhost:25", "smtps://smtp.example.fr", "smtp://[::1]:2525", "SMTP://host",
      "smtp://relay.example.fr/jalon.example.fr",
    ])
  func takes(_ url: String) throws {
    #expect(try SMTPSettings(url: url).url == url)
  }

  @Test(
    "refuses what is not one",
    arguments: [
      "", "localhost:25", "http://localhost", "smtp://", "smtp://a b", "smtp://h?q",
      "smtp://h\r\n", "file:///etc/passwd", "smtp://h:99999",
    ])
  func refuses(_ url: String) {
    #expect(throws: MailError.self) { try SMTPSettings(url: url) }
  }

  @Test("a password does not belong into the URL, and is not repeated")
  func passwordInURL() throws {
    for url in ["smtp://me:hunter2@localhost", "smtp://me;AUTH=PLAIN@localhost"] {
      let error = #expect(throws: MailError.self) { try SMTPSettings(url: url) }
      let text = try #require(error).description
      #expect(text.contains("passwordFile"))
      #expect(!text.contains("hunter2"))
    }
  }

  @Test(
    "a password travels unencrypted to this machine only",
    arguments: [
      ("smtp://localhost:25", true), ("smtp://127.0.0.1", true), ("smtp://[::1]", true),
      ("smtps://relay.example.fr", true), ("smtp://relay.example.fr", false),
      ("smtp://localhost.example.fr", false), ("smtp://127.0.0.1.example.fr", false),
      ("smtp://[::2]", false),
    ])
  func unencrypted(url: String, isFine: Bool) throws {
    let settings = Result {
      try SMTPSettings(url: url, startTLS: .never, user: "jalon", password: "hunter2")
    }
    #expect((try? settings.get()) != nil ? isFine : !isFine)
    guard case .failure(let error) = settings else { return }
    #expect("\(error)".contains("unencrypted"))
    #expect(!"\(error)".contains("hunter2"))
    #expect(throws: Never.self) { try SMTPSettings(url: url, user: "jalon", password: "hunter2") }
  }

  @Test("a user goes with a password, and neither holds a line end")
  func signIn() {
    let url = "smtps://localhost"
    #expect(throws: MailError.self) { try SMTPSettings(url: url, user: "jalon") }
    #expect(throws: MailError.self) { try SMTPSettings(url: url, password: "hunter2") }
    for password in ["", "hunter2\n", "hunter\0two"] {
      let error = #expect(throws: MailError.self) {
        try SMTPSettings(url: url, user: "jalon", password: password)
      }
      #expect(error?.description.contains("hunter") == false)
    }
  }

  @Test("the timeout has bounds", arguments: [0, -1, 3601, Int.max])
  func timeout(_ seconds: Int) {
    #expect(throws: MailError.self) {
      try SMTPSettings(url: "smtp://localhost", timeoutSeconds: seconds)
    }
  }
}

import JalonCore
import Testing

@testable import JalonPages

@Suite("A message is what mail readers expect, read by a parser that is not ours")
struct MailStructureTests {
  @Test("every message: headers, structure, and the very texts", arguments: Language.allCases)
  func whole(_ language: Language) throws {
    let mails = try MessageStory.all.map { try $0.mail(language) }
    let messages = try MessageStory.all.map { try $0.rendered(language) }
    for ((mail, message), read) in zip(
      zip(mails, messages), try ReadMessage.reading(messages))
    {
      #expect(read.faults == [], "\(mail.subject)")
      #expect(read.header("Subject") == mail.subject)
      #expect(read.recipients == [mail.recipient])
      #expect(read.sender == [["Jalon", "jalon@example.gouv.fr"]])
      #expect(read.header("Message-ID") == message.messageID)
      #expect(read.header("Auto-Submitted") == "auto-generated")
      #expect(read.header("X-Auto-Response-Suppress") == "All")
      #expect(read.header("List-Id") == "Jalon <jalon.example.gouv.fr>")
      #expect(read.header("Content-Language") == language.rawValue)
      #expect(read.header("MIME-Version") == "1.0")
      #expect(read.parts[0].text == mail.text)
      #expect(read.parts[1].text == mail.html)
      #expect(message.subject == mail.subject)
      #expect(message.recipient == mail.recipient)
    }
  }

  @Test("one of each header, in a fixed order; the date is the moment, in UTC")
  func headers() throws {
    let message = try ReadMessage.reading([MessageStory.gates[0].rendered(.french)])[0]
    #expect(
      message.headers.map { $0[0] } == [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id",
        "X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type",
      ])
    #expect(message.header("Date") == "Tue, 20 Jul 2021 06:00:00 +0000")
    #expect(message.date == "2021-07-20T06:00:00+00:00")
  }

  @Test(
    "text and page are alternatives; files come beside them, and only then",
    arguments: [
      ("test", #"["multipart/alternative", ["text/plain", "text/html"]]"#),
      (
        "withhold",
        #"["multipart/mixed", [["multipart/alternative", ["text/plain", "text/html"]], "text/calendar"]]"#
      ),
      (
        "overdue",
        #"["multipart/mixed", [["multipart/alternative", ["text/plain", "text/html"]], "#
          + #""text/calendar", "text/csv"]]"#
      ),
    ])
  func shape(_ name: String, _ shape: String) throws {
    let story = try #require(MessageStory.all.first { $0.name == name })
    let message = try ReadMessage.reading([story.rendered(.french)])[0]
    #expect(message.shape == shape)
    if name == "overdue" {
      #expect(message.parts.map(\.name) == ["", "", "echeances.ics", "SNAP3-017.csv"])
      #expect(
        message.parts[3].text == "projet;periode;indicateur\nSNAP3-017;2021-Q1;postes\n")
    }
  }

  @Test("the same words, moment and reader make the same bytes; any other makes another id")
  func frozen() throws {
    let story = MessageStory.gates[0]
    let message = try story.rendered(.french)
    #expect(try story.rendered(.french) == message)
    #expect(message.messageID.hasSuffix(".jalon@example.gouv.fr>"))
    #expect(message.messageID.count == 1 + 32 + ".jalon@example.gouv.fr>".count)
    let mail = try story.mail(.french)
    var later = MessageSample.frame(.french)
    later.now = Instant(microseconds: later.now.microseconds + 1)
    let other = MailMessage(
      recipient: "b@example.org", subject: mail.subject, text: mail.text, html: mail.html,
      attachments: mail.attachments)
    let ids = [
      message.messageID, mail.rendered(in: later).messageID,
      other.rendered(in: MessageSample.frame(.french)).messageID,
      try story.rendered(.english).messageID,
    ]
    #expect(Set(ids).count == 4)
  }

  @Test(
    "subjects of any length and script are folded, and come back whole",
    arguments: [
      "court", String(repeating: "mot ", count: 44) + "fin", String(repeating: "é", count: 170),
      "=?utf-8?q?=C3=A9?= tel quel", String(repeating: "👩‍👩‍👧‍👦", count: 40),
      "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}" + String(repeating: "x", count: 100),
      "日本語の件名" + String(repeating: "漢字", count: 60), ".", "",
    ])
  func subjects(_ subject: String) throws {
    let mail = MailMessage(
      recipient: "a@example.org", subject: subject, text: "", html: "", attachments: [])
    let read = try ReadMessage.reading([mail.rendered(in: MessageSample.frame(.french))])[0]
    #expect(read.faults == [])
    #expect(read.header("Subject") == subject)
  }

  @Test(
    "lines that servers are known to change come back as they were",
    arguments: [
      ".", "..\n.", "From here\n.\nFrom there", "trailing \n\t\nend ", "=3D=\n=", "",
      String(repeating: "x", count: 2000), String(repeating: "é", count: 500), "\n\n\n",
    ])
  func texts(_ text: String) throws {
    let mail = MailMessage(
      recipient: "a@example.org", subject: "s", text: text, html: "<p>", attachments: [])
    let message = mail.rendered(in: MessageSample.frame(.french))
    let read = try ReadMessage.reading([message])[0]
    #expect(read.faults == [])
    #expect(read.parts[0].text == text)
    let lines = String(decoding: message.bytes, as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(!lines.contains { $0.hasPrefix(".") || $0.hasPrefix("From ") || $0.hasSuffix(" ") })
  }

  @Test("bytes of every length come back from base64", arguments: [0, 1, 2, 3, 56, 57, 58, 1000])
  func base64(_ length: Int) throws {
    let text = String(repeating: "abcdefg", count: 200).prefix(length)
    let file = MessageAttachment(name: "a.txt", type: "text/plain", bytes: Array(text.utf8))
    let mail = MailMessage(
      recipient: "a@example.org", subject: "s", text: "t", html: "h", attachments: [file])
    let read = try ReadMessage.reading([mail.rendered(in: MessageSample.frame(.french))])[0]
    #expect(read.faults == [])
    #expect(read.parts[2].text == text)
  }

  @Test(
    "the sender's name",
    arguments: [
      (
        "Suivi — équipe « numérique » <a@example.org>",
        "Suivi — équipe « numérique »", "a@example.org"
      ),
      ("\"Jalon, le suivi\" <a@example.org>", "Jalon, le suivi", "a@example.org"),
      ("a@example.org", "", "a@example.org"), ("<a@example.org>", "", "a@example.org"),
      ("rien", "", "jalon@localhost"), ("", "", "jalon@localhost"),
    ])
  func senders(_ from: String, _ name: String, _ address: String) throws {
    var frame = MessageSample.frame(.french)
    frame.from = from
    let read = try ReadMessage.reading([LetterPage(frame).test(to: "b@example.org")])[0]
    #expect(read.faults == [])
    #expect(read.sender == [[name, address]])
  }
}

import JalonCore
import JalonPages
import Testing

@Suite("What a message says, read back from its frozen bytes")
struct ReadableMailTests {
  @Test("is the text, whatever the mail did to its lines and letters", arguments: Language.allCases)
  func text(_ language: Language) throws {
    let frame = MessageFrame(
      from: "Jalon <jalon@example.fr>", now: Instant(microseconds: 0), day: Day(number: 0),
      language: language, site: "https://example.fr/" + String(repeating: "é=.", count: 60))
    let message = LetterPage(frame).test(to: "zoe@example.fr")
    let text = try #require(ReadableMail.text(of: message.bytes))
    #expect(text.contains("Jalon") && text.contains("jalon@example.fr"))
    #expect(!text.contains("\r") && !text.contains("=C3") && !text.contains("=\n"))
    #expect(!text.contains("<html"))
  }

  @Test("is not made up for what Jalon did not write")
  func foreign() { #expect(ReadableMail.text(of: Array("Subject: x\r\n\r\nhello".utf8)) == nil) }
}

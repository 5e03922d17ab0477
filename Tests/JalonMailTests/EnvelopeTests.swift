import JalonMail
import Testing

@Suite("Envelope: addresses that are safe in SMTP commands")
struct EnvelopeTests {
  @Test(
    "takes plain addresses",
    arguments: [
      "a@b", "prenom.nom@example.gouv.fr", "o'neil+jalon@example.fr", "root@localhost",
      String(repeating: "a", count: 252) + "@b",
    ])
  func takes(_ address: String) throws {
    let envelope = try Envelope(sender: address, recipient: address)
    #expect(envelope.sender == address)
    #expect(envelope.recipient == address)
  }

  @Test(
    "refuses what could end a command, or is no address",
    arguments: [
      "", "a", "@b", "a@", "a@b\r\nRCPT TO:<c@d>", "a@b\n", "a @b", "a@b\0", "a@b\u{7F}", "é@b",
      "a@b\u{202E}", "<a@b>", "a@b>", "Nom <a@b>", String(repeating: "a", count: 253) + "@b",
    ])
  func refuses(_ address: String) throws {
    for pair in [(address, "a@b"), ("a@b", address)] {
      let error = #expect(throws: MailError.self) {
        try Envelope(sender: pair.0, recipient: pair.1)
      }
      let text = try #require(error).description
      #expect(text.utf8.allSatisfy { $0 >= 0x20 } && text.utf8.count < 400)
      #expect(!text.unicodeScalars.contains("\u{202E}"))
    }
  }
}

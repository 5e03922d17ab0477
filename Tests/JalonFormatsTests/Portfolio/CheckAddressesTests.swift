import Testing

@testable import JalonFormats

@Suite("A mail address of the portfolio is one that a message can be sent to")
struct CheckAddressesTests {
  @Test(
    "a good address, or what is none",
    arguments: [
      ("a@b.fr", true), ("prenom.nom+x@sub.example.gouv.fr", true), ("root@localhost", true),
      ("a@b", false), ("a", false), ("@b.fr", false), ("a@", false), ("a@@b.fr", false),
      ("a b@c.fr", false), (".a@b.fr", false), ("a..b@c.fr", false), ("a@-b.fr", false),
      ("a@b..fr", false), ("a@b.fr\r\nBcc: x@y.fr", false), ("A <a@b.fr>", false),
      ("é@b.fr", false), ("a@b.fr,c@d.fr", false),
    ])
  func address(_ example: (text: String, isAddress: Bool)) {
    #expect(isMailAddress(example.text) == example.isAddress)
  }
}

/// From whom and to whom one message travels: two plain addresses, without a name or brackets.
///
/// An envelope that exists is safe to put in SMTP commands: a line end inside an address would be
/// the next command.
public struct Envelope: Hashable, Sendable {
  /// Who hears that a message could not be delivered.
  public let sender: String
  /// Who gets it.
  public let recipient: String

  /// How long an address may be, in bytes (RFC 5321, 4.5.3.1.3, without the brackets).
  public static let longestAddress = 254

  /// Checks both addresses; throws `MailError.address`.
  public init(sender: String, recipient: String) throws(MailError) {
    try Self.check(sender)
    try Self.check(recipient)
    self.sender = sender
    self.recipient = recipient
  }

  /// Refuses an address with anything but printable ASCII, with brackets, too long, or with nothing
  /// on one side of its `@`.
  private static func check(_ address: String) throws(MailError) {
    guard let reason = fault(in: Array(address.utf8)) else { return }
    let shown = OneLine.text(of: address.utf8.prefix(longestAddress), limit: longestAddress)
    throw .address(shown, reason: reason)
  }

  private static func fault(in bytes: [UInt8]) -> String? {
    if bytes.count > longestAddress { return "is longer than \(longestAddress) bytes" }
    if bytes.contains(where: { !(0x21...0x7E).contains($0) }) {
      return "holds something that is not a printable ASCII character"
    }
    if bytes.contains(UInt8(ascii: "<")) || bytes.contains(UInt8(ascii: ">")) {
      return "holds a bracket: write the address alone"
    }
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at < bytes.count - 1 else {
      return "has nothing before or after an '@'"
    }
    return nil
  }
}

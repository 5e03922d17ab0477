/// The text of a message that Jalon wrote, for somebody at a terminal.
///
/// It reads what `MailMessage` writes, and no other mail: the first part in `text/plain`, in
/// quoted-printable.
public enum ReadableMail {
  private static let opening = Array(
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      .utf8)

  /// The text, lines ending in LF; `nil` for bytes that Jalon did not write.
  public static func text(of message: [UInt8]) -> String? {
    guard let start = message.firstRange(of: opening)?.upperBound else { return nil }
    let end = message[start...].firstRange(of: Array("\r\n--=_".utf8))?.lowerBound
    return String(decoding: decoded(message[start..<(end ?? message.endIndex)]), as: UTF8.self)
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "="), index + 2 < bytes.endIndex else {
        if byte != 0x0D { result.append(byte) }
        index += 1
        continue
      }
      // A line broken for the mail's sake alone is one line.
      if bytes[index + 1] != 0x0D {
        let digits = String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self)
        result.append(UInt8(digits, radix: 16) ?? UInt8(ascii: "?"))
      }
      index += 3
    }
    return result
  }
}

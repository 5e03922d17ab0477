import JalonCore

/// A part of a message (RFC 2045, 2046).
indirect enum MailPart {
  /// Header lines, and a body in seven bits.
  case leaf([String], [UInt8])
  /// Parts under a subtype such as `alternative`.
  case multipart(String, [MailPart])

  /// Text of a subtype, lines ending in LF.
  static func text(_ text: String, subtype: String) -> MailPart {
    .leaf(
      [
        "Content-Type: text/\(subtype); charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
      ], MailEncoding.quotedPrintable(text))
  }

  /// A file.
  static func attachment(_ attachment: MessageAttachment) -> MailPart {
    let name = attachment.harmlessName
    return .leaf(
      [
        "Content-Type: \(attachment.harmlessType);\r\n name=\"\(name)\"",
        "Content-Disposition: attachment; filename=\"\(name)\"",
        "Content-Transfer-Encoding: base64",
      ], MailEncoding.base64(attachment.bytes))
  }

  /// Header lines, an empty line, and the body; without a line end after it.
  var bytes: [UInt8] {
    let end: [UInt8] = [0x0D, 0x0A]
    switch self {
    case .leaf(let headers, let body):
      return Array((headers.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    case .multipart(let subtype, let parts):
      let rendered = parts.map(\.bytes)
      // Drawn from what it parts: the same message is the same bytes. `=_` is in no encoded text.
      var hash = SHA256()
      for part in rendered { hash.update(part) }
      let boundary = "=_" + hash.finish().hexadecimal.prefix(32)
      var bytes = Array(
        "Content-Type: multipart/\(subtype);\r\n boundary=\"\(boundary)\"\r\n\r\n".utf8)
      for part in rendered { bytes += Array("--\(boundary)\r\n".utf8) + part + end }
      return bytes + "--\(boundary)--\r\n".utf8
    }
  }
}

extension MessageAttachment {
  /// The name in letters, digits, dots, dashes and underscores.
  fileprivate var harmlessName: String {
    let bytes = name.utf8.prefix(80).map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: byte
      default: UInt8(ascii: "_")
      }
    }
    return bytes.isEmpty ? "file" : String(decoding: bytes, as: UTF8.self)
  }

  /// The type, unless a byte of it could end the header.
  fileprivate var harmlessType: String {
    let isHarmless = type.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 }
    return isHarmless && type.utf8.count < 100 && type.utf8.contains(0x2F)
      ? type : "application/octet-stream"
  }
}

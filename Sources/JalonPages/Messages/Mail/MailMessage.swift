import JalonCore

/// A message's words and files, ready to become bytes.
struct MailMessage {
  let recipient: String
  let subject: String
  let text: String
  let html: String
  let attachments: [MessageAttachment]

  /// The whole message (RFC 5322), the same for the same words and frame.
  func rendered(in frame: MessageFrame) -> RenderedMessage {
    let sender = MailAddress(frame.from)
    let body = body.bytes
    let id = messageID(body, frame: frame, domain: sender.domain)
    let headers = [
      "From: " + sender.value(of: "From"),
      "To: " + MailAddress(recipient).value(of: "To"),
      MailMessage.header("Subject", subject),
      "Date: " + frame.now.mailDate,
      "Message-ID: " + id,
      "Auto-Submitted: auto-generated",
      "List-Id: Jalon <jalon.\(sender.domain)>",
      "X-Auto-Response-Suppress: All",
      "Content-Language: " + frame.language.rawValue,
      "MIME-Version: 1.0",
    ]
    let bytes = Array((headers.joined(separator: "\r\n") + "\r\n").utf8) + body
    return RenderedMessage(messageID: id, recipient: recipient, subject: subject, bytes: bytes)
  }

  private var body: MailPart {
    let words = MailPart.multipart(
      "alternative", [.text(text, subtype: "plain"), .text(html, subtype: "html")])
    guard !attachments.isEmpty else { return words }
    return .multipart("mixed", [words] + attachments.map(MailPart.attachment))
  }

  /// Drawn from what is said, to whom and when: a message that is sent again keeps it.
  private func messageID(_ body: [UInt8], frame: MessageFrame, domain: String) -> String {
    var hash = SHA256()
    for text in [recipient, frame.now.description, subject] { hash.update(Array(text.utf8) + [0]) }
    hash.update(body)
    return "<\(hash.finish().hexadecimal.prefix(32)).jalon@\(domain)>"
  }

  /// A header of free text on as many lines as it needs.
  private static func header(_ name: String, _ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    guard !isPlain || name.utf8.count + 2 + text.utf8.count > 76 else { return "\(name): \(text)" }
    let words = MailEncoding.encodedWords(text, from: name.utf8.count + 2)
    return "\(name): " + words.joined(separator: "\r\n ")
  }
}

extension Instant {
  /// Such as `Tue, 20 Jul 2021 06:00:00 +0000` (RFC 5322).
  var mailDate: String {
    let text = description
    guard let day = Day(text.prefix(10)) else { return text }
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let (year, month, date) = day.components
    let clock = text.dropFirst(11).prefix(8)
    return "\(names[day.weekday]), \(date) \(months[month - 1]) \(year) \(clock) +0000"
  }
}

/// What client and server have said about one message, as far as it tells what became of it.
///
/// libcurl's result alone does not: 8 stands for 4xx and 5xx alike, and after a connection that drops
/// behind DATA the code it gives is 250, of the recipient.
struct Conversation {
  /// How far it has come.
  private(set) var step = SMTPStep.connect
  /// The code of a whole reply to the last command.
  private(set) var code: Int?
  /// The code, if it says no.
  var refusal: Int? { code.flatMap { $0 >= 400 ? $0 : nil } }
  /// The words of the reply to the last command, without codes, as far as they are kept.
  private(set) var reply: [UInt8] = []
  /// What must not be in any text.
  private(set) var secrets: Secrets
  /// Whether we have said that we are leaving; nothing after it tells of the message.
  private(set) var isOver = false

  /// How much of a reply is kept, in bytes: more than a text may show.
  private static let longestReply = 2000

  /// A conversation that has not begun.
  init(secrets: Secrets) {
    self.secrets = secrets
  }

  /// Takes note of a line that was sent.
  mutating func sent(_ line: some Collection<UInt8>) {
    guard !isOver else { return }
    isOver = line.starts(with: "QUIT".utf8)
    guard !isOver else { return }
    let command = SMTPStep(command: line)
    if step == .authentication, command != .sender {
      // An answer to a challenge may look like any word.
      hideWords(of: line, after: command == .authentication ? 2 : 0)
    } else if let command {
      step = command
      if command == .authentication { hideWords(of: line, after: 2) }
    }
    forgetReply()
  }

  private mutating func hideWords(of line: some Collection<UInt8>, after count: Int) {
    for word in line.split(whereSeparator: { $0 <= 0x20 }).dropFirst(count) {
      secrets.hide(Array(word))
    }
  }

  /// Takes note of a line that came.
  mutating func received(_ line: some Collection<UInt8>) {
    guard !isOver else { return }
    // What comes after a whole reply answers nothing yet, unless a greeting goes on.
    if code != nil { forgetReply() }
    if !reply.isEmpty { reply.append(UInt8(ascii: " ")) }
    reply = Array((reply + line.dropFirst(4)).prefix(Self.longestReply))
    guard let whole = Self.code(ofLast: Array(line.prefix(4))) else { return }
    code = whole
    if step == .data, whole == 354 {
      step = .endOfData
      forgetReply()
    }
  }

  private mutating func forgetReply() {
    code = nil
    reply = []
  }

  /// The code of a reply's last line: three digits that no hyphen follows.
  private static func code(ofLast start: [UInt8]) -> Int? {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard start.count >= 3, start.prefix(3).allSatisfy(digits.contains) else { return nil }
    guard start.count == 3 || start[3] <= 0x20 else { return nil }
    return start.prefix(3).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}

internal import CCurl

/// How one transfer ended, and what follows from it for the message.
struct Verdict {
  /// libcurl's result.
  let result: CURLcode
  /// What client and server said.
  let conversation: Conversation
  /// libcurl's own words, for what no server said.
  let complaint: String

  /// What became of the message.
  ///
  /// Sent if and only if libcurl's result is 0. Otherwise the server's own code at a step about this
  /// message decides; whatever is not clear is tried again.
  var delivery: Delivery {
    guard result != CURLE_OK else {
      return .sent(reply: line(serverWords, limit: Reply.longestText))
    }
    let reply = Reply(step: conversation.step, code: conversation.refusal, text: text)
    guard let code = conversation.refusal, conversation.step.concernsMessage, !concernsSession(code)
    else { return .unavailable(reply) }
    switch code {
    case 500...599: return .refused(reply)
    case 400...499: return .postponed(reply)
    default: return .unavailable(reply)
    }
  }

  /// Whether the server speaks of the session, whatever the step: it closes (421), or wants a
  /// sign-in or encryption first (RFC 4954, 6), which a setting puts right for every message.
  private func concernsSession(_ code: Int) -> Bool {
    [421, 530, 534, 535, 538].contains(code)
  }

  /// The step, the words, and the hint, in one line.
  private var text: String {
    let hint = Hint(self)?.rawValue
    let tail = hint.map { "; " + $0 } ?? ""
    let head = "\(conversation.step): "
    let room = Reply.longestText - head.utf8.count - tail.utf8.count
    return head + line(words, limit: room) + tail
  }

  /// The server's words if it said no, otherwise libcurl's.
  private var words: [UInt8] {
    conversation.refusal == nil ? Array(complaint.utf8) : serverWords
  }

  private var serverWords: [UInt8] {
    (conversation.code.map { Array("\($0) ".utf8) } ?? []) + conversation.reply
  }

  private func line(_ bytes: [UInt8], limit: Int) -> String {
    OneLine.text(of: conversation.secrets.removed(from: bytes), limit: limit)
  }
}

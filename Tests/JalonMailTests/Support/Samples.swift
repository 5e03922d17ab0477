import Foundation
import JalonMail
import Testing

/// A message with a body of these lines.
func message(_ lines: [String] = ["Bonjour"]) -> [UInt8] {
  Array((["Subject: essai", ""] + lines + ["end of sample", ""]).joined(separator: "\r\n").utf8)
}

/// An envelope to one recipient.
func envelope(to recipient: String = "equipe@example.fr") throws -> Envelope {
  try Envelope(sender: "jalon@example.fr", recipient: recipient)
}

extension Delivery {
  /// The name of the case, for tables.
  var kind: String {
    switch self {
    case .sent: "sent"
    case .refused: "refused"
    case .postponed: "postponed"
    case .unavailable: "unavailable"
    }
  }

  /// The text of the case, whichever it is.
  var text: String {
    switch self {
    case .sent(let reply): reply
    case .refused(let reply), .postponed(let reply), .unavailable(let reply): reply.text
    }
  }

  /// Why the server cannot be used, if that is so.
  var whyUnavailable: Reply? {
    guard case .unavailable(let reply) = self else { return nil }
    return reply
  }
}

/// Runs what blocks on a thread of its own, so that many can wait at once.
func onThread<Value: Sendable>(
  _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread { continuation.resume(with: Result { try work() }) }.start()
  }
}

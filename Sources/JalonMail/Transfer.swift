internal import CCurl
internal import Glibc

/// What libcurl's callbacks see of one transfer: the bytes still to send, and what was said.
///
/// libcurl holds it by an unretained pointer, only while `curl_easy_perform` runs.
final class Transfer {
  private let message: [UInt8]
  private var position = 0
  /// What client and server have said.
  private(set) var conversation: Conversation
  /// Told when how long an answer may take changes.
  private let atTurn: (Turn) -> Void

  /// What changes how long an answer may take.
  enum Turn {
    /// The whole message is handed out.
    case handedOut
    /// We say that we are leaving.
    case leaving
  }

  /// A transfer that has not begun.
  init(_ message: [UInt8], secrets: Secrets, atTurn: @escaping (Turn) -> Void) {
    self.message = message
    conversation = Conversation(secrets: secrets)
    self.atTurn = atTurn
  }

  /// Hands out the next bytes; how many, and none at the end.
  private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = message[position...].prefix(buffer.count)
    buffer.copyBytes(from: piece)
    position += piece.count
    if position == message.count { atTurn(.handedOut) }
    return piece.count
  }

  private func hear(_ kind: curl_infotype, _ line: UnsafeRawBufferPointer) {
    switch kind {
    case CURLINFO_HEADER_OUT:
      conversation.sent(line)
      if conversation.isOver { atTurn(.leaving) }
    case CURLINFO_HEADER_IN: conversation.received(line)
    default: break
    }
  }

  /// Tells a handle to use this transfer.
  func attach(to handle: UnsafeMutableRawPointer) {
    let pointer = Unmanaged.passUnretained(self).toOpaque()
    jalon_curl_set_pointer(handle, CURLOPT_READDATA, pointer)
    jalon_curl_set_pointer(handle, CURLOPT_DEBUGDATA, pointer)
    jalon_curl_set_reader(handle) { buffer, size, count, transfer in
      let room = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
      return Unmanaged<Transfer>.fromOpaque(transfer).takeUnretainedValue().read(into: room)
    }
    jalon_curl_set_listener(handle) { _, kind, line, size, transfer in
      let bytes = UnsafeRawBufferPointer(start: line, count: size)
      Unmanaged<Transfer>.fromOpaque(transfer).takeUnretainedValue().hear(kind, bytes)
      return 0
    }
    jalon_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.count))
  }
}

import JalonCore
import JalonDisk
import JalonRound
import JalonStore

/// What was sent since the notebook was last told, so that many messages share one commit, which
/// costs five syncs.
///
/// Each is written to a file before the next is begun. A kill leaves that file to the next process,
/// which tells the notebook: at most the message under way is sent twice. A power cut may take the
/// file's last lines back: what was sent in the last quarter of a second is then sent again, under
/// the same Message-ID.
final class SentBook {
  fileprivate struct Entry {
    let number: Int64
    let messageID: String
    let at: Instant
    let reply: String
  }

  private static let mostEntries = 256
  private static let longestWait: UInt64 = 250_000_000
  /// More than so many entries with the longest replies.
  private static let limit = 1_000_000

  private let connection: Connection
  private let file: LineFile
  private var entries: [Entry] = []
  /// When the first of the entries was made.
  private var begun: UInt64 = 0

  /// Opens the book, and tells the notebook what a killed process had left in it.
  init(_ connection: Connection, path: String) throws {
    self.connection = connection
    file = try LineFile(path: path)
    entries = try file.lines(limit: SentBook.limit).compactMap { Entry($0) }.filter {
      // Of another notebook, after a backup was put in place, the number is another message's.
      try connection.outbox.message($0.number)?.messageID == $0.messageID
    }
    try settle()
  }

  /// Notes that a message was sent.
  func note(_ message: QueuedMessage, at instant: Instant, reply: String) throws {
    let entry = Entry(
      number: message.number, messageID: message.messageID, at: instant, reply: reply)
    if entries.isEmpty { begun = Clock.monotonic }
    entries.append(entry)
    do {
      try file.append(entry.line)
    } catch {
      // Where the file cannot be written, the notebook is told at once.
      return try settle()
    }
    let isTime = Clock.monotonic - begun > SentBook.longestWait
    if isTime || entries.count >= SentBook.mostEntries { try settle() }
  }

  /// Tells the notebook everything that it has not been told.
  func settle() throws {
    if !entries.isEmpty {
      try connection.write { () throws(StoreError) in
        for entry in entries {
          try connection.outbox.sent(entry.number, at: entry.at, reply: entry.reply)
        }
      }
      entries = []
    }
    try file.clear()
  }
}

extension SentBook.Entry {
  /// Number, microseconds, Message-ID, reply.
  fileprivate var line: String.UTF8View {
    "\(number) \(at.microseconds) \(messageID) \(reply)".utf8
  }

  fileprivate init?(_ line: [UInt8]) {
    let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard parts.count == 4, let number = Int64(parts[0]), let at = Int64(parts[1]) else {
      return nil
    }
    self.init(
      number: number, messageID: parts[2], at: Instant(microseconds: at), reply: parts[3])
  }
}

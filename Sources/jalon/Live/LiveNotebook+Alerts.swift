import JalonCore
import JalonPages
import JalonRound
import JalonStore

extension LiveNotebook {
  static func alerts(_ connection: Connection) -> Notebook.Alerts {
    let table = connection.alerts
    return Notebook.Alerts(
      open: { try table.open(of: $0) },
      put: { try table.put($0, at: $1) },
      lastTold: { try table.lastTold(of: $0) },
      waiting: { try table.waiting() },
      silences: { try connection.silences.running(on: $0) },
      silence: { try connection.silences.silence($0)?.silence })
  }

  static func outbox(_ connection: Connection) -> Notebook.Outbox {
    Notebook.Outbox(
      queue: { try queue(connection, $0) },
      undeliverable: {
        try connection.outbox.undeliverable().map { try failed(connection, $0) }
      },
      lastDigest: { try connection.digests.latest()?.monday },
      recordDigest: { try connection.digests.add($0, at: $1) },
      ledgerHead: {
        let head = try connection.ledger.head()
        return head.sequence == 0 ? nil : (head.sequence, head.sha256.hexadecimal)
      })
  }

  private static func queue(_ connection: Connection, _ message: OutgoingMessage) throws {
    let rendered = message.rendered
    let number = try connection.outbox.add(
      NewMessage(
        messageID: rendered.messageID, kind: MessageKind(message.kind),
        recipient: rendered.recipient, project: message.project, subject: rendered.subject,
        content: rendered.bytes), at: message.at)
    for decision in message.decisions {
      try connection.tellings.add(
        TellingRecord(
          message: number, alert: decision.alert.number, action: decision.action,
          reason: decision.reason.code))
    }
  }

  private static func failed(
    _ connection: Connection, _ record: MessageRecord
  ) throws -> FailedDelivery {
    let alerts = try connection.tellings.alerts(of: record.number)
    return FailedDelivery(
      message: FailedMessage(
        number: record.number, address: record.recipient, subject: record.subject,
        queuedAt: record.queuedAt, reply: record.reply ?? ""),
      at: record.finishedAt ?? record.queuedAt,
      projects: Set(alerts.map(\.key.project)).subtracting([""]).sorted(),
      programmes: Set(alerts.map(\.programme)).subtracting([""]).sorted())
  }

  /// Gates whose recommendation changed: as many as a digest could ever show.
  private static let changesLimit = 10_000

  static func changes(
    _ connection: Connection, since instant: Instant
  ) throws -> [DigestLetter.Change] {
    try connection.recommendations.changes(recordedAfter: instant, limit: changesLimit).map {
      DigestLetter.Change(
        project: $0.project, phase: $0.latest.phase, before: $0.before,
        now: $0.latest.recommendation, on: $0.latest.asOf, fundsAtStake: $0.latest.fundsAtStake)
    }
  }
}

extension MessageKind {
  fileprivate init(_ kind: OutgoingMessage.Kind) {
    switch kind {
    case .alert: self = .alert
    case .digest: self = .digest
    }
  }
}

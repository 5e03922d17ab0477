public import JalonCore
import JalonPages
public import JalonRound

extension InMemoryNotebook {
  /// Everything queued, in order.
  public var queued: [OutgoingMessage] { state.queued }
  /// Every alert that was ever kept, as it stands.
  public var alerts: [OpenAlert] { state.alerts }

  /// Asks for a silence.
  public func silence(_ silence: Silence) { state.silences.append(silence) }

  /// Lets the latest message to an address fail for good.
  public func fail(_ delivery: FailedDelivery) { state.failed.append(delivery) }

  /// Lets messages arrive again.
  public func repairMail() { state.failed = [] }

  var alertsPort: Notebook.Alerts {
    Notebook.Alerts(
      open: { projects in
        self.state.alerts.filter { alert in
          !alert.isClosed && (projects.map { $0.contains(alert.alert.key.project) } ?? true)
        }
      },
      put: { alert, _ in self.put(alert) },
      lastTold: { _ in
        var last: [AlertRules.Line: Instant] = [:]
        for alert in self.state.alerts {
          guard let told = alert.toldAt else { continue }
          let line = AlertRules.Line(alert.alert.key)
          last[line] = max(told, last[line] ?? told)
        }
        return last
      },
      waiting: {
        Set(
          self.state.alerts.filter {
            !$0.isClosed && $0.hiddenBy == nil && ($0.toldAt == nil || $0.endedOn != nil)
          }.map(\.alert.key.project)
        ).sorted()
      },
      silences: { day in self.state.silences.filter { day <= $0.until } },
      silence: { number in self.state.silences.first { $0.number == number } })
  }

  private func put(_ alert: OpenAlert) -> Int64 {
    needsTransaction()
    var alert = alert
    if alert.number == 0 {
      precondition(
        !state.alerts.contains { !$0.isClosed && $0.alert.key == alert.alert.key },
        "two open alerts of one key")
      alert.number = Int64(state.alerts.count + 1)
      state.alerts.append(alert)
    } else {
      state.alerts[Int(alert.number) - 1] = alert
    }
    return alert.number
  }

  var outboxPort: Notebook.Outbox {
    Notebook.Outbox(
      queue: { message in
        self.needsTransaction()
        self.state.queued.append(message)
      },
      undeliverable: { self.state.failed },
      lastDigest: { self.state.digests.last },
      recordDigest: { monday, _ in
        self.needsTransaction()
        self.state.digests.append(monday)
      },
      ledgerHead: {
        (Int64(self.state.ledger.count), String(repeating: "0123456789abcdef", count: 4))
      })
  }
}

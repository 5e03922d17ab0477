import JalonCore
import JalonStore

/// The day so many days after an arbitrary Monday.
func day(_ number: Int32) -> Day { Day(number: 18_799 + number) }

extension OpenAlert {
  /// An alert that has just begun, ordinary in what a test does not say.
  static func sample(
    _ kind: AlertKind = .gateWithhold, _ project: String = "P-1", subject: String = "P1",
    audience: Audience = .followUp
  ) -> OpenAlert {
    OpenAlert(
      Alert(
        AlertKey(kind, project: project, subject: subject, audience: audience),
        programme: project.isEmpty ? "" : "SNAP3", since: day(-3)), beganAt: second(0))
  }

  /// The same, told once more.
  func told(at instant: Instant, on day: Day = day(0)) -> OpenAlert {
    var alert = self
    alert.toldAt = instant
    alert.toldOn = day
    alert.timesTold += 1
    return alert
  }

  /// The same, over.
  func ended(closed: Bool = false) -> OpenAlert {
    var alert = self
    alert.endedOn = day(5)
    alert.isClosed = closed
    return alert
  }

  /// The same, under a silence.
  func hidden(by silence: Int64) -> OpenAlert {
    var alert = self
    alert.hiddenBy = silence
    return alert
  }
}

extension Silence {
  /// A silence, ordinary in what a test does not say.
  static func sample(
    project: String? = "P-1", programme: String? = nil, kind: AlertKind? = nil, until: Day = day(7)
  ) -> Silence {
    Silence(
      number: 0, project: project, programme: programme, kind: kind, until: until,
      reason: "Avenant en cours de signature", by: "Chargée de suivi", user: "mleroy",
      at: second(0))
  }
}

extension SilenceEnd {
  static let sample = SilenceEnd(
    at: second(90), by: "Directeur", user: "pmartin", reason: "Avenant signé")
}

extension NewMessage {
  /// A message, ordinary in what a test does not say.
  static func sample(
    _ id: String, to recipient: String = "suivi@example.fr", project: String = "P-1",
    content: [UInt8] = Array("Subject: x\r\n\r\nBonjour".utf8)
  ) -> NewMessage {
    NewMessage(
      messageID: "<\(id)@example.fr>", kind: .alert, recipient: recipient, project: project,
      subject: "[Jalon] P-1 : suspendre", content: content)
  }
}

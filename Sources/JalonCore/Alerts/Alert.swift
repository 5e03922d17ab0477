/// What tells one alert from another: never two open ones with the same key.
public struct AlertKey: Hashable, Sendable {
  /// What it is about.
  public var kind: AlertKind
  /// The project, or empty for what concerns Jalon itself.
  public var project: String
  /// What of the project: a phase, an indicator, a milestone, a due day, a receipt, an address.
  public var subject: String
  /// Who is told.
  public var audience: Audience

  /// A key.
  public init(_ kind: AlertKind, project: String, subject: String, audience: Audience) {
    self.kind = kind
    self.project = project
    self.subject = subject
    self.audience = audience
  }
}

/// A fact that holds now and that somebody should know.
public struct Alert: Hashable, Sendable {
  /// What tells it from others.
  public var key: AlertKey
  /// The project's programme, or empty.
  public var programme: String
  /// The first day on which it was so, as the reports and the calendar tell it.
  public var since: Day

  /// A fact.
  public init(_ key: AlertKey, programme: String, since: Day) {
    self.key = key
    self.programme = programme
    self.since = since
  }
}

/// An alert as the notebook keeps it from its start until nothing more is to be said of it.
public struct OpenAlert: Hashable, Sendable {
  /// Its number in the notebook; 0 while it is not there.
  public var number: Int64 = 0
  /// The fact.
  public var alert: Alert
  /// When it was first seen.
  public var beganAt: Instant
  /// When it was last told; `nil` if never.
  public var toldAt: Instant?
  /// The civil day of that.
  public var toldOn: Day?
  /// How often it was told.
  public var timesTold = 0
  /// The silence that keeps something of it from being told.
  public var hiddenBy: Int64?
  /// The day it was seen to have ended, while that is still to be told.
  public var endedOn: Day?
  /// Whether nothing more is to be said of it.
  public var isClosed = false

  /// An alert that has just begun.
  public init(_ alert: Alert, beganAt: Instant) {
    self.alert = alert
    self.beganAt = beganAt
  }
}

/// A time in which some alerts are not told, asked for by somebody, with a reason.
public struct Silence: Hashable, Sendable {
  /// Its number.
  public var number: Int64
  /// Only this project, if given.
  public var project: String?
  /// Only this programme, if given.
  public var programme: String?
  /// Only this kind, if given.
  public var kind: AlertKind?
  /// The last silent day.
  public var until: Day
  /// Why.
  public var reason: String
  /// Who, as they called themselves.
  public var by: String
  /// Who, as the operating system knows them.
  public var user: String
  /// When it was asked for.
  public var at: Instant

  /// A silence.
  public init(
    number: Int64, project: String?, programme: String?, kind: AlertKind?, until: Day,
    reason: String, by: String, user: String, at: Instant
  ) {
    self.number = number
    self.project = project
    self.programme = programme
    self.kind = kind
    self.until = until
    self.reason = reason
    self.by = by
    self.user = user
    self.at = at
  }

  /// Whether the same person asks for the same as in another one, at whatever time.
  public func says(_ other: Silence) -> Bool {
    var same = other
    (same.number, same.at) = (number, at)
    return same == self
  }

  /// Whether an alert falls under it, on any day.
  public func covers(_ alert: Alert) -> Bool {
    (project.map { $0 == alert.key.project } ?? true)
      && (programme.map { $0 == alert.programme } ?? true)
      && (kind.map { $0 == alert.key.kind } ?? true)
  }

  /// Whether it keeps an alert from being told on a day.
  public func hides(_ alert: Alert, on day: Day) -> Bool { day <= until && covers(alert) }
}

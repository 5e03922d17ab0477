public import JalonCore
public import JalonFormats

/// How a round tells people.
public struct TellingSettings: Hashable, Sendable {
  /// Days between repetitions.
  public var repeatDays: Int
  /// Days without evaluation that are an alert of their own.
  public var evaluationDays: Int
  /// When somebody should know of a project's facts.
  public var terms: AlertFacts.Terms
  /// Whether the follow-up team gets the portfolio on Mondays.
  public var digest: Bool
  /// The sender.
  public var from: String
  /// The address that links begin with.
  public var site: String?

  /// What a configuration asks for.
  public init(_ configuration: Configuration) {
    let alerts = configuration.alerts
    repeatDays = alerts.repeatDays
    evaluationDays = alerts.evaluationDays
    terms = AlertFacts.Terms(
      escalateDays: alerts.escalateDays, dueSoonDays: alerts.dueSoonDays)
    digest = alerts.digest
    from = configuration.mail.from
    site = configuration.site.url
  }
}

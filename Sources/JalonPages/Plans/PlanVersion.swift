public import JalonCore

/// A version of a project's file, or of its programme's, as it was adopted.
public struct PlanVersion: Sendable {
  /// Whose file it is.
  public var kind: PortfolioKind
  /// Where the file was.
  public var path: String
  /// The SHA-256 of its bytes, in hexadecimal.
  public var sha256: String
  /// When it was adopted.
  public var at: Instant
  /// The label of who adopted it, and their operating-system user.
  public var by: (name: String, user: String)
  /// Why.
  public var reason: String
  /// The project's plan from then on.
  public var plan: Plan
  /// What it changed; empty in the first.
  public var changes: [PlanChange]

  /// A version.
  public init(
    kind: PortfolioKind, path: String, sha256: String, at: Instant,
    by: (name: String, user: String), reason: String, plan: Plan, changes: [PlanChange]
  ) {
    self.kind = kind
    self.path = path
    self.sha256 = sha256
    self.at = at
    self.by = by
    self.reason = reason
    self.plan = plan
    self.changes = changes
  }
}

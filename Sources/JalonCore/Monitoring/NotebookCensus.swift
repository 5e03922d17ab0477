/// How much of everything a notebook holds, and what in it waits: for whoever monitors the service.
public struct NotebookCensus: Hashable, Sendable {
  /// Files of one status.
  public struct Received: Hashable, Sendable {
    /// How many.
    public var files = 0
    /// Their bytes.
    public var bytes: Int64 = 0

    /// None.
    public init() {}
  }

  /// Messages by what became of them.
  public struct Messages: Hashable, Sendable {
    /// Still to be sent.
    public var waiting = 0
    /// Refused for good.
    public var refused = 0
    /// Given up after five days.
    public var expired = 0
    /// Taken by the server.
    public var sent = 0
    /// When the oldest of those that wait was queued.
    public var oldestWaiting: Instant?

    /// None.
    public init() {}
  }

  /// Gates by what was recorded of them last.
  public struct Gates: Hashable, Sendable {
    /// How many are flagged.
    public var flagged = 0
    /// The money at stake there, in whole euros.
    public var euros: Int64 = 0

    /// None.
    public init() {}
  }

  /// The files ever received.
  public var received: [ReceiptStatus: Received] = [:]
  /// Files that are filed and whose receipt or removal is not noted as done.
  public var unfinished = 0
  /// The projects ever adopted.
  public var projects = 0
  /// The messages.
  public var messages = Messages()
  /// How often all gates were judged.
  public var evaluations: Int64 = 0
  /// When they were judged last.
  public var lastEvaluation: Instant?
  /// The alerts that are not closed; what two audiences are told counts twice.
  public var alerts: [AlertKind: Int] = [:]
  /// The gates.
  public var gates = Gates()
  /// What officers did and a second person has yet to confirm.
  public var actsWaiting = 0
  /// The length of the ledger.
  public var ledgerEntries: Int64 = 0

  /// What an empty notebook holds.
  public init() {}
}

public import JalonCore
import JalonFormats
import JalonPages

/// A file entered in the notebook, and its answer.
public struct Filed: Sendable {
  /// Its number in the notebook.
  public let number: Int64
  /// Its answer.
  public let receipt: Receipt
  /// The answer's JSON, as kept.
  public let json: String
}

/// Takes arrived files into the archive and the notebook (SPEC §6, §7).
public struct Intake {
  private let notebook: Notebook
  private let archive: ReportArchive
  private let world: World
  private let telling: TellingSettings?
  private let quota: Int

  /// An intake.
  ///
  /// Without `telling` no team hears of its refused files; `quota` is how many bytes the archive may
  /// hold of one project's files.
  public init(
    _ notebook: Notebook, _ archive: ReportArchive, _ world: World, telling: TellingSettings?,
    quota: Int
  ) {
    self.notebook = notebook
    self.archive = archive
    self.world = world
    self.telling = telling
    self.quota = quota
  }

  /// Files arrivals, in order: their bytes are durable in the archive before one transaction enters
  /// them all, and only after that may anybody see a receipt.
  ///
  /// One sync and one commit for many files is what makes ten thousand of them a matter of seconds.
  ///
  /// - `now`: asked once the transaction has begun, so that instants follow the order in which
  ///   processes write.
  /// - Throws: what the ports throw, with nothing entered; and ``RoundError/receivedBefore`` for an
  ///   instant of receipt that would rewrite history.
  public func file(
    _ arrivals: [Arrival], now clock: @autoclosure () -> Instant
  ) throws -> [Filed] {
    guard !arrivals.isEmpty else { return [] }
    let arrivals = try Quotas.admit(arrivals, limit: quota, notebook)
    try archive.keep(arrivals, expunged: notebook.acts.isExpunged, world)
    var filed: [Filed] = []
    try notebook.write {
      let now = clock()
      let desk = Desk(notebook, world, try Portfolio(notebook), now: now)
      filed = try arrivals.map { try desk.file($0) }
      try tell(filed, desk, at: now)
    }
    return filed
  }

  private func tell(_ filed: [Filed], _ desk: Desk, at now: Instant) throws {
    guard let telling else { return }
    let projects = Set(filed.compactMap(\.receipt.project)).sorted()
    let open = try notebook.alerts.open(projects)
    // Mostly nothing is refused, and nothing was.
    guard filed.contains(where: { $0.receipt.status == .rejected }) || !open.isEmpty else { return }
    let run = try Telling(notebook, world, telling, projects: projects, at: now)
    try Refusals(run).tell(filed, of: desk)
    _ = try run.finish()
  }
}

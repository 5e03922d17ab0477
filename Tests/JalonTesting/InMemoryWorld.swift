public import JalonCore
public import JalonPages
public import JalonRound
import Synchronization

/// Everything a round needs of the world, in memory: a notebook, an archive, a calendar, a language.
public final class InMemoryWorld {
  /// What is written down.
  public let notebook = InMemoryNotebook()
  private let shelf = Shelf()
  /// How often the archive was synced.
  public private(set) var syncs = 0
  /// What the archive throws instead of syncing.
  public var archiveFailure: (any Error)?
  /// The civil day, whatever the instant; `nil`: the instant's own day in UTC.
  public var fixedDay: Day?
  /// The language of what people read.
  public var language: Language

  /// An empty world.
  public init(language: Language = .french) { self.language = language }

  /// The port to the calendar, the processors and the language.
  public var world: World {
    let fixedDay = fixedDay
    return World(
      day: { fixedDay ?? InMemoryWorld.day(of: $0) },
      concurrently: { count, body in for index in 0..<count { body(index) } },
      language: language)
  }

  /// The port to the archive.
  public var archive: ReportArchive {
    let shelf = shelf
    return ReportArchive(
      store: { bytes, digest in shelf.bytes.withLock { $0[digest] = bytes } },
      sync: {
        if let failure = self.archiveFailure { throw failure }
        self.syncs += 1
      },
      remove: { digest in self.forget(digest) })
  }

  /// The archived bytes, by digest.
  public var archived: [Digest: [UInt8]] { shelf.bytes.withLock { $0 } }

  /// Removes what is archived under a digest.
  public func forget(_ digest: Digest) { shelf.bytes.withLock { $0[digest] = nil } }

  /// What is archived: a batch is stored from several threads at once.
  private final class Shelf: Sendable {
    let bytes = Mutex<[Digest: [UInt8]]>([:])
  }

  /// The day of an instant in UTC.
  private static func day(of instant: Instant) -> Day {
    let day = 86_400_000_000 as Int64
    let (quotient, remainder) = instant.microseconds.quotientAndRemainder(dividingBy: day)
    return Day(number: Int32(remainder < 0 ? quotient - 1 : quotient))
  }
}

extension InMemoryWorld {
  /// Files arrivals as one batch.
  public func file(
    _ arrivals: [Arrival], at now: Instant, telling: TellingSettings? = nil,
    quota: Int = 1_000_000_000
  ) throws -> [Filed] {
    try Intake(notebook.port, archive, world, telling: telling, quota: quota)
      .file(arrivals, now: now)
  }

  /// Adopts a folder, or looks ahead where nobody does.
  public func adopt(
    _ files: [PortfolioFile], only: [String] = [], at now: Instant, isDryRun: Bool = false
  ) throws -> AdoptionReport {
    let author = Author(name: "Zoé", user: "zoe", reason: "Avenant")
    return try Adoption(notebook.port, world, files: files, now: now)
      .run(author: isDryRun ? nil : author, only: only)
  }

  /// An evaluation of what is known now, or was known at an instant.
  public func evaluation(asOf day: Day, knownAt: Instant, isPresent: Bool = true) throws
    -> Evaluation
  {
    try Evaluation(notebook.port, world, asOf: day, knownAt: knownAt, isPresent: isPresent)
  }
}

public import JalonCore
public import JalonPages

/// The round's port to the notebook: what has to be kept, whatever keeps it.
///
/// Every closure throws what the notebook throws; the round adds what was being done. Writes belong
/// inside ``write``, which commits all of them or none.
public struct Notebook {
  /// Runs a body as one write transaction.
  public var write: (() throws -> Void) throws -> Void
  /// The versions of the portfolio.
  public var versions: Versions
  /// The files received.
  public var submissions: Submissions
  /// The recommendations recorded.
  public var gates: Gates
  /// Alerts and silences.
  public var alerts: Alerts
  /// Messages.
  public var outbox: Outbox
  /// What officers did.
  public var acts: Acts
  /// Appends an entry to the ledger: kind, subject, body (JSON), instant.
  public var appendToLedger: (String, String, String, Instant) throws -> Void

  /// A port.
  public init(
    write: @escaping (() throws -> Void) throws -> Void, versions: Versions,
    submissions: Submissions, gates: Gates, alerts: Alerts, outbox: Outbox, acts: Acts,
    appendToLedger: @escaping (String, String, String, Instant) throws -> Void
  ) {
    self.write = write
    self.versions = versions
    self.submissions = submissions
    self.gates = gates
    self.alerts = alerts
    self.outbox = outbox
    self.acts = acts
    self.appendToLedger = appendToLedger
  }
}

extension Notebook {
  /// Adopted versions of the portfolio's files.
  public struct Versions {
    /// The digest and path of the latest version of every object of a kind, by id.
    public var latestDigests: (PortfolioKind) throws -> [String: (digest: Digest, path: String)]
    /// The version of an object in force at an instant (`nil`: now), or `nil` if never adopted.
    public var inForce: (PortfolioKind, String, Instant?) throws -> AdoptedVersion?
    /// Keeps a version: kind, id, path, bytes, digest, instant, author.
    public var record:
      (PortfolioKind, String, String, [UInt8], Digest, Instant, Author) throws -> Void
    /// When a project was first adopted; `nil` if none ever was.
    public var firstAdoption: () throws -> Instant?
    /// Every version of an object with who adopted it, oldest first.
    public var all: (PortfolioKind, String) throws -> [SignedVersion]

    /// A port.
    public init(
      latestDigests: @escaping (PortfolioKind) throws -> [String: (digest: Digest, path: String)],
      inForce: @escaping (PortfolioKind, String, Instant?) throws -> AdoptedVersion?,
      record:
        @escaping (PortfolioKind, String, String, [UInt8], Digest, Instant, Author) throws -> Void,
      firstAdoption: @escaping () throws -> Instant?,
      all: @escaping (PortfolioKind, String) throws -> [SignedVersion]
    ) {
      self.latestDigests = latestDigests
      self.inForce = inForce
      self.record = record
      self.firstAdoption = firstAdoption
      self.all = all
    }
  }

  /// Received files and what they report.
  public struct Submissions {
    /// The number that the next submission will have; only inside ``Notebook/write``.
    public var nextNumber: () throws -> Int64
    /// The latest instant of receipt of a project.
    public var latestReceipt: (String) throws -> Instant?
    /// The first submission of a project accepted with these bytes.
    public var accepted: (String, Digest) throws -> Int64?
    /// How many bytes the archive holds of a project's files, or of those of a door (the second)
    /// whose project nobody adopted, and how many of their rows counted.
    public var archived: (String, String?) throws -> (bytes: Int64, rows: Int64)
    /// Whether bytes of theirs were archived before.
    public var isArchived: (String, String?, Digest) throws -> Bool
    /// Enters a file.
    public var insert: (Int64, FiledSubmission) throws -> Void
    /// Notes that files have their receipts on disk and have left their depots.
    public var finish: ([Int64]) throws -> Void
    /// Files of which that is not known, after a number, in order, at most so many.
    public var pending: (Int64, Int) throws -> [PendingSubmission]
    /// The digest last taken from a depot under a name.
    public var lastTaken: (String, [UInt8]) throws -> Digest?
    /// The next projects after a key (0 to begin), at most that many, with what each accepted and
    /// the version of its file in force at an instant (`nil`: now).
    public var nextProjects: (Int64, Int, Instant?) throws -> [ProjectRecord]
    /// One project, likewise; `nil` when it was never adopted.
    public var project: (String, Instant?) throws -> ProjectRecord?
    /// The latest files of a project, latest first, at most that many.
    public var recent: (String, Int) throws -> [SubmissionSummary]
    /// A file's receipt, in JSON.
    public var receipt: (Int64) throws -> String?
    /// Files by number.
    public var summaries: (Set<Int64>) throws -> [Int64: SubmissionSummary]

    /// A port.
    public init(
      nextNumber: @escaping () throws -> Int64,
      latestReceipt: @escaping (String) throws -> Instant?,
      accepted: @escaping (String, Digest) throws -> Int64?,
      archived: @escaping (String, String?) throws -> (bytes: Int64, rows: Int64),
      isArchived: @escaping (String, String?, Digest) throws -> Bool,
      insert: @escaping (Int64, FiledSubmission) throws -> Void,
      finish: @escaping ([Int64]) throws -> Void,
      pending: @escaping (Int64, Int) throws -> [PendingSubmission],
      lastTaken: @escaping (String, [UInt8]) throws -> Digest?,
      nextProjects: @escaping (Int64, Int, Instant?) throws -> [ProjectRecord],
      project: @escaping (String, Instant?) throws -> ProjectRecord?,
      recent: @escaping (String, Int) throws -> [SubmissionSummary],
      receipt: @escaping (Int64) throws -> String?,
      summaries: @escaping (Set<Int64>) throws -> [Int64: SubmissionSummary]
    ) {
      self.nextNumber = nextNumber
      self.latestReceipt = latestReceipt
      self.accepted = accepted
      self.archived = archived
      self.isArchived = isArchived
      self.insert = insert
      self.finish = finish
      self.pending = pending
      self.lastTaken = lastTaken
      self.nextProjects = nextProjects
      self.project = project
      self.recent = recent
      self.receipt = receipt
      self.summaries = summaries
    }
  }

  /// One project as the notebook holds it.
  public struct ProjectRecord: Sendable {
    /// Its place in the walk over all projects.
    public var key: Int64
    /// The version of its file.
    public var version: AdoptedVersion
    /// Everything accepted for it.
    public var history: History

    /// A record.
    public init(key: Int64, version: AdoptedVersion, history: History) {
      self.key = key
      self.version = version
      self.history = history
    }
  }

  /// Recorded recommendations.
  public struct Gates {
    /// The latest recorded state of each gate of a project.
    public var latest: (String) throws -> [RecordedGate]
    /// Records changed gates of a project: instant, day judged, instant known.
    public var record: (String, [RecordedGate], Instant, Day, Instant) throws -> Void
    /// Records that an evaluation ran: instant, day judged, projects judged, gates changed.
    public var recordEvaluation: (Instant, Day, Int, Int) throws -> Void
    /// When an evaluation last ran.
    public var latestEvaluation: () throws -> Instant?
    /// Every gate whose recommendation changed since an instant.
    public var changes: (Instant) throws -> [DigestLetter.Change]
    /// Everything recorded about the gates of a project, oldest first.
    public var all: (String) throws -> [GateRecord]

    /// A port.
    public init(
      latest: @escaping (String) throws -> [RecordedGate],
      record: @escaping (String, [RecordedGate], Instant, Day, Instant) throws -> Void,
      recordEvaluation: @escaping (Instant, Day, Int, Int) throws -> Void,
      latestEvaluation: @escaping () throws -> Instant?,
      changes: @escaping (Instant) throws -> [DigestLetter.Change],
      all: @escaping (String) throws -> [GateRecord]
    ) {
      self.latest = latest
      self.record = record
      self.recordEvaluation = recordEvaluation
      self.latestEvaluation = latestEvaluation
      self.changes = changes
      self.all = all
    }
  }
}

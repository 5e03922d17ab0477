public import JalonCore

/// The round's port to what the notebook keeps, for whoever holds it against the ledger.
///
/// Rows come as they stand. Every closure reads in transactions of its own, each well under a second.
public struct KeptNotebook {
  /// How far the notebook reaches now.
  public var extent: () throws -> KeptExtent
  /// Ledger entries from a place on, in order, at most so many.
  public var entries: (Int64, Int) throws -> [LedgerEntry]
  /// Submissions by number, those that are there.
  public var submissions: ([Int64]) throws -> [Int64: KeptSubmission]
  /// The digests of the rows of submissions (``FactsDigest``); none where they cannot be read.
  public var facts: ([Int64]) throws -> [Int64: Digest]
  /// The numbers of submissions after one, in order, at most so many.
  public var submissionNumbers: (Int64, Int) throws -> [Int64]
  /// Versions after one, in order, at most so many.
  public var versions: (Int64, Int) throws -> [KeptVersion]
  /// Recommendations after one, in order, at most so many.
  public var recommendations: (Int64, Int) throws -> [KeptRecommendation]
  /// Acts after one, in order, at most so many.
  public var acts: (Int64, Int) throws -> [KeptAct]
  /// Second persons' words, by act, those after one, in order, at most so many.
  public var confirmations: (Int64, Int) throws -> [(act: Int64, word: KeptAct.Word)]
  /// Hands over, some at a time, the numbers of submissions that rows name and that were not
  /// accepted for the project that the rows name.
  public var strayFacts: (([Int64]) throws -> Void) throws -> Void

  /// A port.
  public init(
    extent: @escaping () throws -> KeptExtent,
    entries: @escaping (Int64, Int) throws -> [LedgerEntry],
    submissions: @escaping ([Int64]) throws -> [Int64: KeptSubmission],
    facts: @escaping ([Int64]) throws -> [Int64: Digest],
    submissionNumbers: @escaping (Int64, Int) throws -> [Int64],
    versions: @escaping (Int64, Int) throws -> [KeptVersion],
    recommendations: @escaping (Int64, Int) throws -> [KeptRecommendation],
    acts: @escaping (Int64, Int) throws -> [KeptAct],
    confirmations: @escaping (Int64, Int) throws -> [(act: Int64, word: KeptAct.Word)],
    strayFacts: @escaping (([Int64]) throws -> Void) throws -> Void
  ) {
    self.extent = extent
    self.entries = entries
    self.submissions = submissions
    self.facts = facts
    self.submissionNumbers = submissionNumbers
    self.versions = versions
    self.recommendations = recommendations
    self.acts = acts
    self.confirmations = confirmations
    self.strayFacts = strayFacts
  }
}

/// The round's port to what the archive keeps.
public struct KeptArchive {
  /// The digest of what is there under a digest now, from any thread; `nil` if nothing is.
  public var digest: @Sendable (Digest) throws -> Digest?
  /// The names of what is there under digests that begin with a byte.
  public var names: (UInt8) throws -> [String]

  /// A port.
  public init(
    digest: @escaping @Sendable (Digest) throws -> Digest?,
    names: @escaping (UInt8) throws -> [String]
  ) {
    self.digest = digest
    self.names = names
  }
}

public import JalonCore
public import JalonPages

/// Holds ledger, tables and archive against each other (SPEC §8).
///
/// The ledger is walked from its first entry to the one that was the last at the start; what comes
/// meanwhile is left out. A few thousand entries are in memory at once, their digests and archived
/// bytes worked out on as many cores as there are.
public struct Verification {
  /// How many entries are looked at together.
  private static let stride = 2_048
  /// How many entries one thread takes at a time.
  private static let share = 64

  private let notebook: KeptNotebook
  private let archive: KeptArchive
  private let world: World

  /// A verification of what these ports reach.
  public init(_ notebook: KeptNotebook, _ archive: KeptArchive, _ world: World) {
    self.notebook = notebook
    self.archive = archive
    self.world = world
  }

  /// Walks it all, and holds the ledger against heads that were kept elsewhere.
  ///
  /// The heads have to be read before this is called: the ledger only grows.
  public func run(_ heads: [KeptHead]) throws -> VerificationReport {
    let extent = try notebook.extent()
    let findings = Findings()
    let chain = ChainCheck(heads, upTo: extent.head, findings)
    let submissions = SubmissionCheck(notebook, upTo: extent.submission, findings)
    let versions = VersionCheck(notebook, upTo: extent.version, findings)
    let recommendations = RecommendationCheck(notebook, upTo: extent.recommendation, findings)
    let acts = try OfficerActCheck(notebook, findings)
    let bytes = ArchiveCheck(archive, findings)
    var next = Int64.min
    while !findings.isFull {
      let entries = try notebook.entries(next, Self.stride)
        .filter { $0.sequence <= extent.head.sequence }
      guard let last = entries.last else { break }
      next = last.sequence + 1
      let examined = try examine(entries)
      try submissions.prepare(examined)
      for item in examined where !findings.isFull {
        findings.entries += 1
        let fits = chain.check(item)
        switch item.fact {
        case .submission(let told):
          try submissions.check(item.entry, told, isTrusted: fits)
          if fits { bytes.take(item, told) }
        case .adoption(let told): try versions.check(item.entry, told, isTrusted: fits)
        case .recommendation(let told):
          try recommendations.check(item.entry, told, isTrusted: fits)
        case .act(let told): acts.check(item.entry, told, isTrusted: fits)
        case .other: break
        case nil:
          if fits {
            findings.add(.entryUnreadable, at: item.entry.sequence, .unreadable(item.entry))
          }
        }
      }
    }
    chain.finish()
    try submissions.finish()
    try versions.finish()
    try recommendations.finish()
    try acts.finish(upTo: extent.head.sequence)
    try bytes.finish(expunged: acts.expunged) { number in
      try notebook.submissions([number])[number]
    }
    if !findings.isFull {
      try bytes.findStrangers(tellingOf: { try arrivedMeanwhile(after: extent.submission) })
    }
    if findings.leaner > 0 { findings.note(.leaner(findings.leaner)) }
    return findings.report(extent.head)
  }

  /// Works out what can be known of each entry by itself.
  private func examine(_ entries: [LedgerEntry]) throws -> [ExaminedEntry] {
    let digest = archive.digest
    let shares = Swift.stride(from: 0, to: entries.count, by: Self.share)
      .map { entries[$0..<min($0 + Self.share, entries.count)] }
    let results = world.map(shares) { share in
      Result { try share.map { try ExaminedEntry($0, digest) } }
    }
    return try results.flatMap { try $0.get() }
  }

  /// The bytes of files that came while the ledger was walked.
  private func arrivedMeanwhile(after number: Int64) throws -> Set<String> {
    var arrived: Set<String> = []
    var last = number
    while true {
      let numbers = try notebook.submissionNumbers(last, Self.stride)
      guard let reached = numbers.last else { return arrived }
      last = reached
      arrived.formUnion(try notebook.submissions(numbers).values.map(\.sha256))
    }
  }
}

/// An entry with what can be known of it by itself, and of the bytes that it names.
struct ExaminedEntry: Sendable {
  /// What the archive has under a digest.
  enum Bytes: Sendable {
    case notLookedAt
    case same
    case absent
    case other
  }

  let entry: LedgerEntry
  let isIntact: Bool
  /// `nil` where it cannot be read.
  let fact: ToldFact?
  let bytes: Bytes

  init(_ entry: LedgerEntry, _ digest: (Digest) throws -> Digest?) throws {
    self.entry = entry
    isIntact = entry.isIntact
    fact = ToldFact(entry)
    // The bytes of a duplicate are those of the file that it repeats.
    guard isIntact, case .submission(let told) = fact, told.isArchived != false,
      told.status != ReceiptStatus.duplicate.rawValue
    else {
      bytes = .notLookedAt
      return
    }
    let found = try digest(told.sha256)
    bytes = found == told.sha256 ? .same : found == nil ? .absent : .other
  }
}

extension Sentence {
  fileprivate static func unreadable(_ entry: LedgerEntry) -> Sentence {
    Sentence(
      french: "L’entrée, de nature « \(entry.kind) », ne se lit pas comme telle.",
      english: "The entry, of kind '\(entry.kind)', cannot be read as one.")
  }

  fileprivate static func leaner(_ count: Int) -> Sentence {
    Sentence(
      french: "Non couvert : \(count) entrée(s) d’une version antérieure de jalon, qui "
        + "n’enregistrait pas encore l’empreinte des lignes.",
      english: "Not covered: \(count) entries of an older version of jalon, which did not yet "
        + "record the digest of rows.")
  }
}

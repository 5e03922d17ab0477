/// One fact that the notebook answers for, chained to the one before (SPEC §8).
public struct LedgerEntry: Hashable, Sendable {
  /// Its place, from 1, without gaps.
  public let sequence: Int64
  /// When it was written.
  public let at: Instant
  /// What kind of fact, as in `submission` or `decision`.
  public let kind: String
  /// What it is about, as in a project's id.
  public let subject: String
  /// The fact itself, in JSON.
  public let body: String
  /// The digest of the entry before; for the first, ``origin``.
  public let previous: Digest
  /// The digest of this entry, as stored.
  public let sha256: Digest

  /// An entry as it is stored.
  public init(
    sequence: Int64, at: Instant, kind: String, subject: String, body: String, previous: Digest,
    sha256: Digest
  ) {
    self.sequence = sequence
    self.at = at
    self.kind = kind
    self.subject = subject
    self.body = body
    self.previous = previous
    self.sha256 = sha256
  }

  /// What the first entry carries in the place of a digest: 32 zero bytes.
  public static let origin = Digest(words: SIMD8(repeating: 0))

  /// The digest that an entry with these contents must have.
  ///
  /// It is the SHA-256 of
  ///
  /// - the 32 bytes of the digest before,
  /// - the sequence, then the instant in microseconds, as 8 bytes each, most significant first,
  /// - kind, subject and body, each as the count of its UTF-8 bytes (8 bytes, most significant
  ///   first) and those bytes.
  ///
  /// No two entries give the same bytes, and a dozen lines in any language can check the chain.
  public static func digest(
    previous: Digest, sequence: Int64, at: Instant, kind: String, subject: String, body: String
  ) -> Digest {
    var form = CanonicalForm(capacity: 88 + kind.utf8.count + subject.utf8.count + body.utf8.count)
    form.add(previous)
    form.add(sequence)
    form.add(at.microseconds)
    form.add(kind)
    form.add(subject)
    form.add(body)
    return form.digest
  }

  /// Whether what it says is what its digest was made of.
  public var isIntact: Bool {
    sha256
      == Self.digest(
        previous: previous, sequence: sequence, at: at, kind: kind, subject: subject, body: body)
  }

  /// Whether the entry follows that one: the next number, its digest carried, and its own right.
  public func follows(_ head: LedgerHead) -> Bool {
    sequence == head.sequence + 1 && previous == head.sha256 && isIntact
  }
}

/// The end of the chain: whoever keeps it elsewhere can tell later whether the end was cut off.
public struct LedgerHead: Hashable, Sendable {
  /// The last entry's place; 0 while there is none.
  public let sequence: Int64
  /// The last entry's digest.
  public let sha256: Digest

  /// An end.
  public init(sequence: Int64, sha256: Digest) {
    self.sequence = sequence
    self.sha256 = sha256
  }

  /// The end of a ledger without entries.
  public static let none = LedgerHead(sequence: 0, sha256: LedgerEntry.origin)
}

public import JalonCore

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

  /// What the first entry carries in the place of a digest: 32 zero bytes.
  public static let origin: [UInt8] = Array(repeating: 0, count: 32)

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
  static func digest(
    previous: Digest, sequence: Int64, at: Instant, kind: String, subject: String, body: String
  ) -> Digest {
    var hash = SHA256()
    hash.update(previous.bytes)
    hash.update(bigEndian(sequence))
    hash.update(bigEndian(at.microseconds))
    for text in [kind, subject, body] {
      hash.update(bigEndian(Int64(text.utf8.count)))
      hash.update(text.utf8)
    }
    return hash.finish()
  }

  private static func bigEndian(_ number: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * Int64($0))) }
  }

  /// Whether the entry follows that one: the next number, its digest carried, and its own right.
  func follows(_ head: LedgerHead) -> Bool {
    sequence == head.sequence + 1 && previous == head.sha256
      && sha256
        == Self.digest(
          previous: previous, sequence: sequence, at: at, kind: kind, subject: subject, body: body)
  }
}

/// The end of the chain: whoever keeps it elsewhere can tell later whether the end was cut off.
public struct LedgerHead: Hashable, Sendable {
  /// The last entry's place; 0 while there is none.
  public let sequence: Int64
  /// The last entry's digest.
  public let sha256: Digest
}

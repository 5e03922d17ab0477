/// Which files of one depot look complete, and when the others may (SPEC §7).
///
/// A close event is no proof: an SFTP client killed halfway closes its file, too. So a file that was
/// closed waits to stay unchanged for a while, and one that nobody was heard to close waits longer.
/// Times are monotonic nanoseconds, handed in.
public struct Settling<Name: Hashable & Sendable, Stamp: Equatable & Sendable>: Sendable {
  /// How a file became known.
  public enum Sign: Sendable {
    /// It was renamed into place: its writer says that it is whole.
    case renamed
    /// Its writer closed it.
    case closed
    /// It was just there.
    case scanned
  }

  /// How long files wait unchanged, in nanoseconds.
  public struct Delays: Sendable {
    let closed: UInt64
    let scanned: UInt64

    /// The contract's `settleSeconds` and `scanSettleSeconds`.
    public init(settle: Duration, scanSettle: Duration) {
      closed = settle.nanoseconds
      scanned = scanSettle.nanoseconds
    }

    /// Without any wait.
    public static var none: Delays { Delays(settle: .zero, scanSettle: .zero) }
  }

  private struct Candidate {
    var stamp: Stamp
    var sign: Sign
    /// Since when the stamp has been seen unchanged.
    var since: UInt64
    /// Whether its last line has no end: it may have been cut.
    var mayBeCut = false
    /// Its place among those seen: of two that one look has found, the first seen comes first.
    var rank: UInt64
  }

  /// How many files one depot's look keeps in mind; the next look sees more.
  public static var limit: Int { 10_000 }

  /// The waiting times.
  public var delays: Delays
  private var candidates: [Name: Candidate] = [:]
  private var nextRank: UInt64 = 0
  private let isTouch: @Sendable (_ earlier: Stamp, _ later: Stamp) -> Bool

  /// No file yet.
  ///
  /// - `isTouch`: whether two stamps are of one file with the same bytes, whose time or permissions
  ///   were set in between.
  public init(
    _ delays: Delays,
    isTouch: @escaping @Sendable (_ earlier: Stamp, _ later: Stamp) -> Bool = { _, _ in false }
  ) {
    self.delays = delays
    self.isTouch = isTouch
  }

  /// Notes a file as it looks now; a new one only while there are not too many: whoever makes a
  /// million names must not fill the memory with them.
  ///
  /// The order matters: the later of two files for the same figures corrects the earlier.
  public mutating func see(_ name: Name, _ stamp: Stamp, _ sign: Sign, at now: UInt64) {
    guard var known = candidates[name], known.stamp == stamp else {
      guard candidates.count < Self.limit || candidates[name] != nil else { return }
      let sign = candidates[name].map { self.sign(sign, of: stamp, after: $0) } ?? sign
      candidates[name] = Candidate(stamp: stamp, sign: sign, since: now, rank: nextRank)
      nextRank += 1
      return
    }
    // A scan takes nothing away from what an event has told; an event adds to what a scan saw.
    if case .scanned = sign {} else { known.sign = sign }
    candidates[name] = known
  }

  /// What a sign is worth for a file that has changed since it was seen.
  ///
  /// A program on the machine (`rsync --inplace`) sets the time of a file after it has closed it,
  /// which no event tells: the file is still one that its writer has closed. The SFTP door refuses
  /// that.
  private func sign(_ sign: Sign, of stamp: Stamp, after known: Candidate) -> Sign {
    guard case .scanned = sign, isTouch(known.stamp, stamp) else { return sign }
    if case .scanned = known.sign { return .scanned }
    return .closed
  }

  /// Notes that a file's last line has no end: it has to stay unchanged as long as a scanned one.
  public mutating func suspectCut(_ name: Name) { candidates[name]?.mayBeCut = true }

  /// Whether a file that may be cut has waited for that already.
  public func isTakenWhole(_ name: Name, at now: UInt64) -> Bool {
    candidates[name].map { now >= $0.since &+ delays.scanned } ?? false
  }

  /// Forgets a file that was taken or has gone.
  public mutating func forget(_ name: Name) {
    candidates[name] = nil
    // A dictionary keeps its room: ten thousand empty depots should not.
    if candidates.isEmpty { candidates = [:] }
  }

  /// Whether no file waits.
  public var isEmpty: Bool { candidates.isEmpty }

  /// Forgets the files that are no longer there.
  public mutating func keep(only present: Set<Name>) {
    candidates = candidates.filter { present.contains($0.key) }
  }

  /// The files that look complete, longest waiting first, with the stamps that they had.
  public func settled(at now: UInt64) -> [(name: Name, stamp: Stamp)] {
    candidates.filter { deadline($0.value) <= now }
      .sorted { ($0.value.since, $0.value.rank) < ($1.value.since, $1.value.rank) }.map {
        ($0.key, $0.value.stamp)
      }
  }

  /// When the next file may look complete; `nil` when none waits.
  public var nextDeadline: UInt64? { candidates.values.map(deadline).min() }

  private func deadline(_ candidate: Candidate) -> UInt64 {
    if candidate.mayBeCut { return candidate.since &+ delays.scanned }
    return switch candidate.sign {
    case .renamed: candidate.since
    case .closed: candidate.since &+ delays.closed
    case .scanned: candidate.since &+ delays.scanned
    }
  }
}

extension Duration {
  /// Whole nanoseconds; none for a negative duration.
  fileprivate var nanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    return UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds)) / 1_000_000_000
  }
}

/// What clients put behind the name of a file that they still write.
public let unfinishedEndings = [".part", ".filepart", ".tmp", ".crdownload", "~"]

/// Names that Jalon leaves alone: private ones, and what clients call a file that they still write.
public func isLeftAlone(_ name: [UInt8]) -> Bool {
  if name.first == UInt8(ascii: ".") { return true }
  for ending in unfinishedEndings where name.hasSuffix(ending) {
    return true
  }
  guard name.count > 11, name[name.count - 11] == UInt8(ascii: ".") else { return false }
  return name.suffix(10).allSatisfy { (0x30...0x39).contains($0) }
}

/// The name of the file that a sidecar announces, or `nil` for a name that is no sidecar's.
public func fileAnnounced(by name: [UInt8]) -> [UInt8]? {
  let ending = ".sha256"
  guard name.count > ending.utf8.count, name.hasSuffix(ending) else { return nil }
  return Array(name.dropLast(ending.utf8.count))
}

/// The digest that a sidecar announces, as `sha256sum` prints it.
///
/// - Returns: `nil` when it does not start with 64 hexadecimal digits.
public func digestAnnounced(in sidecar: [UInt8]) -> String? {
  var text = sidecar[...]
  // `sha256sum` puts a backslash before the digest of a file whose name it had to escape.
  if text.first == UInt8(ascii: "\\") { text = text.dropFirst() }
  guard text.count >= 64 else { return nil }
  let digits = String(decoding: text.prefix(64), as: UTF8.self).lowercased()
  let isDigest = digits.utf8.allSatisfy {
    (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
  }
  let isEnd = text.count == 64 || [0x20, 0x0A, 0x0D].contains(text[text.startIndex + 64])
  return isDigest && isEnd ? digits : nil
}

extension [UInt8] {
  fileprivate func hasSuffix(_ ending: String) -> Bool {
    count >= ending.utf8.count && suffix(ending.utf8.count).elementsEqual(ending.utf8)
  }
}

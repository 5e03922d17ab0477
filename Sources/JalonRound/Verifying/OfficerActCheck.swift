import JalonCore

/// What officers did: decisions, waivers, contests, removals of bytes, and confirmations.
///
/// The entries themselves are held by the chain. Here is the place where their rows are held against
/// them, as ``VersionCheck`` does it: a queue of rows in order, one `compare`, and `finish`.
final class OfficerActCheck {
  /// The digests whose bytes somebody had removed.
  private(set) var expunged: Set<Digest> = []
  private let findings: Findings

  init(_ findings: Findings) { self.findings = findings }

  func check(_ entry: LedgerEntry, _ fact: ToldAct, isTrusted: Bool) {
    guard isTrusted else { return }
    if fact.kind == "expunge", let sha256 = fact.sha256 { expunged.insert(sha256) }
  }
}

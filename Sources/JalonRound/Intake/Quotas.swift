import JalonCore
import JalonFormats
import JalonPages

/// What each project may still put into the archive, while a batch is taken in.
///
/// Asked before anything is archived, so outside of the transaction: what another process files for
/// the same project at that very moment is not seen. Only officers can do that.
struct Quotas {
  /// How many bytes a row that counted weighs.
  ///
  /// All rows that a project ever reported are in memory while it is judged: 120 bytes each,
  /// measured with 25,000. A thousand keep a project that uses up its quota below 120 MB, and leave
  /// an honest one, with a few thousand rows a year, all the room it needs.
  private static let rowWeight: Int64 = 1_000

  private let submissions: Notebook.Submissions
  private let limit: Int64
  private let expunged: Set<Digest>
  private var used: [Owner: Int64] = [:]
  /// What the archive gets with this batch, or was found to have.
  private var known: Set<Held> = []

  private struct Owner: Hashable {
    let project: String
    let door: String?
  }

  private struct Held: Hashable {
    let owner: Owner
    let digest: Digest
  }

  private init(_ submissions: Notebook.Submissions, limit: Int, expunged: Set<Digest>) {
    self.submissions = submissions
    self.limit = Int64(limit)
    self.expunged = expunged
  }

  /// The arrivals of one batch, each as ``admit(_:)`` gives it.
  static func admit(
    _ arrivals: [Arrival], limit: Int, _ notebook: Notebook
  ) throws -> [Arrival] {
    let expunged = Set(try arrivals.compactMap(\.digest).filter(notebook.acts.isExpunged))
    var quotas = Quotas(notebook.submissions, limit: limit, expunged: expunged)
    return try arrivals.map { try quotas.admit($0) }
  }

  private func weight(of project: String, _ door: String?) throws -> Int64 {
    let (bytes, rows) = try submissions.archived(project, door)
    return bytes + rows * Self.rowWeight
  }

  /// The arrival, or what is left of it where its project has no place for it.
  ///
  /// Bytes that the archive has of this project already cost nothing. What nothing but the file
  /// itself assigns to a project comes from the shell, and is not held up.
  private mutating func admit(_ arrival: Arrival) throws -> Arrival {
    guard let digest = arrival.digest, !expunged.contains(digest), let project = arrival.told
    else { return arrival }
    let owner = Owner(project: project, door: arrival.door)
    let held = Held(owner: owner, digest: digest)
    guard !known.contains(held) else { return arrival }
    if try submissions.isArchived(project, arrival.door, digest) {
      known.insert(held)
      return arrival
    }
    let before = try used[owner] ?? weight(of: project, arrival.door)
    let size = Int64(arrival.content.size)
    guard before + size <= limit else {
      used[owner] = before
      var refused = arrival
      refused.content = .overQuota(
        arrival.content.size, digest, used: before, quota: Int(limit))
      return refused
    }
    used[owner] = before + size
    known.insert(held)
    return arrival
  }
}

extension Arrival.Content {
  /// How many bytes the archive would get.
  fileprivate var size: Int {
    switch self {
    case .bytes(let bytes, _), .mismatch(let bytes, _, _): bytes.count
    case .tooLarge, .overQuota, .refused: 0
    }
  }
}

// MARK: What it says

extension Sentence {
  /// What a team reads whose place in the archive is used up; `followUp`: whom it may ask.
  static func overQuota(_ size: Int, used: Int64, quota: Int, followUp: [String]) -> Sentence {
    let (french, english) = (Figures(.french), Figures(.english))
    let addresses = followUp.isEmpty ? "" : " (\(followUp.joined(separator: ", ")))"
    return Sentence(
      french: "Vos fichiers, avec leurs lignes, occupent déjà \(french.bytes(Int(used))) sur les "
        + "\(french.bytes(quota)) que Jalon garde pour un projet ; celui-ci en ajouterait "
        + "\(french.bytes(size)). Il n’est ni lu ni conservé. Envoyez moins, ou demandez davantage "
        + "de place à l’équipe de suivi\(addresses).",
      english: "Your files, with their rows, already take \(english.bytes(Int(used))) of the "
        + "\(english.bytes(quota)) that Jalon keeps for a project; this one would add "
        + "\(english.bytes(size)). It is neither read nor kept. Send less, or ask the follow-up "
        + "team\(addresses) for more room.")
  }
}

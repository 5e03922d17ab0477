import JalonCore
public import JalonPages

extension Evaluation {
  /// One gate as this evaluation judges it and as a later one does, and what came between.
  ///
  /// - Throws: ``RoundError/unknownProject(_:nearest:)``, ``RoundError/unknownPhase(_:nearest:)``,
  ///   `ComputedOverflow`.
  public func compare(
    _ id: String, _ phase: String, with later: Evaluation
  ) throws -> GateComparison {
    guard let before = try projects([id], recording: nil).first,
      let after = try later.projects([id], recording: nil).first,
      let record = try notebook.submissions.project(id, nil)
    else { throw try notebook.unknownProject(id) }
    let (old, new) = (try before.gates.get(), try after.gates.get())
    let (gateBefore, gateAfter) = (old.first { $0.phase == phase }, new.first { $0.phase == phase })
    guard gateBefore != nil || gateAfter != nil else {
      throw RoundError.unknownPhase(phase, nearest: nearestName(to: phase, among: new.map(\.phase)))
    }
    let difference = GateDifference(
      from: (gateBefore?.criteria ?? [], before.knowledge),
      to: (gateAfter?.criteria ?? [], after.knowledge))
    let arrived = record.history.submissions.filter {
      knownAt < $0.receivedAt && $0.receivedAt <= later.knownAt
    }.map(\.number)
    let summaries = try notebook.submissions.summaries(difference.sources.union(arrived))
    return GateComparison(
      plan: gateAfter == nil ? before.plan : after.plan, phase: phase,
      questions: ((day, knownAt), (later.day, later.knownAt)), before: gateBefore,
      after: gateAfter, difference: difference,
      arrivals: arrived.compactMap { number in
        summaries[number].map { (CitedFile($0), $0.rows) }
      },
      versions: try later.planVersions(id).filter { knownAt < $0.at && !$0.changes.isEmpty },
      deeds: record.history.deeds(
        after: knownAt, upTo: later.knownAt, signed: try notebook.acts.about(id)),
      files: summaries.mapValues(CitedFile.init))
  }
}

extension GateDifference {
  /// The submissions that it cites.
  fileprivate var sources: Set<Int64> {
    var numbers: Set<Int64> = []
    for figure in figures {
      numbers.formUnion([figure.before, figure.after].compactMap { $0?.source.submission })
    }
    for milestone in milestones {
      numbers.formUnion([milestone.before, milestone.after].compactMap { $0?.source.submission })
    }
    return numbers
  }
}

extension CitedFile {
  /// A submission as it is cited.
  init(_ file: SubmissionSummary) {
    self.init(
      receipt: Receipt.id(number: file.number), file: file.file, sha256: file.sha256,
      receivedAt: file.receivedAt)
  }
}

public import JalonCore
public import JalonPages

extension Evaluation {
  /// Explains one gate in full: with where the measures are heading, the verdict as it was recorded,
  /// and what has become known since.
  ///
  /// `now` judges the same day with what is known now, and is `nil` where this evaluation knows that.
  ///
  /// - Throws: ``RoundError/unknownProject(_:nearest:)``, ``RoundError/unknownPhase(_:nearest:)``,
  ///   `ComputedOverflow`.
  public func fullExplanation(
    _ id: String, _ phase: String, now: Evaluation?
  ) throws -> Explanation {
    guard let judged = try projects([id], recording: nil).first else {
      throw try notebook.unknownProject(id)
    }
    var explanation = try explain(judged, phase)
    explanation.warnings = judged.plan.earlyWarnings(
      for: explanation.gate, asOf: day, knowing: judged.knowledge)
    explanation.recorded = try recorded(id, phase, beside: explanation.gate)
    explanation.acts = try notebook.acts.about(id).filter {
      $0.signature.at <= knownAt && $0.deed.concerns(phase)
    }.map { act in
      var known = act
      if let word = act.confirmation, word.at > knownAt { known.confirmation = nil }
      return known
    }
    explanation.since = try now.map { try compare(id, phase, with: $0) }
    return explanation
  }

  /// The verdict as it stood recorded then, judged again where it is not the one given now.
  private func recorded(
    _ id: String, _ phase: String, beside gate: GateJudgement
  ) throws -> RecordedVerdict? {
    let records = try notebook.gates.all(id)
    guard
      let record = records.last(where: {
        $0.gate.phase == phase && $0.at <= knownAt && $0.asOf <= day
      })
    else { return nil }
    let isSame =
      record.gate.recommendation == gate.recommendation && record.gate.crossed == gate.crossed
    return RecordedVerdict(
      at: record.at, asOf: record.asOf, knownAt: record.knownAt,
      recommendation: record.gate.recommendation, crossed: record.gate.crossed,
      again: isSame ? nil : try judgedAgain(id, record))
  }

  /// What the rules of this program make of the day and the knowledge of a record.
  private func judgedAgain(
    _ id: String, _ record: GateRecord
  ) throws -> (recommendation: Recommendation, crossed: Day?)? {
    let then = try Evaluation(
      notebook, world, asOf: record.asOf, knownAt: record.knownAt, isPresent: false)
    let gates = try then.projects([id], recording: nil).first?.gates.get()
    return gates?.first { $0.phase == record.gate.phase }.map { ($0.recommendation, $0.crossed) }
  }
}

extension JudgedProject {
  /// Where the measures behind the gates that are still open are heading, in order of phase.
  public func earlyWarnings(asOf day: Day) -> [(phase: String, warning: EarlyWarning)] {
    guard let gates = try? gates.get() else { return [] }
    return gates.filter { $0.effective != Recommendation.release.rawValue }.flatMap { gate in
      plan.earlyWarnings(for: gate, asOf: day, knowing: knowledge).map { (gate.phase, $0) }
    }
  }
}

extension OfficerAct.Deed {
  /// Whether it may bear on a gate; a figure set aside may bear on any.
  fileprivate func concerns(_ phase: String) -> Bool {
    switch self {
    case .decide(let own, _), .waive(let own, _, _): own == phase
    case .contest: true
    case .expunge: false
    }
  }
}

public import JalonCore
public import JalonPages

extension Evaluation {
  /// Explains one gate of a project.
  ///
  /// - Throws: ``RoundError/unknownProject(_:nearest:)``, ``RoundError/unknownPhase(_:nearest:)``,
  ///   `ComputedOverflow`.
  public func explain(_ id: String, _ phaseID: String) throws -> Explanation {
    guard let judged = try projects([id], recording: nil).first else {
      throw try notebook.unknownProject(id)
    }
    return try explain(judged, phaseID)
  }

  /// Explains one gate of a project that this evaluation has judged.
  ///
  /// - Throws: ``RoundError/unknownPhase(_:nearest:)``, `ComputedOverflow`.
  public func explain(_ judged: JudgedProject, _ phaseID: String) throws -> Explanation {
    let gates = try judged.gates.get()
    guard let index = gates.firstIndex(where: { $0.phase == phaseID }) else {
      let known = gates.map(\.phase)
      throw RoundError.unknownPhase(phaseID, nearest: nearestName(to: phaseID, among: known))
    }
    let (gate, phase) = (gates[index], judged.plan.phases[index])
    var citations: [String: [Citation]] = [:]
    var numbers: Set<Int64> = []
    for criterion in gate.criteria {
      let cited = try judged.plan.citations(
        for: criterion, in: phase, asOf: gate.crossed ?? day, knowing: judged.knowledge)
      citations[criterion.id] = cited
      numbers.formUnion(cited.map(\.source.submission))
      if case .milestone(_, _, let reach?) = criterion.finding {
        numbers.insert(reach.source.submission)
      }
    }
    let files = try notebook.submissions.summaries(numbers).mapValues(CitedFile.init)
    return Explanation(
      plan: judged.plan, gate: gate, after: Array(gates[..<index]), citations: citations,
      files: files, asOf: day, knownAt: knownAt,
      version: (judged.version.digest.hexadecimal, judged.version.at))
  }
}

extension Plan {
  /// The expected periods of every indicator without a standing report, in order.
  public func allMissing(
    knowing knowledge: Knowledge
  ) -> [(indicator: String, expected: ExpectedPeriod)] {
    indicators.flatMap { indicator in
      missingPeriods(of: indicator, knowing: knowledge).map { (indicator.id, $0) }
    }.sorted { ($0.1.due, $0.1.end) < ($1.1.due, $1.1.end) }
  }
}

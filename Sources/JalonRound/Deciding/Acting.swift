import JalonCore
import JalonFormats
import JalonPages

/// What officers do, inside a transaction that has begun: everything is judged and signed at its
/// instant.
struct Acting {
  private let notebook: Notebook
  private let world: World
  private let terms: Deciding.Terms
  private let now: Instant

  init(_ notebook: Notebook, _ world: World, _ terms: Deciding.Terms, now: Instant) {
    self.notebook = notebook
    self.world = world
    self.terms = terms
    self.now = now
  }

  /// Enters an act; ``tell(_:)`` has to follow in the same transaction.
  func enter(
    _ deed: OfficerAct.Deed, about project: String, by author: Author, way: Signature.Way,
    anyway: Bool
  ) throws -> OfficerAct {
    let now = try instant(for: project)
    let judged = try judge(project, at: now)
    try check(deed, judged, anyway: anyway)
    var made = draft(deed, judged, signature(author, way, at: now))
    made.number = try notebook.acts.record(made)
    try notebook.appendToLedger(deed.word, project, LedgerPage.act(made), now)
    return made
  }

  /// The last act about the same, where it says the same and still stands.
  ///
  /// What is taken back twice is refused already: there is nothing left to take back.
  func standing(
    _ deed: OfficerAct.Deed, about project: String, by author: Author, way: Signature.Way
  ) throws -> OfficerAct? {
    let now = try instant(for: project)
    let judged = try judge(project, at: now)
    let wanted = draft(deed, judged, signature(author, way, at: now))
    guard
      let last = try notebook.acts.about(project).last(where: { $0.deed.subject == deed.subject }),
      last.says(wanted), !deed.takesBack
    else { return nil }
    // A figure that the team has replaced since is another one.
    if case .contest(let indicator, let period, false) = deed, last.effective != nil,
      judged.knowledge.contested[indicator]?[period] == nil
    {
      return nil
    }
    return last
  }

  private func draft(
    _ deed: OfficerAct.Deed, _ judged: JudgedProject, _ signature: Signature
  ) -> OfficerAct {
    OfficerAct(
      project: judged.plan.project.id, deed: deed, signature: signature,
      stood: judged.stood(for: deed), version: judged.version.digest,
      rules: Judge.rulesVersion, needsSecond: terms.secondPerson || judged.plan.judgesItself)
  }

  /// Enters a second person's word; ``tell(_:)`` has to follow.
  func second(_ number: Int64, by author: Author, way: Signature.Way) throws -> OfficerAct {
    guard var found = try notebook.acts.act(number) else {
      throw DecidingError.unknownAct(number)
    }
    guard found.effective == nil else { throw DecidingError.nothingToConfirm(number) }
    guard found.signature.user != author.user else {
      throw DecidingError.samePerson(author.user)
    }
    let now = try instant(for: found.project)
    let word = signature(author, way, at: now)
    found.confirmation = word
    try notebook.acts.confirm(number, word)
    try notebook.appendToLedger(
      "confirm", found.project, LedgerPage.confirmation(of: number, word), now)
    return found
  }

  /// Judges the projects of acts that have effect again, and records what changed.
  @discardableResult
  func record(_ acts: [OfficerAct]) throws -> [JudgedProject] {
    let projects = Set(acts.filter { $0.effective != nil }.map(\.project)).sorted()
    guard !projects.isEmpty else { return [] }
    return try projects.flatMap { project in
      let now = try instant(for: project)
      let evaluation = try Evaluation(
        notebook, world, asOf: world.day(now), knownAt: now, isPresent: true)
      return try evaluation.within([project], recording: now)
    }
  }

  /// Judges the projects of acts again, records what changed, and tells, one letter a reader.
  func tell(_ acts: [OfficerAct]) throws {
    let judged = try record(acts)
    guard let settings = terms.telling, !judged.isEmpty else { return }
    let telling = try Telling(
      notebook, world, settings, projects: judged.map(\.plan.project.id), at: now)
    try telling.take(judged)
    _ = try telling.finish()
  }

  /// The instant of an act about a project: never before what was received or done about it, so
  /// that a clock set back reorders nothing.
  private func instant(for project: String) throws -> Instant {
    let acts = try notebook.acts.about(project)
    let done = acts.flatMap { [$0.signature.at, $0.confirmation?.at].compactMap { $0 } }.max()
    let received = try notebook.submissions.latestReceipt(project)
    return max(now, done ?? now, received ?? now)
  }

  private func signature(
    _ author: Author, _ way: Signature.Way, at instant: Instant
  ) -> Signature {
    Signature(
      name: author.name, user: author.user, way: way, reason: author.reason, at: instant,
      on: world.day(instant))
  }

  private func judge(_ project: String, at now: Instant) throws -> JudgedProject {
    let evaluation = try Evaluation(
      notebook, world, asOf: world.day(now), knownAt: now, isPresent: true)
    guard let judged = try evaluation.within([project], recording: nil).first else {
      throw try notebook.unknownProject(project)
    }
    return judged
  }

  // MARK: Checks

  private func check(_ deed: OfficerAct.Deed, _ judged: JudgedProject, anyway: Bool) throws {
    switch deed {
    case .decide(let phase, let verdict):
      let gate = try judged.gate(phase)
      guard verdict != nil || gate.decision != nil else { throw DecidingError.nothingToTakeBack }
      if !anyway, verdict != nil { try checkStanding(gate, verdict, judged) }
    case .waive(let phase, let criterion, let isTakenBack):
      _ = try judged.gate(phase)
      let known = judged.plan.criterionIDs(in: phase)
      guard known.contains(criterion) else {
        throw DecidingError.unknownCriterion(
          criterion, phase: phase, nearest: nearestName(to: criterion, among: known))
      }
      let stands = judged.knowledge.waivers.contains {
        $0.phase == phase && $0.criterion == criterion
      }
      if isTakenBack, !stands { throw DecidingError.nothingToTakeBack }
    case .contest(let indicator, let period, let isTakenBack):
      try checkContest(indicator, period, isTakenBack, judged)
    case .expunge: break
    }
  }

  /// What was seen before deciding is what was recorded last, and nobody has decided otherwise since.
  private func checkStanding(
    _ gate: GateJudgement, _ verdict: Verdict?, _ judged: JudgedProject
  ) throws {
    let recorded = try notebook.gates.latest(judged.plan.project.id)
      .first { $0.phase == gate.phase }?.recommendation
    guard recorded == gate.recommendation || (recorded == nil && gate.recommendation == .notReached)
    else { throw DecidingError.verdictChanged(from: recorded, to: gate.recommendation) }
    guard let decision = gate.decision, decision.verdict != verdict else { return }
    let by = try notebook.acts.about(judged.plan.project.id).last { act in
      if case .decide(gate.phase, _) = act.deed { act.effective != nil } else { false }
    }?.signature.name
    throw DecidingError.alreadyDecided(decision.verdict, by: by ?? "somebody", on: decision.on)
  }

  private func checkContest(
    _ indicator: String, _ period: Period, _ isTakenBack: Bool, _ judged: JudgedProject
  ) throws {
    guard judged.plan.indicator(indicator) != nil else {
      let known = judged.plan.indicators.map(\.id)
      throw DecidingError.unknownIndicator(
        indicator, nearest: nearestName(to: indicator, among: known))
    }
    let isContested = judged.knowledge.contested[indicator]?[period] != nil
    if isTakenBack {
      guard isContested else { throw DecidingError.nothingToTakeBack }
      return
    }
    let stands = judged.knowledge.units[indicator]?.contains { $0.period == period } ?? false
    guard stands || isContested else {
      throw DecidingError.nothingReported(indicator: indicator, period: period)
    }
  }
}

extension JudgedProject {
  /// The gate of a phase.
  ///
  /// - Throws: ``RoundError/unknownPhase(_:nearest:)``, `ComputedOverflow`.
  fileprivate func gate(_ phase: String) throws -> GateJudgement {
    let all = try gates.get()
    guard let gate = all.first(where: { $0.phase == phase }) else {
      throw RoundError.unknownPhase(phase, nearest: nearestName(to: phase, among: all.map(\.phase)))
    }
    return gate
  }

  /// What is recommended for the gate that a deed is about, or for all where it may concern any.
  fileprivate func stood(for deed: OfficerAct.Deed) -> StoodRecommendation? {
    switch deed {
    case .decide(let phase, _), .waive(let phase, _, _):
      (try? gate(phase)).map { .gate($0.recommendation) }
    case .contest, .expunge:
      (try? gates.get()).map { gates in
        .project(gates.map { .init($0.phase, $0.recommendation) })
      }
    }
  }
}

extension Plan {
  /// Whether the operator of the programme leads the project: then two persons decide, always.
  ///
  /// An operator is written as `DINUM` or as `DINUM, mission LABEL`: the lead may be either.
  var judgesItself: Bool {
    let lead = project.lead.plainWord
    let house = programme.operatorName.split(separator: ",").first.map { String($0) } ?? ""
    return !lead.isEmpty && [programme.operatorName, house].contains { $0.plainWord == lead }
  }
}

extension String {
  /// In lower case, without spaces around.
  fileprivate var plainWord: String {
    let words = lowercased().split(separator: " ", omittingEmptySubsequences: true)
    return words.joined(separator: " ")
  }
}

extension OfficerAct.Deed {
  /// The kind of its ledger entry.
  var word: String {
    switch self {
    case .decide: "decide"
    case .waive: "waive"
    case .contest: "contest"
    case .expunge: "expunge"
    }
  }
}

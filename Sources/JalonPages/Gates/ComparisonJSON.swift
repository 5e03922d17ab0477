import JalonCore

/// What came between two judgements of a gate, and what it changed, for programs.
struct ComparisonJSON {
  let comparison: GateComparison

  /// The members of the object.
  var members: [(String, JSONText)] {
    [("before", judged(comparison.before, comparison.questions.before))] + since
  }

  /// The members where the earlier judgement is told already.
  var since: [(String, JSONText)] {
    [
      ("after", judged(comparison.after, comparison.questions.after)),
      ("files", .array(comparison.arrivals.map(arrival))),
      ("plans", .array(comparison.versions.map(\.json))),
      ("deeds", .array(comparison.deeds.map(deed))),
      ("criteria", .array(comparison.difference.criteria.map(criterion))),
      ("milestones", .array(comparison.difference.milestones.map(milestone))),
      ("figures", .array(comparison.difference.figures.map(figure))),
    ]
  }

  private func judged(
    _ gate: GateJudgement?, _ question: GateComparison.Question
  ) -> JSONText {
    .object([
      ("asOf", .text(question.asOf)), ("knownAt", .text(question.knownAt)),
      ("gate", gate.map(EvaluationPage.gate) ?? .null),
    ])
  }

  private func arrival(_ arrival: GateComparison.Arrival) -> JSONText {
    .object([
      ("file", .string(arrival.file.file)), ("receipt", .string(arrival.file.receipt)),
      ("sha256", .string(arrival.file.sha256)), ("receivedAt", .text(arrival.file.receivedAt)),
      ("rows", .int(arrival.rows)),
    ])
  }

  private func deed(_ done: SignedDeed) -> JSONText {
    let what: [(String, JSONText)]
    switch done.deed {
    case .decide(let phase, let verdict):
      what = [
        ("kind", .string("decide")), ("phase", .string(phase)),
        ("decision", .text(verdict?.rawValue)), ("takenBack", .bool(verdict == nil)),
      ]
    case .waive(let phase, let criterion, let isTakenBack):
      what = [
        ("kind", .string("waive")), ("phase", .string(phase)),
        ("criterion", .string(criterion)), ("takenBack", .bool(isTakenBack)),
      ]
    case .contest(let indicator, let period, let isTakenBack):
      what = [
        ("kind", .string("contest")), ("indicator", .string(indicator)),
        ("period", .text(period)), ("takenBack", .bool(isTakenBack)),
      ]
    case .expunge(let digest):
      what = [("kind", .string("expunge")), ("sha256", .string(digest.hexadecimal))]
    }
    return .object(
      [("at", .text(done.at))] + what + [
        ("by", .text(done.signature?.name)), ("user", .text(done.signature?.user)),
        ("reason", .text(done.signature?.reason)),
        ("confirmedBy", .text(done.confirmation?.name)),
        ("confirmedUser", .text(done.confirmation?.user)),
      ])
  }

  private func criterion(_ change: GateDifference.CriterionChange) -> JSONText {
    .object([
      ("id", .string(change.id)), ("before", .text(change.before?.status.rawValue)),
      ("after", .text(change.after?.status.rawValue)),
    ])
  }

  private func milestone(_ change: GateDifference.MilestoneChange) -> JSONText {
    func reach(_ reach: MilestoneReach?) -> JSONText {
      reach.map { .object([("reached", .text($0.reached))] + place($0.source)) } ?? .null
    }
    return .object([
      ("milestone", .string(change.id)), ("before", reach(change.before)),
      ("after", reach(change.after)),
    ])
  }

  private func figure(_ change: GateDifference.FigureChange) -> JSONText {
    func figure(_ figure: GateDifference.Figure?) -> JSONText {
      guard let figure else { return .null }
      let row = figure.observation
      return .object(
        [
          ("value", .text(row.value)), ("weight", .text(row.weight)),
          ("evidence", .string(row.evidence.word)),
        ] + place(figure.source))
    }
    return .object([
      ("indicator", .string(change.indicator)), ("period", .text(change.period)),
      ("profile", .text(change.profile)), ("contested", .bool(change.isContested)),
      ("before", figure(change.before)), ("after", figure(change.after)),
    ])
  }

  private func place(_ source: Source) -> [(String, JSONText)] {
    let file = comparison.files[source.submission]
    return [
      ("file", .text(file?.file)), ("line", .int(Int(source.line))),
      ("receipt", .text(file?.receipt)), ("sha256", .text(file?.sha256)),
      ("receivedAt", .text(file?.receivedAt)),
    ]
  }
}

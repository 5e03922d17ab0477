import JalonCore

extension PlanVersion {
  /// The version and what it changed, for programs.
  var json: JSONText {
    .object([
      ("kind", .string(kind.rawValue)), ("path", .string(path)), ("sha256", .string(sha256)),
      ("adoptedAt", .text(at)), ("by", .string(by.name)), ("user", .string(by.user)),
      ("reason", .string(reason)), ("changes", .array(changes.map(\.json))),
    ])
  }
}

extension PlanChange {
  /// What changed, for programs: `what`, where, and the two values.
  var json: JSONText {
    let (what, phase, id, period) = place
    return .object([
      ("what", .string(what)), ("phase", .text(phase)), ("id", .text(id)),
      ("period", .text(period)), ("before", before?.json ?? .null), ("after", after?.json ?? .null),
    ])
  }

  private var place: (what: String, phase: String?, id: String?, period: Period?) {
    switch subject {
    case .title: ("title", nil, nil, nil)
    case .totalCost: ("totalCost", nil, nil, nil)
    case .grant: ("grant", nil, nil, nil)
    case .balance: ("balance", nil, nil, nil)
    case .grace: ("graceDays", nil, nil, nil)
    case .stop: ("stopped", nil, nil, nil)
    case .phase(let phase): ("phase", phase, nil, nil)
    case .funding(let phase): ("funding", phase, nil, nil)
    case .rightToError(let phase): ("rightToError", phase, nil, nil)
    case .milestone(let phase, let id): ("milestone", phase, id, nil)
    case .threshold(let phase, let id): ("threshold", phase, id, nil)
    case .indicator(let id): ("indicator", nil, id, nil)
    case .tolerance(let id): ("tolerance", nil, id, nil)
    case .forecast(let id, let period): ("forecast", nil, id, period)
    }
  }
}

extension PlanChange.Value {
  fileprivate var json: JSONText {
    switch self {
    case .text(let text): .string(text)
    case .amount(let amount): .text(amount)
    case .count(let count): .int(count)
    case .flag(let flag): .bool(flag)
    case .day(let day): .text(day)
    case .days(let from, let to): .object([("from", .text(from)), ("to", .text(to))])
    case .threshold(let threshold):
      .object([
        ("min", .text(threshold.min)), ("max", .text(threshold.max)),
        ("since", .string(threshold.since.rawValue)),
        ("evidence", .text(threshold.evidence?.word)),
      ])
    case .tolerance(let tolerance):
      .object([
        ("notable", .text(tolerance.notable)), ("strong", .text(tolerance.strong)),
        ("blocks", .bool(tolerance.blocks)),
      ])
    case .stop(let stop):
      .object([("on", .text(stop.on)), ("reason", .string(stop.reason))])
    case .measured(let kind, let direction, let unit, let cadence):
      .object([
        ("kind", .string(kind.rawValue)), ("direction", .string(direction.rawValue)),
        ("unit", .string(unit)), ("cadence", .string(cadence.rawValue)),
      ])
    }
  }
}

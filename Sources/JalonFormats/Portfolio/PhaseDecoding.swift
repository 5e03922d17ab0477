import JalonCore

enum PhaseKey: Int, ObjectKey {
  case id, title, from, to, funding, rightToError, milestones, gate
  static let names = KeyNames<PhaseKey>()
}

enum MilestoneKey: Int, ObjectKey {
  case id, title, due
  static let names = KeyNames<MilestoneKey>()
}

enum GateKey: Int, ObjectKey {
  case thresholds
  static let names = KeyNames<GateKey>()
}

enum ThresholdKey: Int, ObjectKey {
  case indicator, profile, per, since, evidence, min, max
  static let names = KeyNames<ThresholdKey>()
}

extension ObjectReader {
  /// A phase, with its milestones and the thresholds of the gate at its end.
  mutating func phase(_ node: JSONNode) -> Phase? {
    guard let fields = object(node, PhaseKey.self) else { return nil }
    let id = identifier(required(fields, .id))
    let title = text(required(fields, .title))
    let from = day(required(fields, .from))
    let to = day(required(fields, .to))
    let funding = euros(required(fields, .funding))
    let rightToError = truth(fields[.rightToError])
    let milestones = list(required(fields, .milestones)) { $0.milestone($1) }
    let thresholds = gate(required(fields, .gate))
    guard let id, let title, let from, let to, let funding else { return nil }
    return Phase(
      id: id, title: title, from: from, to: to, funding: funding,
      rightToError: rightToError ?? false, milestones: milestones ?? [],
      thresholds: thresholds ?? [])
  }

  private mutating func milestone(_ node: JSONNode) -> Milestone? {
    guard let fields = object(node, MilestoneKey.self) else { return nil }
    let id = identifier(required(fields, .id))
    let title = text(required(fields, .title))
    let due = day(required(fields, .due))
    guard let id, let title, let due else { return nil }
    return Milestone(id: id, title: title, due: due)
  }

  private mutating func gate(_ node: JSONNode?) -> [Threshold]? {
    guard let fields = object(node, GateKey.self) else { return nil }
    return list(required(fields, .thresholds)) { $0.threshold($1) }
  }

  private mutating func threshold(_ node: JSONNode) -> Threshold? {
    guard let fields = object(node, ThresholdKey.self) else { return nil }
    let indicator = identifier(required(fields, .indicator))
    let threshold = Threshold(
      indicator: indicator ?? "", profile: identifier(fields[.profile]),
      per: identifier(fields[.per]), since: word(fields[.since], Since.self) ?? .project,
      evidence: word(fields[.evidence], Evidence.self) { $0.word },
      min: quantity(fields[.min]), max: quantity(fields[.max]))
    return indicator == nil ? nil : threshold
  }
}

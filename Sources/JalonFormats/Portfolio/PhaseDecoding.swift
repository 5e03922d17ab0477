import JalonCore

enum PhaseKey: Int, ObjectKey {
  case id, title, from, to, funding, rightToError, milestones, gate, granted
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

/// A condition of a programme: a threshold's shape, where it is asked, and where it comes from.
enum ConditionKey: Int, ObjectKey {
  case indicator, profile, per, since, evidence, min, max, at, onlyFor, source
  static let names = KeyNames<ConditionKey>()
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
    let granted = truth(fields[.granted])
    let milestones = list(required(fields, .milestones)) { $0.milestone($1) }
    let thresholds = gate(required(fields, .gate))
    guard let id, let title, let from, let to, let funding else { return nil }
    var phase = Phase(
      id: id, title: title, from: from, to: to, funding: funding,
      rightToError: rightToError ?? false, milestones: milestones ?? [],
      thresholds: thresholds ?? [])
    phase.isGranted = granted ?? true
    return phase
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
    let threshold = threshold(indicator ?? "", fields)
    return indicator == nil ? nil : threshold
  }

  /// A condition of a programme.
  mutating func condition(_ node: JSONNode) -> Condition? {
    guard let fields = object(node, ConditionKey.self) else { return nil }
    let indicator = identifier(required(fields, .indicator))
    var threshold = threshold(indicator ?? "", fields)
    threshold.source = text(fields[.source])
    let condition = Condition(
      threshold, at: word(fields[.at], ConditionPlace.self) ?? .last,
      onlyFor: list(fields[.onlyFor]) { $0.identifier($1) })
    return indicator == nil ? nil : condition
  }

  private mutating func threshold<Key: ObjectKey>(
    _ indicator: String, _ fields: ObjectFields<Key>
  ) -> Threshold {
    // Both shapes begin with the same keys in the same order.
    func field(_ key: ThresholdKey) -> JSONNode? {
      Key(rawValue: key.rawValue).flatMap { fields[$0] }
    }
    return Threshold(
      indicator: indicator, profile: identifier(field(.profile)), per: identifier(field(.per)),
      since: word(field(.since), Since.self) ?? .project,
      evidence: word(field(.evidence), Evidence.self) { $0.word },
      min: quantity(field(.min)), max: quantity(field(.max)))
  }
}

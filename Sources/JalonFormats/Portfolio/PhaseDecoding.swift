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
  mutating func phase(_ node: JSONNode) -> Phase {
    // What cannot be read has a placeholder: its place is then among the broken ones.
    var phase = Phase(
      id: Placeholder.id, title: "", from: Placeholder.day, to: Placeholder.day, funding: .zero)
    guard let fields = object(node, PhaseKey.self) else { return phase }
    phase.id = identifier(required(fields, .id)) ?? phase.id
    phase.title = text(required(fields, .title)) ?? phase.title
    phase.from = day(required(fields, .from)) ?? phase.from
    phase.to = day(required(fields, .to)) ?? phase.to
    phase.funding = euros(required(fields, .funding)) ?? phase.funding
    phase.rightToError = truth(fields[.rightToError]) ?? false
    phase.isGranted = truth(fields[.granted]) ?? true
    phase.milestones = list(required(fields, .milestones)) { $0.milestone($1) } ?? []
    phase.thresholds = gate(required(fields, .gate)) ?? []
    return phase
  }

  private mutating func milestone(_ node: JSONNode) -> Milestone {
    var milestone = Milestone(id: Placeholder.id, title: "", due: Placeholder.day)
    guard let fields = object(node, MilestoneKey.self) else { return milestone }
    milestone.id = identifier(required(fields, .id)) ?? milestone.id
    milestone.title = text(required(fields, .title)) ?? milestone.title
    milestone.due = day(required(fields, .due)) ?? milestone.due
    return milestone
  }

  private mutating func gate(_ node: JSONNode?) -> [Threshold]? {
    guard let fields = object(node, GateKey.self) else { return nil }
    return list(required(fields, .thresholds)) { $0.threshold($1) }
  }

  private mutating func threshold(_ node: JSONNode) -> Threshold {
    guard let fields = object(node, ThresholdKey.self) else {
      return Threshold(indicator: Placeholder.name)
    }
    return threshold(identifier(required(fields, .indicator)) ?? Placeholder.name, fields)
  }

  /// A condition of a programme.
  mutating func condition(_ node: JSONNode) -> Condition {
    guard let fields = object(node, ConditionKey.self) else {
      return Condition(Threshold(indicator: Placeholder.name))
    }
    let indicator = identifier(required(fields, .indicator)) ?? Placeholder.name
    var threshold = threshold(indicator, fields)
    threshold.source = text(fields[.source])
    return Condition(
      threshold, at: word(fields[.at], ConditionPlace.self) ?? .last,
      onlyFor: identifiers(fields[.onlyFor]))
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

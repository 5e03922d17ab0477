/// One criterion as `evaluate --json` prints it (SPEC §10), in plain strings.
public struct PlainCriterion: Hashable, Sendable, CustomStringConvertible {
  /// Such as `milestone:M1`.
  public var id: String
  /// `condition`, `duty` or `reserve`.
  public var grounds: String
  /// `met`, `pending`, `unmet`, `warning` or `waived`.
  public var status: String
  /// The other printed fields; an absent value is `null`.
  public var fields: [String: String]

  /// A criterion.
  public init(id: String, grounds: String, status: String, fields: [String: String]) {
    self.id = id
    self.grounds = grounds
    self.status = status
    self.fields = fields
  }

  /// One line: the id, what it is, where it stands, and the fields by name.
  public var description: String {
    let rest = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "\(id) \(grounds) \(status) " + rest.joined(separator: " ")
  }
}

/// One gate as `evaluate --json` prints it (SPEC §10), in plain strings.
public struct PlainGate: Hashable, Sendable, CustomStringConvertible {
  /// Everything but the criteria: `phase`, `date`, `recommendation`, … An absent value is `null`.
  public var fields: [String: String]
  /// In the contract's order.
  public var criteria: [PlainCriterion]

  /// A gate.
  public init(fields: [String: String], criteria: [PlainCriterion]) {
    self.fields = fields
    self.criteria = criteria
  }

  /// The fields by name on one line, then one line a criterion.
  public var description: String {
    let first = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return ([first.joined(separator: " ")] + criteria.map { "    \($0)" })
      .joined(separator: "\n")
  }
}

/// One gate of a plan with what is known about it: can be asked about any day.
struct Gate: Sendable {
  let frame: GateFrame
  let criteria: [any GateCriterion]
  let waived: Set<String>
  /// The days after the gate on which something new became true, in order.
  let laterDays: [Day]

  /// Every criterion as of a day, in the contract's order.
  func criteria(asOf day: Day) throws(ComputedOverflow) -> [Criterion] {
    var judged: [Criterion] = []
    judged.reserveCapacity(criteria.count)
    for rule in criteria {
      if let criterion = try judge(rule, asOf: day) { judged.append(criterion) }
    }
    return judged
  }

  /// The earliest day, up to one, on which every criterion was good (SPEC §5).
  ///
  /// Between two days on which a period ends or a milestone is reached things only get worse, so
  /// that the gate's date and those days are all that need asking.
  func crossing(upTo day: Day) throws(ComputedOverflow) -> Day? {
    guard frame.date <= day else { return nil }
    if try isGood(asOf: frame.date) { return frame.date }
    for later in laterDays {
      guard later <= day else { return nil }
      if try isGood(asOf: later) { return later }
    }
    return nil
  }

  private func isGood(asOf day: Day) throws(ComputedOverflow) -> Bool {
    for rule in criteria {
      if let criterion = try judge(rule, asOf: day), !criterion.status.isGood { return false }
    }
    return true
  }

  private func judge(
    _ rule: any GateCriterion, asOf day: Day
  ) throws(ComputedOverflow) -> Criterion? {
    guard var criterion = try rule.judged(asOf: day) else { return nil }
    if !waived.isEmpty, waived.contains(criterion.id) { criterion.status = .waived }
    return criterion
  }
}

import JalonCore
import JalonTesting

/// What an accepted report may say at all, written down once more from SPEC §4 and §6.
enum ReportRules {
  static func check(_ report: ReportFacts, in plan: Plan) throws(BrokenProperty) {
    var seen: Set<String> = []
    for (indicator, unit) in report.units.map({ ($0.indicator, $0.unit) }) {
      let name = "\(indicator) \(unit.period)"
      try hold(seen.insert(name).inserted, "a unit stands once (\(name))")
      guard let rule = plan.indicator(indicator) else {
        throw BrokenProperty("an accepted unit has an indicator of the plan (\(name))")
      }
      try hold(unit.period.cadence == rule.cadence, "a period has the cadence (\(name))")
      let isOver = unit.period.end <= lastDay
      let hasBegun = plan.start.map { unit.period.end >= $0 } ?? true
      try hold(isOver && hasBegun, "a period lies in the project's past (\(name))")
      for row in unit.observations { try check(row, of: rule, name) }
      try checkProfiles(unit, of: rule, name)
      try checkTotal(unit, of: rule, name)
    }
    let periods = Set(report.units.map(\.unit.period))
    try hold(Set(report.periods) == periods, "the receipt names the periods")
    try hold(report.periods.count == periods.count, "the receipt names each period once")
    let milestones = report.milestones.map(\.milestone)
    try hold(Set(milestones).count == milestones.count, "a milestone stands once")
    try hold(
      Set(milestones).isSubset(of: plan.milestones.map(\.id)), "milestones are the plan's")
  }

  private static let lastDay = ReportedProject.receivedOn

  private static func check(
    _ row: Observation, of rule: Indicator, _ name: String
  ) throws(BrokenProperty) {
    if let weight = row.weight {
      let isBounded = weight > .zero && weight <= Quantity.maximumWeight
      try hold(rule.usesWeight && isBounded, "a weight is used and bounded (\(name))")
    }
    if let profile = row.profile {
      try hold(rule.profiles.contains(profile), "a profile is the indicator's (\(name))")
    }
    guard let value = row.value else { return }
    try hold(rule.range.min.map { value >= $0 } ?? true, "a value is not below (\(name))")
    try hold(rule.range.max.map { value <= $0 } ?? true, "a value is not above (\(name))")
    try hold(value.micros.magnitude <= Quantity.maximum.micros.magnitude, "a value is bounded")
    var step: Int64 = 1_000_000
    for _ in 0..<rule.decimals { step /= 10 }
    try hold(value.micros % step == 0, "a value has the decimals allowed (\(name))")
  }

  private static func checkProfiles(
    _ unit: ReportedUnit, of rule: Indicator, _ name: String
  ) throws(BrokenProperty) {
    let given = unit.observations.map { $0.profile ?? "" }
    try hold(!given.isEmpty && Set(given).count == given.count, "a profile stands once (\(name))")
    let hasTotal = given.contains("")
    if rule.across == .none { return try hold(hasTotal, "the total is given (\(name))") }
    let hasAll = Set(rule.profiles).isSubset(of: given)
    let isTotalAlone = hasTotal && given.count == 1
    try hold(isTotalAlone || hasAll, "the total, or every profile, or both (\(name))")
  }

  private static func checkTotal(
    _ unit: ReportedUnit, of rule: Indicator, _ name: String
  ) throws(BrokenProperty) {
    let parts = unit.observations.filter { $0.profile != nil }
    let isWhole = unit.observations.allSatisfy { $0.value != nil }
    guard rule.across == .sum, !parts.isEmpty, isWhole,
      let total = unit.observations.first(where: { $0.profile == nil })?.value
    else { return }
    let sum = parts.reduce(Int128(0)) { $0 + Int128($1.value?.micros ?? 0) }
    try hold(sum == Int128(total.micros), "the total is the sum (\(name))")
  }
}

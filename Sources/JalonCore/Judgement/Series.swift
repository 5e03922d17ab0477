/// A measured value and the latest period it rests on.
public struct Measure: Equatable, Sendable {
  /// The exact value.
  public let value: Fraction
  /// The latest period it rests on.
  public let period: Period

  /// A measure.
  public init(value: Fraction, period: Period) {
    self.value = value
    self.period = period
  }
}

/// The period values of an indicator, or of one of its profiles, in order of time (SPEC §4).
public struct Series: Sendable {
  /// What one period says.
  public struct Entry: Sendable {
    /// The period.
    public let period: Period
    /// Its last day.
    public let end: Day
    /// Its value; `nil` when it was reported not applicable.
    public let value: Fraction?
    /// The weakest evidence among the rows the value is built from.
    public let evidence: Evidence
    /// Σ value × weight over those rows, in millionths of millionths.
    let weighted: Int128
    /// Σ weight over those rows, in millionths.
    let weight: Int128
  }

  /// What the figures are.
  public let kind: Kind
  /// In order of period.
  public let entries: [Entry]

  /// The series of an indicator's total, or of one profile.
  public init(
    of indicator: Indicator, profile: String? = nil, units: [ReportedUnit]
  ) throws(ComputedOverflow) {
    kind = indicator.kind
    var entries: [Entry] = []
    entries.reserveCapacity(units.count)
    for unit in units where indicator.counts(unit.period) {
      let rows = unit.rows(of: indicator, profile: profile)
      guard !rows.observations.isEmpty else { continue }
      entries.append(try Entry(unit.period, rows, across: indicator.across))
    }
    self.entries = entries
  }

  /// The rows that give a period's value: the total's, or the profiles'.
  fileprivate struct Rows {
    var observations: ArraySlice<Observation>
    /// What the value weighs where its row gives no weight.
    var defaultWeight = Int128(1_000_000)
  }
}

extension Indicator {
  /// Whether a period's figures count: spending dated outside the window does not.
  func counts(_ period: Period) -> Bool {
    guard let window else { return true }
    return window.from <= period.start && period.end <= window.to
  }
}

extension ReportedUnit {
  /// The rows that count for an indicator's total, or for one profile.
  fileprivate func rows(of indicator: Indicator, profile: String?) -> Series.Rows {
    // Almost every unit is one row, the total.
    let total = observations.firstIndex { $0.profile == nil }
    if let profile {
      let own = observations.filter { $0.profile == profile }
      // What does not apply at all does not apply to this profile either.
      guard own.isEmpty, let total, observations[total].value == nil else {
        return Series.Rows(observations: own[...])
      }
      return Series.Rows(observations: observations[total...total])
    }
    guard let total else {
      return Series.Rows(observations: indicator.across == .none ? [] : observations[...])
    }
    var rows = Series.Rows(observations: observations[total...total])
    if indicator.across == .mean, observations.count > 1 {
      let profiles = observations.filter { $0.profile != nil && $0.value != nil }
      let sum = profiles.reduce(Int128(0)) { $0 + Int128($1.weight?.micros ?? 1_000_000) }
      if sum > 0 { rows.defaultWeight = sum }
    }
    return rows
  }

  /// The observations that a series' value at this unit's period is built from.
  public func basis(of indicator: Indicator, profile: String?) -> [Observation] {
    let rows = rows(of: indicator, profile: profile).observations
    let values = rows.filter { $0.value != nil }
    return values.isEmpty ? Array(rows) : Array(values)
  }
}

extension Series.Entry {
  fileprivate init(
    _ period: Period, _ rows: Series.Rows, across: Across
  ) throws(ComputedOverflow) {
    var (total, weighted, weight) = (Int128(0), Int128(0), Int128(0))
    var evidence = Evidence.audited
    var count = 0
    for row in rows.observations {
      guard let value = row.value else { continue }
      let rowWeight = row.weight.map { Int128($0.micros) } ?? rows.defaultWeight
      total += Int128(value.micros)
      weighted = try sum(weighted, product(Int128(value.micros), rowWeight))
      weight += rowWeight
      evidence = min(evidence, row.evidence)
      count += 1
    }
    self.period = period
    end = period.end
    self.weighted = weighted
    self.weight = weight
    if count == 0 {
      value = nil
      self.evidence = .estimated
    } else if count > 1 && across == .mean {
      value = Fraction(numerator: weighted, denominator: weight)
      self.evidence = evidence
    } else {
      value = Fraction(micros: total)
      self.evidence = evidence
    }
  }
}

extension Series {
  /// Which entries a question counts.
  public struct Filter: Sendable {
    /// Only periods that end on or before this day.
    public var asOf: Day
    /// Only periods that end on or after this day.
    public var since: Day?
    /// Only values of this evidence or better.
    public var evidence: Evidence?

    /// A filter.
    public init(asOf: Day, since: Day? = nil, evidence: Evidence? = nil) {
      self.asOf = asOf
      self.since = since
      self.evidence = evidence
    }

    func covers(_ entry: Entry) -> Bool {
      entry.end <= asOf && since.map { entry.end >= $0 } ?? true
    }

    func trusts(_ entry: Entry) -> Bool { evidence.map { entry.evidence >= $0 } ?? true }
  }

  /// The entries that the measure rests on, in order; empty when it is missing (SPEC §4).
  public func basis(_ filter: Filter) -> [Entry] {
    switch kind {
    case .flow, .mean:
      return entries.filter { filter.covers($0) && $0.value != nil && filter.trusts($0) }
    case .level, .cumulative:
      return latest(filter).map { [$0] } ?? []
    }
  }

  /// The measure as of a day, or `nil` when it is missing; missing is not zero (SPEC §4).
  public func measure(_ filter: Filter) throws(ComputedOverflow) -> Measure? {
    switch kind {
    case .level, .cumulative:
      guard let latest = latest(filter), let value = latest.value else { return nil }
      return Measure(value: value, period: latest.period)
    case .flow: return try total(filter)
    case .mean: return try mean(filter)
    }
  }

  /// The latest entry, unless a later one says that it proves nothing of today.
  private func latest(_ filter: Filter) -> Entry? {
    for entry in entries.reversed() where filter.covers(entry) {
      guard entry.value != nil else { return nil }
      if filter.trusts(entry) { return entry }
      // An old count proves nothing of today's level; a running total is at least what it was.
      if kind == .level { return nil }
    }
    return nil
  }

  private func total(_ filter: Filter) throws(ComputedOverflow) -> Measure? {
    var total = Fraction.zero
    var last: Period?
    for entry in entries where filter.covers(entry) && filter.trusts(entry) {
      guard let value = entry.value else { continue }
      total = try total.adding(value)
      last = entry.period
    }
    return last.map { Measure(value: total, period: $0) }
  }

  private func mean(_ filter: Filter) throws(ComputedOverflow) -> Measure? {
    var (weighted, weight) = (Int128(0), Int128(0))
    var last: Period?
    for entry in entries where filter.covers(entry) && filter.trusts(entry) {
      guard entry.value != nil else { continue }
      weighted = try sum(weighted, entry.weighted)
      weight = try sum(weight, entry.weight)
      last = entry.period
    }
    guard let last, let value = Fraction(numerator: weighted, denominator: weight) else {
      return nil
    }
    return Measure(value: value, period: last)
  }
}

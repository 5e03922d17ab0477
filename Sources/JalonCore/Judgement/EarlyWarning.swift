/// Where a measure is heading, told beside a verdict and never part of it (SPEC §5).
public struct EarlyWarning: Sendable {
  /// What the measure is held against.
  public enum Bound: Hashable, Sendable {
    /// A threshold's minimum.
    case min(Quantity)
    /// A threshold's maximum.
    case max(Quantity)
    /// What was forecast for the gate's date.
    case forecast(Quantity)

    /// The value.
    public var value: Quantity {
      switch self {
      case .min(let value), .max(let value), .forecast(let value): value
      }
    }
  }

  /// The criterion that it stands beside.
  public let criterion: String
  /// What the measure is held against.
  public let bound: Bound
  /// The latest measure, and its period.
  public let latest: Measure
  /// How many period values the trend rests on.
  public let points: Int
  /// How much the measure moves from one period to the next.
  public let slope: Fraction
  /// The last period that ends on or before the gate's date.
  public let gatePeriod: Period
  /// What the trend gives at the gate; `nil` when that period's value is known already.
  public let projected: Fraction?
  /// The first period to come at whose end the trend is across the bound from the latest measure;
  /// `nil` when it never is, or not within ``horizon``.
  public let crossing: Period?

  /// The period values that a trend rests on at most: the latest five years of months.
  public static let most = 60
  /// The fewest period values that make a trend.
  public static let fewest = 3
  /// How many periods ahead a crossing is looked for.
  public static let horizon: Int32 = 1_200

  /// Whether the latest measure keeps the bound; of a forecast: whether it is reached.
  public var isKept: Bool { bound.isKept(by: latest.value) }
  /// Whether the trend keeps the bound at the gate; `nil` when the gate's value is known.
  public var willBeKept: Bool? { projected.map(bound.isKept) }
}

extension EarlyWarning.Bound {
  /// Whether it is a plan, and no condition.
  var isForecast: Bool { if case .forecast = self { true } else { false } }

  /// Whether a value is on the good side.
  func isKept(by value: Fraction) -> Bool {
    switch self {
    case .min(let least), .forecast(let least): value >= Fraction(least)
    case .max(let most): value <= Fraction(most)
    }
  }
}

extension Plan {
  /// Where the measures behind a gate that is not crossed are heading, in the criteria's order.
  ///
  /// A threshold is held against the bound that its indicator's direction points to: `up` against
  /// the minimum, `down` against the maximum, `target` against both. An indicator with a forecast
  /// and no such threshold, as spending and staffing mostly are, is held against what was forecast
  /// for the gate. What is too large to compute is left out: it is no verdict.
  public func earlyWarnings(
    for gate: GateJudgement, asOf day: Day, knowing knowledge: Knowledge
  ) -> [EarlyWarning] {
    guard gate.recommendation != .release,
      let phase = phases.first(where: { $0.id == gate.phase })
    else { return [] }
    var warnings: [EarlyWarning] = []
    for criterion in gate.criteria {
      guard let course = course(of: criterion, in: phase, gate: warnings) else { continue }
      let read = try? measures(of: course, asOf: day, knowing: knowledge)
      guard let read, read.count >= EarlyWarning.fewest else { continue }
      for bound in course.bounds {
        let warning = try? EarlyWarning(
          criterion.id, bound, gatePeriod: course.gatePeriod, measures: read)
        // Once the gate's value is known, its deviation criterion says all there is to say.
        guard let warning, warning.projected != nil || !bound.isForecast else { continue }
        warnings.append(warning)
      }
    }
    return warnings
  }
}

extension EarlyWarning {
  /// - Returns: `nil` when there is no trend.
  init?(
    _ criterion: String, _ bound: Bound, gatePeriod: Period, measures: [Measure]
  ) throws(ComputedOverflow) {
    guard let latest = measures.last,
      let trend = try Trend(measures.map { ($0.period.index, $0.value) })
    else { return nil }
    self.criterion = criterion
    self.bound = bound
    self.latest = latest
    self.gatePeriod = gatePeriod
    points = measures.count
    slope = trend.slope
    projected = latest.period < gatePeriod ? try trend.value(at: gatePeriod.index) : nil
    crossing = try trend.crossing(of: bound, after: latest)
  }
}

extension Trend {
  /// A line crosses once: the first period across is found by halving.
  fileprivate func crossing(
    of bound: EarlyWarning.Bound, after latest: Measure
  ) throws(ComputedOverflow) -> Period? {
    let isKept = bound.isKept(by: latest.value)
    let from = latest.period.index
    var (low, high) = (from + 1, from + EarlyWarning.horizon)
    // The line may start across, where the latest measure is an odd one.
    if try bound.isKept(by: value(at: low)) != isKept {
      return Period(cadence: latest.period.cadence, index: low)
    }
    guard try bound.isKept(by: value(at: high)) != isKept else { return nil }
    while low + 1 < high {
      let middle = low + (high - low) / 2
      if try bound.isKept(by: value(at: middle)) == isKept { low = middle } else { high = middle }
    }
    return Period(cadence: latest.period.cadence, index: high)
  }
}

/// How often something is measured or reported.
public enum Cadence: String, CaseIterable, Sendable {
  case monthly
  case quarterly
  case halfYearly = "half-yearly"
  case yearly

  /// The number of months a period lasts.
  @inlinable
  public var months: Int {
    switch self {
    case .monthly: 1
    case .quarterly: 3
    case .halfYearly: 6
    case .yearly: 12
    }
  }
}

/// One month, quarter, half-year or year of the calendar.
public struct Period: Hashable, Sendable {
  /// How long the period is.
  public let cadence: Cadence
  /// Periods of this cadence since the start of year 0: consecutive periods differ by one.
  public let index: Int32

  /// The period of that cadence and index.
  @inlinable
  public init(cadence: Cadence, index: Int32) {
    self.cadence = cadence
    self.index = index
  }

  /// The `ordinal`-th (1-based) period of a year.
  ///
  /// - Returns: `nil` when the year has no such period, or is not within 1900…2999.
  public init?(_ cadence: Cadence, year: Int, ordinal: Int = 1) {
    let perYear = 12 / cadence.months
    guard (1900...2999).contains(year), (1...perYear).contains(ordinal) else { return nil }
    self.init(cadence: cadence, index: Int32(year * perYear + ordinal - 1))
  }

  /// The period of that cadence which contains a day.
  public init(_ cadence: Cadence, containing day: Day) {
    let (year, month, _) = day.components
    self.init(cadence: cadence, index: Int32((year * 12 + month - 1) / cadence.months))
  }

  /// The first day.
  public var start: Day {
    let month = Int(index) * cadence.months
    return Day.date(month / 12, month % 12 + 1, 1)
  }

  /// The last day.
  public var end: Day { next.start.adding(days: -1) }

  /// The period after this one.
  @inlinable
  public var next: Period { Period(cadence: cadence, index: index + 1) }
}

extension Period: CustomStringConvertible {
  /// The canonical notation: `2021-03`, `2021-Q1`, `2021-H1`, `2021`.
  public var description: String {
    let perYear = 12 / cadence.months
    let year = padded(Int(index) / perYear, to: 4)
    let ordinal = Int(index) % perYear + 1
    return switch cadence {
    case .monthly: year + "-" + padded(ordinal, to: 2)
    case .quarterly: year + "-Q\(ordinal)"
    case .halfYearly: year + "-H\(ordinal)"
    case .yearly: year
    }
  }
}

extension Period: Comparable {
  /// Orders by last day, then shorter periods first.
  public static func < (left: Period, right: Period) -> Bool {
    if left.cadence == right.cadence { return left.index < right.index }
    return (left.end, left.cadence.months) < (right.end, right.cadence.months)
  }
}

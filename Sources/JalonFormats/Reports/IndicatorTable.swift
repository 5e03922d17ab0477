import JalonCore

/// An indicator made ready for reading many rows: what a row is checked against, side by side.
struct IndicatorTable {
  let cadence: Cadence
  let decimals: Int
  let usesWeight: Bool
  let profileCount: Int
  private let minimum: Int64
  private let maximum: Int64
  /// The first period that ends on or after the project's start, and the last that has ended.
  private let first: Int32
  private let last: Int32
  // The unit of each period from `first` on; -1 where the file has none. Empty until used.
  private var units: [Int32] = []
  private var profileNames: KnownNames?
  private var profiles = NameMemo<Int>()

  /// What a period is to the project at the day of receipt.
  enum Standing { case countable, future, beforeStart }

  init(_ indicator: Indicator, from start: Day?, to receivedOn: Day) {
    cadence = indicator.cadence
    decimals = indicator.decimals
    usesWeight = indicator.usesWeight
    profileCount = indicator.profiles.count
    minimum = indicator.range.min?.micros ?? .min
    maximum = indicator.range.max?.micros ?? .max
    let origin = Period(indicator.cadence, year: 1900)?.index ?? 0
    first = start.map { Period(indicator.cadence, containing: $0).index } ?? origin
    // The period of the next day is the first that ends after the day of receipt.
    last = Period(indicator.cadence, containing: receivedOn.adding(days: 1)).index - 1
  }

  /// Whether a value of so many millionths is in the indicator's range.
  @inline(__always)
  func allows(_ micros: Int64) -> Bool { micros >= minimum && micros <= maximum }

  /// What a period of the indicator's cadence is.
  @inline(__always)
  func standing(of index: Int32) -> Standing {
    index < first ? .beforeStart : index > last ? .future : .countable
  }

  /// The number of a countable period's unit, or -1.
  func unit(at index: Int32) -> Int {
    units.isEmpty ? -1 : Int(units[Int(index - first)])
  }

  /// The units of the file in order of period.
  var unitsInOrder: some Sequence<Int> { units.lazy.filter { $0 >= 0 }.map { Int($0) } }

  /// Gives a countable period's unit its number.
  mutating func setUnit(_ number: Int, at index: Int32) {
    if units.isEmpty { units = [Int32](repeating: -1, count: Int(last - first) + 1) }
    units[Int(index - first)] = Int32(number)
  }

  /// The number of the profile that a cell spells; `nil` when there is none.
  mutating func profile(_ cell: Cell, among known: [String]) -> Int? {
    if let position = profiles.meaning(of: cell) { return position < 0 ? nil : position }
    var names = profileNames ?? KnownNames(known)
    let position = names.position(of: cell)
    profileNames = names
    profiles.remember(cell, as: position ?? -1)
    return position
  }
}

/// One row of an indicator, understood.
struct StoredRow {
  var value: Int64 = 0
  /// In millionths; 0 when the row gives none.
  var weight: Int64 = 0
  var line: Int32
  /// The next row of the same unit, or -1.
  var next: Int32 = -1
  /// The profile's number; -1 is the total.
  var profile: Int32
  var decimals: Int8 = 0
  var evidence = Evidence.estimated
  var isApplicable = true
}

/// The rows of the file for one indicator and period.
struct UnitState {
  let indicator: Int
  let period: Period
  /// The number of its first and last rows.
  var first: Int32 = -1
  var last: Int32 = -1
  var count = 0
  /// The rows met: bit 0 is the total, then the first 63 profiles.
  var mask: UInt64 = 0
  /// Whether a row of it has an error: then nothing is said of its profiles or total.
  var isSpoiled = false
  /// Whether a row is not applicable.
  var hasGaps = false
}

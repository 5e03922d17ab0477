/// A moment in time, in microseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable {
  /// Microseconds since the epoch.
  public let microseconds: Int64

  /// The instant that many microseconds after the epoch.
  @inlinable
  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// Orders by time.
  @inlinable
  public static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The start of a day in UTC.
  public init(utc day: Day) { self.init(microseconds: Int64(day.number) * 86_400_000_000) }

  /// Reads RFC 3339: `2021-07-20T06:00:00Z`, with an optional fraction and any offset.
  ///
  /// - Returns: `nil` for anything else, and for fractions finer than a microsecond.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == 0x54 || bytes[10] == 0x74 || bytes[10] == 0x20,
      let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)),
      bytes[13] == 0x3A, bytes[16] == 0x3A,
      let hour = Instant.pair(bytes, 11), let minute = Instant.pair(bytes, 14),
      let second = Instant.pair(bytes, 17), hour < 24, minute < 60, second < 60
    else { return nil }
    var next = 19
    var fraction: Int64 = 0
    if bytes[next] == 0x2E {
      next += 1
      var digits = 0
      while next < bytes.count, (0x30...0x39).contains(bytes[next]), digits < 6 {
        fraction = fraction * 10 + Int64(bytes[next] - 0x30)
        digits += 1
        next += 1
      }
      guard digits > 0 else { return nil }
      for _ in digits..<6 { fraction *= 10 }
    }
    guard let offset = Instant.offsetMinutes(bytes[next...]) else { return nil }
    let minutes = Int64(day.number) * 1_440 + Int64(hour * 60 + minute - offset)
    // An offset must not lead out of the years that days have.
    guard Instant.years.contains(minutes) else { return nil }
    self.init(microseconds: (minutes * 60 + Int64(second)) * 1_000_000 + fraction)
  }

  /// The minutes of the years 1900…2999 in UTC.
  private static let years: Range<Int64> = {
    let (first, end) = (Day.date(1900, 1, 1), Day.date(3000, 1, 1))
    return Int64(first.number) * 1_440..<Int64(end.number) * 1_440
  }()

  private static func pair(_ bytes: [UInt8], _ at: Int) -> Int? {
    guard at + 1 < bytes.count, (0x30...0x39).contains(bytes[at]),
      (0x30...0x39).contains(bytes[at + 1])
    else { return nil }
    return Int(bytes[at] - 0x30) * 10 + Int(bytes[at + 1] - 0x30)
  }

  private static func offsetMinutes(_ rest: ArraySlice<UInt8>) -> Int? {
    let zone = Array(rest)
    if zone == [0x5A] || zone == [0x7A] { return 0 }
    guard zone.count == 6, zone[0] == 0x2B || zone[0] == 0x2D, zone[3] == 0x3A,
      let hours = pair(zone, 1), let minutes = pair(zone, 4), hours < 24, minutes < 60
    else { return nil }
    return (zone[0] == 0x2D ? -1 : 1) * (hours * 60 + minutes)
  }
}

extension Instant: CustomStringConvertible {
  /// The instant as RFC 3339 in UTC, with microseconds only where there are any.
  public var description: String {
    let (seconds, micros) = microseconds.flooredDivision(by: 1_000_000)
    let (days, second) = seconds.flooredDivision(by: 86_400)
    let clock = [second / 3_600, second / 60 % 60, second % 60]
      .map { padded(Int($0), to: 2) }.joined(separator: ":")
    let fraction = micros == 0 ? "" : "." + padded(Int(micros), to: 6)
    return "\(Day(number: Int32(clamping: days)))T\(clock)\(fraction)Z"
  }
}

extension Int64 {
  /// Quotient rounded down, and a remainder that is never negative.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// When a message that did not get through is tried again, and when it is given up (SPEC §9):
/// five minutes later, then 10, 20, 40, and every hour, for five days.
public enum DeliverySchedule {
  /// The wait after the first failure, in microseconds: five minutes.
  public static let firstDelay: Int64 = 300 * 1_000_000
  /// The longest wait, in microseconds: an hour.
  public static let longestDelay: Int64 = 3_600 * 1_000_000
  /// How long a message is tried, in microseconds: five days.
  public static let lifetime: Int64 = 432_000 * 1_000_000
  /// More doublings of the first wait than reach the longest, and fewer than overflow.
  public static let mostDoublings = 16

  /// The wait after so many failures, in microseconds.
  public static func delay(afterAttempts attempts: Int) -> Int64 {
    let doublings = min(max(attempts, 1) - 1, mostDoublings)
    return min(firstDelay << Int64(doublings), longestDelay)
  }

  /// When a message is tried again that has now failed so many times.
  public static func next(afterAttempts attempts: Int, at instant: Instant) -> Instant {
    Instant(microseconds: instant.microseconds + delay(afterAttempts: attempts))
  }

  /// Whether a message that has waited since an instant is given up.
  public static func isOver(waitingSince start: Instant, at instant: Instant) -> Bool {
    instant.microseconds - start.microseconds > lifetime
  }
}

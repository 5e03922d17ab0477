import Glibc
import JalonCore

/// The machine's clocks.
enum Clock {
  /// Now, to the microsecond.
  static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  /// An hour ago, in nanoseconds since 1970: a half-written file that is younger may be one that
  /// another process is writing just now.
  static var anHourAgo: Int64 { (now.microseconds - 3_600_000_000) * 1_000 }

  /// Nanoseconds since some moment; never goes back, whatever is done to the time of day.
  static var monotonic: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Sets the process's time zone.
  ///
  /// By the C library: `TimeZone` needs the whole of Foundation and its data.
  ///
  /// - Throws: a configuration failure for a zone that the machine does not know; the C library
  ///   itself would silently take UTC.
  static func setTimeZone(_ name: String) throws(Failure) {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "/"),
        UInt8(ascii: "+"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isPlain, !name.isEmpty, name == "UTC" || access("/usr/share/zoneinfo/" + name, R_OK) == 0
    else {
      throw Failure(
        .configuration,
        "timeZone '\(name)' is not known here: write it as Europe/Paris, and install tzdata")
    }
    setenv("TZ", name == "UTC" ? "UTC0" : name, 1)
    tzset()
  }

  /// The civil day of an instant in the process's time zone.
  @Sendable static func day(_ instant: Instant) -> Day {
    var seconds = time_t(instant.microseconds / 1_000_000)
    if instant.microseconds < 0, instant.microseconds % 1_000_000 != 0 { seconds -= 1 }
    var local = tm()
    localtime_r(&seconds, &local)
    return Day(
      year: Int(local.tm_year) + 1900, month: Int(local.tm_mon) + 1, day: Int(local.tm_mday))
      ?? Day(number: Int32(clamping: seconds / 86_400))
  }
}

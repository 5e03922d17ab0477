/// Whose files are taken next: every door has its turn, and none has more files a day than its
/// allowance.
///
/// A team, or whoever has its password, may send without end: that must neither hold up the others
/// nor fill the notebook, where every file that is read leaves a line for ever. A door may send a
/// day's files at once; then its next one is read when as much of a day has gone by as one file is
/// of the allowance. What has to wait stays in the depot: nothing is refused for it, nothing lost.
///
/// Times are monotonic nanoseconds, handed in. Nothing of it is kept over a restart.
public struct Turns: Sendable {
  /// How many files of one door come first, before those of the next.
  private static let share = 16
  private static let day: UInt64 = 86_400_000_000_000

  /// How many files a day one door may send.
  public var filesPerDay: Int
  /// When a door that sent files will have its whole allowance again.
  private var wholeAgain: [String: UInt64] = [:]
  /// When doors had their last turn, counted from 1.
  private var lastTurn: [String: Int] = [:]
  private var turn = 0

  /// Nobody has sent anything yet.
  public init(filesPerDay: Int) { self.filesPerDay = filesPerDay }

  private var interval: UInt64 { Self.day / UInt64(max(1, filesPerDay)) }

  // MARK: How many

  /// How many files of a door may be taken now.
  public func allowance(of door: String, at now: UInt64) -> Int {
    guard let whole = wholeAgain[door], whole > now else { return max(1, filesPerDay) }
    return Int((Self.day - min(Self.day, whole - now)) / interval)
  }

  /// When a door has an allowance for one file, as far as that is later than a moment.
  public func earliest(for door: String, from moment: UInt64) -> UInt64 {
    guard let whole = wholeAgain[door], whole + interval > Self.day else { return moment }
    return max(moment, whole + interval - Self.day)
  }

  /// Notes that a file of a door was taken.
  public mutating func take(_ door: String, at now: UInt64) {
    wholeAgain[door] = max(wholeAgain[door] ?? now, now) + interval
    turn += 1
    lastTurn[door] = turn
  }

  /// Forgets what no longer matters: allowances that are whole again, and who had a turn.
  public mutating func tidy(at now: UInt64) {
    wholeAgain = wholeAgain.filter { $0.value > now }
    lastTurn = [:]
  }

  // MARK: In which order

  /// Doors in the order of their turns: those that had none, in any order; then those whose last
  /// turn is longest ago.
  public func order(_ waiting: Set<String>) -> [String] {
    guard !lastTurn.isEmpty else { return Array(waiting) }
    var fresh: [String] = []
    var others: [(door: String, turn: Int)] = []
    for door in waiting {
      if let turn = lastTurn[door] { others.append((door, turn)) } else { fresh.append(door) }
    }
    return fresh + others.sorted { $0.turn < $1.turn }.map(\.door)
  }

  /// Deals out the files of some doors: a few of each first, so that one with thousands does not
  /// hold up one with a single file.
  ///
  /// - Returns: doors, each up to twice, in the order in which to take their files.
  public func deal<File>(
    _ doors: [(door: String, files: [File])]
  ) -> [(door: String, files: ArraySlice<File>)] {
    let inTurn = doors.sorted {
      (lastTurn[$0.door] ?? 0, $0.door) < (lastTurn[$1.door] ?? 0, $1.door)
    }
    return inTurn.map { ($0.door, $0.files.prefix(Self.share)) }
      + inTurn.filter { $0.files.count > Self.share }
      .map { ($0.door, $0.files.dropFirst(Self.share)) }
  }

  /// How many of so many files of one door count towards a batch that others are to have a part in.
  public static func weight(_ files: Int) -> Int { min(files, share) }
}

/// What stands in the ledger for the rows that the notebook keeps of one accepted file.
///
/// It is the SHA-256 of, in this order and in the notation of ``CanonicalForm``,
///
/// - the SHA-256 (32 bytes) of the rows about indicators, in the order kept, each of them:
///   indicator (text), period as printed (text, `2021-Q1`), profile (text, may be missing), value
///   and weight in millionths (numbers, may be missing), evidence (number: 0 estimated, 1 observed,
///   2 audited), line (number);
/// - the SHA-256 of the rows about milestones, in the order kept, each of them: milestone (text),
///   day it was reached, in days since 1970-01-01 (number, may be missing), line (number);
/// - the count of the ones, then of the others (numbers).
///
/// So that whoever has the tables, or the archived file, can compute it in a dozen lines.
public struct FactsDigest {
  private var indicators = SHA256()
  private var milestones = SHA256()
  /// Rows about indicators that wait to be hashed: a million rows pass here, and one at a time each
  /// would cost a buffer.
  private var waiting = CanonicalForm(capacity: 8_192)
  /// The period of the row before as it is printed: the rows of a unit have the same.
  private var period: (value: Period, text: String)?
  private var counts: (indicators: Int64, milestones: Int64) = (0, 0)

  /// The digest of no rows.
  public init() {}

  /// Adds the next row about an indicator.
  public mutating func add(indicator: String, _ value: Period, _ observation: Observation) {
    if period?.value != value { period = (value, value.description) }
    waiting.add(indicator)
    waiting.add(period?.text ?? "")
    waiting.add(observation.profile)
    waiting.add(observation.value?.micros)
    waiting.add(observation.weight?.micros)
    waiting.add(Int64(observation.evidence.rawValue))
    waiting.add(Int64(observation.line))
    if waiting.count > 4_096 { waiting.empty(into: &indicators) }
    counts.indicators += 1
  }

  /// Adds the next row about a milestone.
  public mutating func add(milestone: String, reached: Day?, line: Int32) {
    var form = CanonicalForm(capacity: 64)
    form.add(milestone)
    form.add(reached.map { Int64($0.number) })
    form.add(Int64(line))
    form.feed(&milestones)
    counts.milestones += 1
  }

  /// The digest.
  public var digest: Digest {
    var form = CanonicalForm(capacity: 80)
    var (rest, indicators) = (waiting, indicators)
    rest.empty(into: &indicators)
    form.add(indicators.finish())
    form.add(milestones.finish())
    form.add(counts.indicators)
    form.add(counts.milestones)
    return form.digest
  }

  /// The digest of a file's rows.
  public static func of(
    _ units: [(indicator: String, unit: ReportedUnit)], _ milestones: [MilestoneReach]
  ) -> Digest {
    var facts = FactsDigest()
    for (indicator, unit) in units {
      for observation in unit.observations {
        facts.add(indicator: indicator, unit.period, observation)
      }
    }
    for row in milestones {
      facts.add(milestone: row.milestone, reached: row.reached, line: row.source.line)
    }
    return facts.digest
  }
}

/// What stands in the ledger for what else the notebook keeps of a received file.
///
/// It is the SHA-256 of, in the notation of ``CanonicalForm``: the project's id, where the notebook
/// knows the project (text, may be missing); the file's name, byte for byte (bytes); the door it
/// came through (text, may be missing); the file's identity there (device, inode, size and
/// modification time: four numbers that may be missing, unsigned ones by their bits); the receipt's
/// JSON (text).
public enum RecordDigest {
  /// The digest.
  public static func of(
    project: String?, name: [UInt8], door: String?, identity: FileIdentity?, receipt: String
  ) -> Digest {
    of(
      project: project, name: name, door: door,
      identity: [
        identity.map { Int64(bitPattern: $0.device) }, identity.map { Int64(bitPattern: $0.inode) },
        identity?.size, identity?.modified,
      ], receipt: receipt)
  }

  /// The digest of columns as they stand.
  public static func of(
    project: String?, name: [UInt8], door: String?, identity: [Int64?], receipt: String
  ) -> Digest {
    var form = CanonicalForm(capacity: 256 + receipt.utf8.count)
    form.add(project)
    form.add(name)
    form.add(door)
    for number in identity { form.add(number) }
    form.add(receipt)
    return form.digest
  }
}

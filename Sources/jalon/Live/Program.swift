import Dispatch
import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonRound
import JalonStore

/// The program of one command: its configuration, and the world opened as needed.
final class Program {
  static let version = "0.1.0"

  let configuration: Configuration
  /// The file it came from, or `nil` when there is none and the defaults hold.
  let configurationFile: String?
  private var opened: Connection?

  /// Reads the configuration and sets the time zone.
  init(configurationFile given: String?) throws {
    let source = try ConfigurationFile.load(given)
    configuration = source.configuration
    configurationFile = source.path
    try Clock.setTimeZone(configuration.timeZone)
  }

  var language: Language { configuration.locale }

  var world: World {
    World(
      day: Clock.day,
      concurrently: { count, body in
        DispatchQueue.concurrentPerform(iterations: count, execute: body)
      }, language: language)
  }

  /// The notebook's connection, opened at the first use.
  func connection() throws -> Connection {
    if let opened { return opened }
    let connection = try NotebookFile(state: configuration.state).open()
    opened = connection
    return connection
  }

  /// Lets go of what the notebook's connection keeps for the next question.
  func releaseMemory() { opened?.releaseMemory() }

  /// The round's port to the notebook.
  func notebook() throws -> Notebook {
    LiveNotebook.port(try connection(), head: HeadFile(state: configuration.state))
  }

  /// The round's port to the archive.
  func archive() throws -> ReportArchive {
    let archive = try Archive(path: configuration.state + "/archive")
    return ReportArchive(
      store: { try archive.store($0, digest: $1.hexadecimal, durable: false) },
      sync: { try archive.sync() }, remove: { _ = try archive.remove($0.hexadecimal) })
  }

  /// How people are told.
  var telling: TellingSettings { TellingSettings(configuration) }

  /// How decisions are made.
  var terms: Deciding.Terms { Deciding.Terms(configuration) }

  /// Who is at the keyboard, as the operating system knows them.
  static var user: String {
    var record = passwd()
    var buffer = [CChar](repeating: 0, count: 4096)
    var found: UnsafeMutablePointer<passwd>?
    let code = getpwuid_r(geteuid(), &record, &buffer, buffer.count, &found)
    guard code == 0, found != nil, let name = record.pw_name else { return "uid \(geteuid())" }
    return String(cString: name)
  }

  /// What a question is about: the day judged, and what was known.
  struct Question {
    let asOf: Day
    let knownAt: Instant
    /// Whether the answer is about today with all that is known, so that it may be recorded.
    let isPresent: Bool
    /// Whether what is known is everything known now.
    let knowsAll: Bool
  }

  /// The question that `--as-of` and `--known-at` ask (SPEC §4): by default now, on its civil day.
  func question(_ asOf: Day?, _ knownAt: Instant?) -> Question {
    let now = Clock.now
    let instant = knownAt ?? now
    let day = asOf ?? Clock.day(instant)
    return Question(
      asOf: day, knownAt: instant, isPresent: knownAt == nil && day == Clock.day(now),
      knowsAll: knownAt == nil)
  }

  /// An evaluation that answers a question.
  func evaluation(_ question: Question) throws -> Evaluation {
    try Evaluation(
      notebook(), world, asOf: question.asOf, knownAt: question.knownAt,
      isPresent: question.knowsAll)
  }
}

extension Deciding.Terms {
  /// As a configuration asks for them.
  init(_ configuration: Configuration) {
    self.init(
      secondPerson: configuration.decisions.secondPerson,
      telling: TellingSettings(configuration))
  }
}

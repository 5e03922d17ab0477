import Glibc
import JalonCore

/// The words after a command, sorted into options and the rest.
struct Arguments {
  /// The words that are not options, in order.
  private(set) var words: [String] = []
  /// The same as the bytes that were given: a file's name need not be text.
  private(set) var rawWords: [[UInt8]] = []
  private var flags: Set<String> = []
  private var values: [String: [String]] = [:]

  /// Sorts words by what a command says it takes.
  ///
  /// - Throws: a usage failure for an unknown option, with the nearest known one, for a missing
  ///   value, and for too many or too few words.
  init(_ arguments: some Sequence<String>, for help: CommandHelp) throws(Failure) {
    var rest = Array(arguments)[...]
    var onlyWords = false
    while let argument = rest.popFirst() {
      if onlyWords || argument == "-" || !argument.hasPrefix("-") {
        words.append(argument)
        rawWords.append(Arguments.bytes(of: argument, before: rest.count))
        continue
      }
      if argument == "--" {
        onlyWords = true
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      guard let option = help.option(parts[0]) else {
        throw Arguments.unknown(parts[0], help)
      }
      guard option.value != nil else {
        guard parts.count == 1 else {
          throw Failure(.usage, "\(option.name) takes no value (\(help.usageLine))")
        }
        flags.insert(option.name)
        continue
      }
      guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
        throw Failure(.usage, "\(option.name) needs a value (\(help.usageLine))")
      }
      values[option.name, default: []].append(value)
    }
    guard help.words.contains(words.count) else {
      throw Failure(.usage, "\(help.name) takes other words: \(help.usageLine)")
    }
  }

  /// The bytes of one of the process's arguments, found by how many come after it.
  private static func bytes(of argument: String, before later: Int) -> [UInt8] {
    let index = Int(CommandLine.argc) - 1 - later
    guard index > 0, let given = CommandLine.unsafeArgv[index] else { return Array(argument.utf8) }
    let bytes = UnsafeBufferPointer(start: given, count: strlen(given)).map(UInt8.init(bitPattern:))
    return String(decoding: bytes, as: UTF8.self) == argument ? bytes : Array(argument.utf8)
  }

  private static func unknown(_ name: String, _ help: CommandHelp) -> Failure {
    let known = help.allOptions.map(\.name)
    let hint = nearestName(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
    return Failure(.usage, "\(help.name) has no option '\(name)'\(hint) (\(help.usageLine))")
  }

  /// Whether a flag was given.
  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// Whether an option was given, flag or not.
  func given(_ option: String) -> Bool { has(option) || values[option] != nil }

  /// Every value given to an option.
  func all(_ option: String) -> [String] { values[option] ?? [] }

  /// The value of an option given at most once.
  func one(_ option: String) throws(Failure) -> String? {
    let given = all(option)
    guard given.count < 2 else { throw Failure(.usage, "\(option) may be given only once") }
    return given.first
  }

  /// The value of an option that has to be given.
  func needed(_ option: String, for purpose: String) throws(Failure) -> String {
    guard let value = try one(option), !value.isEmpty else {
      throw Failure(.usage, "\(option) is needed: \(purpose)")
    }
    return value
  }

  /// A civil date given to an option.
  func day(_ option: String) throws(Failure) -> Day? {
    guard let text = try one(option) else { return nil }
    guard let day = Day(text) else {
      throw Failure(.usage, "\(option) '\(text)' is not a date: write it as 2021-06-30")
    }
    return day
  }

  /// An instant given to an option.
  func instant(_ option: String) throws(Failure) -> Instant? {
    guard let text = try one(option) else { return nil }
    guard let instant = Instant(text) else {
      throw Failure(
        .usage, "\(option) '\(text)' is not an instant: write it as 2021-07-20T06:00:00Z")
    }
    return instant
  }
}

import Glibc
import JalonCore
import JalonDisk
import JalonMail
import JalonRound
import JalonStore

/// From the words of the command line to an exit status.
enum Entry {
  static func run(_ arguments: [String]) -> ExitStatus {
    do {
      return try dispatch(arguments)
    } catch {
      let failure = Failure(error)
      Output.complain("jalon: " + failure.message)
      return failure.status
    }
  }

  private static func dispatch(_ arguments: [String]) throws -> ExitStatus {
    var rest = arguments[...]
    var configuration: String?
    while let option = rest.first, option.hasPrefix("-") {
      rest.removeFirst()
      switch option {
      case "--help", "-h":
        try Output.write(HelpCommand.overview)
        return .done
      case "--version":
        try Output.write("jalon \(Program.version)\n")
        return .done
      case "--config":
        guard let file = rest.popFirst() else { throw Failure(.usage, "--config needs a file") }
        configuration = file
      case let other where other.hasPrefix("--config="):
        configuration = String(other.dropFirst("--config=".count))
      default: throw Failure(.usage, "unknown option '\(option)' (see 'jalon --help')")
      }
    }
    guard let name = rest.popFirst() else {
      throw Failure(.usage, "which command? (see 'jalon --help')")
    }
    return try run(name, Array(rest), configuration: configuration)
  }

  private static func run(
    _ name: String, _ rest: [String], configuration: String?
  ) throws -> ExitStatus {
    let command = commands.first { $0.help.name == name }
    guard let help = command?.help ?? everyHelp.first(where: { $0.name == name }) else {
      throw Failure.unknownCommand(name)
    }
    let ahead = rest.prefix { $0 != "--" }
    if ahead.contains("--help") || ahead.contains("-h") {
      try Output.write(help.text)
      return .done
    }
    let parsed = try Arguments(rest, for: help)
    let file = try parsed.one("--config") ?? configuration
    guard let command else { return try HelpCommand.run(parsed, configuration: file) }
    let prepared = try command.init(parsed)
    return try prepared.run(Program(configurationFile: file))
  }
}

extension Failure {
  /// What an error means to whoever typed the command.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as RoundError: self.init(error.status, error.description)
    case let error as DecidingError: self.init(error.status, error.description)
    case let error as StoreError: self.init(error.status, error.advice)
    case let error as DiskError: self.init(.inputOutput, error.advice)
    case let error as MailError: self.init(error.status, error.advice)
    case let error as FileFailure: self.init(.noInput, error.description)
    case is ComputedOverflow:
      self.init(.internalError, "a figure computed from the reports is too large to be exact")
    default: self.init(.internalError, "\(error)")
    }
  }
}

extension DecidingError {
  var status: ExitStatus {
    switch self {
    case .verdictChanged, .alreadyDecided, .samePerson: .finding
    default: .usage
    }
  }
}

extension RoundError {
  var status: ExitStatus {
    switch self {
    case .nothingAdopted: .configuration
    case .unknownProject, .unknownPhase, .receivedBefore: .usage
    case .unreadableVersion: .internalError
    }
  }
}

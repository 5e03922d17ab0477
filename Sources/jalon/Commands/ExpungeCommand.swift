import JalonCore
import JalonFormats
import JalonRound

/// `jalon expunge`: removes the bytes of one archived file.
struct ExpungeCommand: Command {
  static let help = CommandHelp(
    name: "expunge", summary: "Remove the bytes of one archived file; leaves a tombstone.",
    synopsis: "SHA256 --by WHO --reason WHY", words: 1...1, options: Officer.options,
    details:
      "For personal data sent by mistake. That the file came, when, from whom, and the rows\n"
      + "that counted stay; the same bytes are not archived again.",
    example: "jalon expunge 5f70bf18… --by 'C. Roux' --reason 'données personnelles'")

  private let digest: Digest
  private let officer: Officer

  init(_ arguments: Arguments) throws(Failure) {
    guard let digest = Digest(hexadecimal: arguments.words[0].lowercased()) else {
      throw Failure(.usage, "a SHA-256 has 64 hexadecimal digits: jalon explain shows it")
    }
    self.digest = digest
    officer = try Officer(arguments)
  }

  func run(_ program: Program) throws -> ExitStatus {
    guard let project = try program.notebook().acts.projectsWith(digest).first else {
      throw DecidingError.unknownFile(digest)
    }
    // Asked for again after a crash between the two, only the bytes are left to remove.
    if try program.notebook().acts.isExpunged(digest) {
      try ExpungeCommand.remove(digest, program)
      return .done
    }
    let act = try officer.perform(.expunge(digest), about: project, in: program)
    try ExpungeCommand.remove(act, program)
    return .done
  }

  /// Removes the bytes that an act in effect speaks of.
  static func remove(_ act: OfficerAct, _ program: Program) throws {
    guard case .expunge(let digest) = act.deed, act.effective != nil else { return }
    try remove(digest, program)
  }

  private static func remove(_ digest: Digest, _ program: Program) throws {
    try program.archive().remove(digest)
  }
}

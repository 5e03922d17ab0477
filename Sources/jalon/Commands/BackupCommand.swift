import JalonDisk
import JalonFormats
import JalonStore

/// `jalon backup`: a consistent copy of the notebook while others write.
struct BackupCommand: Command {
  static let help = CommandHelp(
    name: "backup", summary: "Write a consistent copy of the notebook, while the daemon runs.",
    synopsis: "FILE", words: 1...1,
    details:
      "The archive beside it is made of files that never change: copy it after the notebook.",
    example: "jalon backup /var/backups/jalon-2021-07-20.sqlite")

  private let file: String

  init(_ arguments: Arguments) { file = arguments.words[0] }

  func run(_ program: Program) throws -> ExitStatus {
    let folder = try Folder.open(PathName.folder(of: file))
    try program.connection().backup(to: file)
    // A copy that a power cut takes back is none.
    try folder.syncFileSystem()
    do {
      try ServiceCensus.noteBackup(state: program.configuration.state)
    } catch {
      Output.complain("jalon: the copy is whole; that it was made could not be noted: \(error)")
    }
    return .done
  }
}

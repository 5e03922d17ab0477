import JalonDisk
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
    let path = PathName.folder(of: file)
    let folder = try Folder.open(path)
    guard let name = FileName(PathName.last(of: file).utf8), try folder.stamp(of: name) == nil
    else {
      throw taken
    }
    // What killed ones have left.
    try AtomicFile.removeLeftovers(in: folder, modifiedBefore: Clock.anHourAgo, limit: 100)
    let part = AtomicFile.privateName()
    do {
      try program.connection().backup(to: "\(path)/\(part)")
      guard try AtomicFile.publish(part, as: name, in: folder) else { throw taken }
    } catch {
      _ = try? folder.remove(part)
      throw error
    }
    return .done
  }

  private var taken: Failure {
    Failure(.usage, "\(file) is there already, and a backup never overwrites: name another file")
  }
}

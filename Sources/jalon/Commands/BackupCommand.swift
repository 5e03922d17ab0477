import JalonDisk
import JalonFormats
import JalonStore

/// `jalon backup`: a consistent copy of the notebook while others write.
struct BackupCommand: Command {
  static let help = CommandHelp(
    name: "backup", summary: "Write a consistent copy of the notebook, while the daemon runs.",
    synopsis: "FILE | [--keep N] FOLDER", words: 1...1,
    options: [.init("--keep", "N", "in a folder: remove all but the newest N dated copies")],
    details: """
      In a folder that exists the copy is named by its instant, as jalon-2021-07-20T013000Z.sqlite,
      and its path is printed; older copies go only when the new one is on disk.
      The archive beside the notebook is made of files that never change: copy it after the notebook.
      """,
    example: "jalon backup --keep 14 /var/backups/jalon")

  private let path: String
  private let keep: Int?

  init(_ arguments: Arguments) throws(Failure) {
    path = arguments.words[0]
    keep = try arguments.one("--keep").map { text throws(Failure) in
      guard let count = Int(text), (1...10_000).contains(count) else {
        throw Failure(.usage, "--keep '\(text)' is not a number of copies from 1 to 10000")
      }
      return count
    }
  }

  func run(_ program: Program) throws -> ExitStatus {
    guard let dated = try BackupFolder(path) else {
      guard keep == nil else {
        throw Failure(.noInput, "--keep needs a folder that exists: make \(path) first")
      }
      try write(program)
      note(program)
      return .done
    }
    let made = try dated.add(at: Clock.now) { try program.connection().backup(to: $0) }
    note(program)
    if let keep { try dated.drop(keeping: keep, besides: made) }
    try Output.write(made + "\n")
    return .done
  }

  /// Notes when a copy was made, for whoever watches the service.
  private func note(_ program: Program) {
    do {
      try ServiceCensus.noteBackup(state: program.configuration.state)
    } catch {
      Output.complain("jalon: the copy is whole; that it was made could not be noted: \(error)")
    }
  }

  /// Writes a copy under a name that it has only once it is whole and on the disk.
  private func write(_ program: Program) throws {
    let place = PathName.folder(of: path)
    let folder = try Folder.open(place)
    let last = FileName(PathName.last(of: path).utf8)
    guard let name = last, try folder.stamp(of: name) == nil else { throw taken }
    // What killed ones have left.
    try AtomicFile.removeLeftovers(in: folder, modifiedBefore: Clock.anHourAgo, limit: 100)
    let part = AtomicFile.privateName()
    do {
      try program.connection().backup(to: "\(place)/\(part)")
      guard try AtomicFile.publish(part, as: name, in: folder) else { throw taken }
    } catch {
      _ = try? folder.remove(part)
      throw error
    }
  }

  private var taken: Failure {
    Failure(.usage, "\(path) is there already, and a backup never overwrites: name another file")
  }
}

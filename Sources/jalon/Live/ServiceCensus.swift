import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonStore

/// Gathers what can be seen of the service, beside a daemon or without one, and changes nothing.
enum ServiceCensus {
  /// How long a notebook that is being written is waited for, in milliseconds.
  private static let patience: Int32 = 30_000
  /// Where a finished backup is noted, in the state's folder.
  static let backupNote = "backup.last"

  static func facts(_ program: Program) throws -> ServiceFacts {
    var facts = ServiceFacts(version: Program.version, now: Clock.now)
    let configuration = program.configuration
    if access(configuration.state, F_OK) == 0 {
      let state = try Folder.open(configuration.state)
      let database = try FileName("jalon.sqlite").flatMap { try state.stamp(of: $0) }
      facts.databaseBytes = database?.size ?? 0
      if database != nil { facts.census = try census(configuration.state + "/jalon.sqlite") }
      facts.lastBackup = lastBackup(configuration.state)
    }
    facts.depots = try DepotLook(doors: configuration.doors, program.world).depots
    facts.spaces = try [("state", configuration.state), ("doors", configuration.doors)]
      .compactMap { try space($0, $1) }
    return facts
  }

  private static func census(_ path: String) throws -> NotebookCensus {
    do {
      return try Connection(path: path, readOnly: true, patience: patience).census()
    } catch StoreError.readOnly {
      // Reading fails so only where a journal waits to be played back, which would be writing.
      throw Failure(
        .tryAgain,
        "a process was killed while it wrote the notebook; whoever writes next, as the daemon does "
          + "at its start, puts that right: try again")
    }
  }

  private static func space(_ word: String, _ path: String) throws -> ServiceFacts.Space? {
    guard access(path, F_OK) == 0 else { return nil }
    let space = try FileSystemSpace(around: Folder.open(path))
    return ServiceFacts.Space(
      folder: word, size: space.size, free: space.free, freeFiles: space.freeFiles)
  }

  private static func lastBackup(_ state: String) -> Instant? {
    guard let bytes = try? readFile("\(state)/\(backupNote)", limit: 100) else { return nil }
    return Instant(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
  }

  /// Notes that a backup is finished; monitoring looks at nothing else of it.
  static func noteBackup(state: String) throws {
    guard let name = FileName(backupNote) else { return }
    // For whoever monitors, though another user may have made the backup.
    try AtomicFile.write(
      Array("\(Clock.now)\n".utf8), to: name, in: Folder.open(state), mode: 0o644, durable: false)
  }
}

import Glibc
import JalonDisk
import JalonStore

/// The notebook's file in the state folder, and when it must not be opened.
struct NotebookFile {
  /// Bytes up to which the daemon reads all of it before it begins: half a gigabyte takes seconds.
  private static let checkedLimit: Int64 = 512 << 20

  /// The state folder.
  private let state: String
  private var path: String { state + "/jalon.sqlite" }

  /// The notebook of a state folder.
  init(state: String) { self.state = state }

  /// Opens it, and makes folder and notebook where there never was one.
  ///
  /// - Throws: a failure where there was one and it is gone: a new one would begin again at number
  ///   one, and take files as new that were counted long ago.
  func open() throws -> Connection {
    _ = try Folder.openOrCreate(state)
    if size == 0, case .head = try HeadFile(state: state).read() {
      throw Failure(
        .inputOutput,
        "\(path) is gone or empty, though \(state)/ledger.head tells that there was one; "
          + StoreError.restoring + ". To begin anew instead, remove ledger.head, too")
    }
    return try Connection(path: path)
  }

  /// Looks whether it can be written, and reads all of it, unless it is very large: before a daemon
  /// takes files that it could not enter, or would enter into a damaged one.
  ///
  /// - Throws: `readOnly`; `corrupt` with the first damage.
  func check(_ connection: Connection) throws {
    guard !connection.isReadOnly else { throw StoreError.readOnly(doing: "opening \(path)") }
    guard size <= NotebookFile.checkedLimit else {
      return Log.notice("\(path) is too large to be checked at each start: run 'jalon verify'")
    }
    guard let damage = try connection.damages(limit: 1).first else { return }
    throw StoreError.corrupt(message: "\(path): \(damage)", doing: "checking the notebook")
  }

  /// Its bytes; 0 where there is none.
  private var size: Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}

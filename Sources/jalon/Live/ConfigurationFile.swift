import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonPages

/// Finds and reads the configuration.
enum ConfigurationFile {
  /// Bytes a configuration may have.
  private static let limit = 1_000_000

  /// The configuration of `--config`, else of `JALON_CONFIG`, else `/etc/jalon/jalon.json`, else
  /// every default.
  ///
  /// - Throws: status 66 for a file that was named and is not there, 78 for one that is wrong.
  static func load(
    _ given: String?
  ) throws -> (configuration: Configuration, path: String?) {
    let named = given ?? getenv("JALON_CONFIG").map { String(cString: $0) }
    let standard = "/etc/jalon/jalon.json"
    guard let path = named ?? (access(standard, F_OK) == 0 ? standard : nil) else {
      return (Configuration().resolved(against: PathName.current), nil)
    }
    let bytes: [UInt8]
    do {
      bytes = try readFile(path, limit: limit)
    } catch {
      throw Failure(.noInput, "the configuration \(path) cannot be read: \(error)")
    }
    let decoded = decodeConfiguration(bytes, file: path)
    guard let configuration = decoded.value, decoded.problems.isEmpty else {
      let lines = decoded.problems.map { ProblemsPage.line($0, in: .english) }
      throw Failure(.configuration, "the configuration is wrong:\n" + lines.joined(separator: "\n"))
    }
    return (configuration.resolved(against: PathName.folder(of: path)), path)
  }
}

/// Paths as text.
enum PathName {
  /// The process's own folder.
  static var current: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// The folder that a file lies in, from the root.
  static func folder(of path: String) -> String {
    let whole = path.hasPrefix("/") ? path : current + "/" + path
    guard let slash = whole.lastIndex(of: "/") else { return "/" }
    return slash == whole.startIndex ? "/" : String(whole[..<slash])
  }

  /// A path without its last part.
  static func parent(of path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// The last part of a path.
  static func last(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// Reads a whole file, however it is named; for what an administrator names, not for depots.
func readFile(_ path: String, limit: Int) throws -> [UInt8] {
  var bytes: [UInt8] = []
  try readPieces(Array(path.utf8)) { piece in
    guard bytes.count + piece.count <= limit else { throw FileFailure(code: EFBIG, path: path) }
    bytes += piece
  }
  return bytes
}

/// Reads a file, or standard input for `-`, in pieces of at most 64 KiB.
func readPieces(_ name: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
  let path = FileName.escaping(name)
  let file =
    path == "-"
    ? dup(STDIN_FILENO) : open(name.map(CChar.init(bitPattern:)) + [0], O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw FileFailure(code: errno, path: path) }
  defer { close(file) }
  try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
    while true {
      let count = read(file, buffer.baseAddress, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileFailure(code: errno, path: path) }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}

/// A file that could not be read.
struct FileFailure: Error, CustomStringConvertible {
  let code: Int32
  let path: String

  var description: String {
    strerror(code).map { "\(path): \(String(cString: $0))" } ?? path
  }
}

import JalonCore
import JalonRound

/// A report file that somebody names at the shell.
enum ShellFile {
  /// The file's bytes, or its size and digest when it has more than the limit.
  ///
  /// - Throws: status 66 when it cannot be read.
  static func read(_ path: [UInt8], limit: Int) throws -> Arrival.Content {
    var bytes: [UInt8] = []
    var hash = SHA256()
    var size = 0
    do {
      try readPieces(path) { piece in
        hash.update(piece)
        size += piece.count
        if size <= limit { bytes += piece } else { bytes = [] }
      }
    } catch {
      throw Failure(.noInput, "\(error)")
    }
    let digest = hash.finish()
    return size <= limit ? .bytes(bytes, digest) : .tooLarge(size, digest, limit: limit)
  }
}

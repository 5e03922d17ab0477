import Glibc

/// The system calls of this module that need more care than one line.
enum SystemCalls {
  /// How often a call that a signal interrupts is tried again: a bound, never met in practice.
  private static let interruptions = 1000

  /// Tries again what a signal interrupted; `nil` and the `errno` tell success and failure apart.
  static func retrying<Number: SignedInteger>(_ call: () -> Number) -> Result<Number, Failure> {
    for _ in 0..<interruptions {
      let result = call()
      if result >= 0 { return .success(result) }
      if errno != EINTR { break }
    }
    return .failure(Failure(code: errno))
  }

  /// The `errno` of a call that failed.
  struct Failure: Error {
    let code: Int32

    func during(_ action: String, _ path: String, kind: DiskError.Kind = .failed) -> DiskError {
      DiskError(kind: kind, code: code, action: action, path: path)
    }
  }

  /// Fills the buffer from the file, over short reads; fewer bytes than it holds mean the file's
  /// end.
  static func readAll(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
  ) -> Result<Int, Failure> {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      switch retrying({ Glibc.read(descriptor, rest.baseAddress, rest.count) }) {
      case .success(0): return .success(filled)
      case .success(let count): filled += count
      case .failure(let failure): return .failure(failure)
      }
    }
    return .success(filled)
  }

  /// Makes the bytes of a file, or the names of a folder, survive a power cut.
  static func sync(_ descriptor: Int32, _ path: String) throws(DiskError) {
    if case .failure(let failure) = retrying({ fsync(descriptor) }) {
      throw failure.during("syncing", path, kind: .syncFailed)
    }
  }

  /// The status of an open file.
  static func stamp(of descriptor: Int32, _ path: String) throws(DiskError) -> FileStamp {
    var status = stat()
    if case .failure(let failure) = retrying({ fstat(descriptor, &status) }) {
      throw failure.during("looking at", path)
    }
    return FileStamp(status)
  }

  /// A path given as text: a NUL inside would silently cut it short.
  static func check(_ path: String, _ action: String) throws(DiskError) {
    guard !path.utf8.contains(0), !path.isEmpty else {
      throw DiskError(code: EINVAL, action: action, path: FileName.escaping(path.utf8))
    }
  }

  /// Sixteen random hexadecimal digits, for a name that nobody else uses.
  static func randomToken() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

import Glibc

/// Writes every byte to an open descriptor, and says when it cannot: a full disk is an error.
///
/// Goes on after short writes, signals, and a descriptor that is not ready; a reader who takes
/// nothing for a minute ends it with `EAGAIN`. `SIGPIPE` has to be ignored by the program for
/// `EPIPE` to come.
///
/// - `path`: what to call the descriptor in the error, as in "standard output".
public func writeAll(
  _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, path: String
) throws(DiskError) {
  var rest = bytes
  while !rest.isEmpty {
    switch SystemCalls.retrying({ write(descriptor, rest.baseAddress, rest.count) }) {
    case .success(let count):
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    case .failure(let failure) where failure.code == EAGAIN:
      var readiness = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let minute: Int32 = 60_000
      guard case .success(1...) = SystemCalls.retrying({ poll(&readiness, 1, minute) }) else {
        throw failure.during("writing to", path)
      }
    case .failure(let failure):
      throw failure.during("writing to", path)
    }
  }
}

/// Writes every byte to an open descriptor, and says when it cannot: a full disk is an error.
///
/// - `path`: what to call the descriptor in the error, as in "standard output".
public func writeAll(
  _ descriptor: Int32, _ bytes: [UInt8], path: String
) throws(DiskError) {
  let result = bytes.withUnsafeBytes { buffer in
    Result { () throws(DiskError) in try writeAll(descriptor, buffer, path: path) }
  }
  try result.get()
}

import Glibc
import JalonDisk

/// Standard output, and what kind of terminal it is.
///
/// Everything written is checked: a full disk must not end in status 0.
enum Output {
  /// Writes a text to standard output.
  static func write(_ text: String) throws(DiskError) { try write(Array(text.utf8)) }

  /// Writes bytes to standard output.
  static func write(_ bytes: [UInt8]) throws(DiskError) {
    try writeAll(STDOUT_FILENO, bytes, path: "standard output")
  }

  /// Writes a line to standard error; there is nobody to tell when that fails.
  static func complain(_ line: String) {
    try? writeAll(STDERR_FILENO, Array((line + "\n").utf8), path: "standard error")
  }

  /// The width of the terminal, or 100 when standard output is none.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else { return 100 }
    return Int(size.ws_col)
  }

  /// Whether a progress bar may be drawn.
  static var drawsProgress: Bool { isatty(STDERR_FILENO) == 1 && getenv("TERM") != nil }

  /// Draws a progress bar over the last one.
  static func progress(_ done: Int, of total: Int, _ what: String) {
    guard drawsProgress, total > 0 else { return }
    let filled = 30 * done / total
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
    let end = done == total ? "\r\u{1B}[K" : ""
    let line = "\r[\(bar)] \(done)/\(total) \(what)" + end
    try? writeAll(STDERR_FILENO, Array(line.utf8), path: "standard error")
  }
}

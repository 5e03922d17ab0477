/// The daemon's log: one line a fact on standard error, with the priority that journald reads.
enum Log {
  static func error(_ line: String) { write("<3>", line) }
  static func warning(_ line: String) { write("<4>", line) }
  static func notice(_ line: String) { write("<5>", line) }
  static func info(_ line: String) { write("<6>", line) }

  private static func write(_ priority: String, _ line: String) {
    // A line end inside would begin a fact of its own.
    let flat = line.split(whereSeparator: \.isNewline).joined(separator: " | ")
    Output.complain(priority + flat)
  }
}

import JalonCore
import JalonDisk
import JalonPages

/// `jalon export`: what the service is like, for those who monitor it.
struct ExportCommand: Command {
  static let help = CommandHelp(
    name: "export", summary: "Write metrics for Prometheus.",
    synopsis: "--format prom [--out DIR]", words: 0...0,
    options: [
      .init("--format", "prom", "Prometheus' text format"),
      .init(
        "--out", "DIR", "write DIR/jalon.prom, whole or not at all, instead of standard output"),
    ],
    details: "For node_exporter's textfile collector. It only reads; the daemon may be at work.",
    example: "jalon export --format prom --out /var/lib/prometheus/node-exporter")

  /// The file in DIR.
  private static let name = "jalon.prom"
  /// Files begun and not finished that one run removes.
  private static let leftoverLimit = 100

  private let folder: String?

  init(_ arguments: Arguments) throws(Failure) {
    let format = try arguments.needed("--format", for: Self.help.usageLine)
    guard format == "prom" else {
      throw Failure(
        .usage, "--format '\(format)': only 'prom' can be written (\(Self.help.usageLine))")
    }
    folder = try arguments.one("--out")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let text = MetricsPage(try ServiceCensus.facts(program)).text
    guard let folder, let name = FileName(Self.name) else {
      try Output.write(text)
      return .done
    }
    let open = try Folder.open(folder)
    try AtomicFile.write(Array(text.utf8), to: name, in: open, mode: 0o644, durable: false)
    // What runs that were killed have left; an hour: another one may be writing just now.
    let anHourAgo = (Clock.now.microseconds - 3_600_000_000) * 1_000
    try AtomicFile.removeLeftovers(
      in: open, modifiedBefore: anHourAgo, limit: Self.leftoverLimit)
    return .done
  }
}

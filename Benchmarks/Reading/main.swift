import Glibc
import JalonCore
import JalonFormats

/// Measures reading and validating alone: no archive, no notebook, no receipts.
///
/// `JalonBenchmarks PROGRAMME.json PROJECT.json FILE…` reads report files one after another, each by
/// a reader of its own, as the intake does, and prints rows a second. Files of any project are held
/// against that one plan.
enum Reading {
  static func run(_ arguments: [String]) -> Int32 {
    guard arguments.count > 3, let plan = plan(arguments[1], arguments[2]) else {
      print("usage: JalonBenchmarks PROGRAMME.json PROJECT.json FILE…")
      return 64
    }
    let context = ProjectContext(plan: plan, knowledge: Knowledge())
    let start = ContinuousClock.now
    var rows = 0
    for path in arguments.dropFirst(3) {
      guard let bytes = contents(path) else { return 66 }
      let id = String(path.split(separator: "/").last?.prefix { $0 != "." } ?? "")
      let told = id.hasPrefix("large") ? plan.project.id : id
      let reader = ReportReader(toldProject: told, receivedOn: today) { _ in context }
      let report = reader.read(bytes)
      guard report.isAccepted else {
        print("\(path): \(report.errors.first?.message.english ?? "refused")")
        return 1
      }
      rows += report.rows
    }
    let time = start.duration(to: .now)
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    print("\(rows) rows in \(seconds) s")
    return 0
  }

  /// Later than everything in the files.
  private static let today = Day(number: 20_000)

  private static func plan(_ programme: String, _ project: String) -> Plan? {
    guard let programmeBytes = contents(programme), let projectBytes = contents(project),
      let programme = decodeProgramme(programmeBytes, file: programme).value,
      let project = decodeProject(projectBytes, file: project).value
    else { return nil }
    return Plan(project: project, programme: programme)
  }

  private static func contents(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    let size = Int(status.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, read(file, buffer.baseAddress, size))
    }
    return bytes.count == size ? bytes : nil
  }
}

exit(Reading.run(CommandLine.arguments))

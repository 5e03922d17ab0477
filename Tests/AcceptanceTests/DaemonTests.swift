import Foundation
import Testing

@Suite("The daemon's life", .serialized)
struct DaemonTests {
  private let report = SmallPortfolio.report()

  @Test("ends with status 0 on either signal, and says so", arguments: [SIGTERM, SIGINT])
  func ends(signal: Int32) async throws {
    try await Daemon.serving(.adopted()) { daemon in
      let status = try await daemon.end(signal)
      #expect(status == 0)
      #expect(try daemon.log.last?.contains("stopped") == true)
    }
  }

  @Test("a signal at any moment of the start ends it, too", arguments: [0, 5, 10, 20, 30, 40, 50])
  func endsEarly(milliseconds: Int) async throws {
    let daemon = try Daemon(try await Installation.adopted())
    try await Task.sleep(for: .milliseconds(milliseconds))
    let status = try await daemon.end(SIGTERM)
    // By the signal itself, before the program takes it.
    #expect(status == 0 || status == 128 + SIGTERM)
  }

  @Test("told to end under a backlog, it ends what it began; the next start takes the rest, once")
  func backlog() async throws {
    let projects = (1...20).map { "A\($0)" }
    let installation = try await Installation.adopted(projects, intake: Installation.eventsOnly)
    try await Daemon.serving(installation) { _ in }
    let doors = projects.map {
      Door(installation.doors.appendingPathComponent($0), desk: installation.folder)
    }
    for number in 0..<100 {
      for door in doors {
        try door.write(SmallPortfolio.report(120, comment: "n° \(number)"), to: "\(number).csv")
      }
    }
    // The signal waits for the daemon from its first moment, so that it comes with the first batch
    // however fast the machine is.
    let daemon = try blocking(SIGTERM) { try Daemon(installation) }
    #expect(try await daemon.end(SIGTERM) == 0)
    #expect(try daemon.log.last?.contains("stopped") == true)
    let left = try doors.map { try $0.waiting().count }.reduce(0, +)
    let receipts = try doors.map { try $0.receiptNames().count }.reduce(0, +)
    // A batch has 256 files; it may have begun another one.
    #expect((2_000 - 2 * 256..<2_000).contains(left), "\(left) are left")
    #expect(receipts == 2 * (2_000 - left))
    let unfinished = "SELECT count(*), sum(pending) FROM submission"
    #expect(try installation.query(unfinished) == "\(2_000 - left)|0")

    try await Daemon.serving(installation) { _ in
      for door in doors { try await door.empty(within: 120) }
    }
    for door in doors { #expect(try door.receiptNames().count == 200) }
    let counts = "SELECT count(*), count(DISTINCT sha256), sum(status = 'accepted') FROM submission"
    #expect(try installation.query(counts) == "2000|100|2000")
  }

  /// Starts something that leaves a signal waiting until it asks for it.
  private func blocking<Started>(_ signal: Int32, _ start: () throws -> Started) rethrows -> Started
  {
    var (signals, before) = (sigset_t(), sigset_t())
    sigemptyset(&signals)
    sigaddset(&signals, signal)
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try start()
  }

  @Test("a daemon killed at any moment loses no file and counts none twice")
  func killed() async throws {
    let installation = try await Installation.adopted(
      intake: #"{"settleSeconds": 0, "scanSettleSeconds": 0, "rescanSeconds": 1}"#)
    try await Daemon.serving(installation) { _ in }
    let door = Door(installation.doors.appendingPathComponent("A"), desk: installation.folder)
    for number in 0..<300 {
      try door.write(SmallPortfolio.report(120, comment: "n° \(number)"), to: "\(number).csv")
    }
    for milliseconds in [5, 20, 35, 60] {
      let daemon = try Daemon(installation)
      try await daemon.logs("ready")
      try await Task.sleep(for: .milliseconds(milliseconds))
      _ = try await daemon.end(SIGKILL)
    }
    try await Daemon.serving(installation) { _ in try await door.empty(within: 120) }
    #expect(try door.receiptNames().count == 600)
    #expect(try installation.query("SELECT count(*) FROM submission") == "300")
    #expect(try FileManager.default.contentsOfDirectory(atPath: door.depot.path) == [])
  }

  @Test("what was taken is known after a restart: nothing is lost, a repetition stays one")
  func restart() async throws {
    let installation = try await Installation.adopted()
    var first = ""
    try await Daemon.serving(installation) { daemon in
      try daemon.door().rename(report, to: "T2.csv")
      first = try await daemon.door().receipt("T2.csv").receipt
      try await daemon.door().empty()
    }
    try await Daemon.serving(installation) { daemon in
      #expect(try await installation.evaluate().recommendation("A", "P1") == "release")
      try daemon.door().rename(report, to: "again.csv")
      #expect(try await daemon.door().receipt("again.csv").duplicateOf == first)
    }
  }

  @Test("a file that changes a recommendation is logged so, and the change is recorded")
  func recommendation() async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      try daemon.door().rename(report, to: "T2.csv")
      try await daemon.logs("A P1: withhold -> release")
      // Recorded already: an evaluation right after it has no change to tell.
      let summary = try await installation.run("evaluate")
      #expect(summary.output.contains("2 projects"))
      #expect(summary.output.contains("→") == false)
      let ledger = "SELECT count(*) FROM ledger WHERE kind = 'recommendation' AND subject = 'A'"
      #expect(try installation.query(ledger) == "2")
    }
  }

  @Test("every line of the log is one fact with a priority")
  func log() async throws {
    try await Daemon.serving(.adopted()) { daemon in
      try daemon.door().rename(report, to: "T2.csv")
      _ = try await daemon.door().receipt("T2.csv")
      try daemon.installation.configure("{\n 'broken'\n}")
      daemon.running.signal(SIGHUP)
      try await daemon.logs("stays in force")
      #expect(try daemon.log.count >= 4)
      for line in try daemon.log { #expect(line.prefixMatch(of: /<[3-6]>\S/) != nil) }
    }
  }

  @Test("a broken configuration changes nothing, a good one changes the language of receipts")
  func reload() async throws {
    let installation = try await Installation.adopted(locale: "fr")
    try await Daemon.serving(installation) { daemon in
      try installation.configure(#"{"locale": "en", "intake": {"settleSecond": 0}}"#)
      daemon.running.signal(SIGHUP)
      let line = try await daemon.logs("the old configuration stays in force")
      #expect(line.contains("settleSecond"))
      #expect(line.contains("settleSeconds"))
      try daemon.door().rename(report, to: "1.csv")
      #expect(try await daemon.door().letter("1.csv").contains("ACCEPTÉ"))
      try installation.configure(#"{"locale": "en", "intake": \#(Installation.quick)}"#)
      daemon.running.signal(SIGHUP)
      try await daemon.logs("configuration read again")
      try daemon.door().rename(SmallPortfolio.report(130), to: "2.csv")
      #expect(try await daemon.door().letter("2.csv").contains("ACCEPTED"))
    }
  }

  @Test("a second daemon on the same state is told to try again, and the first goes on")
  func second() async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      let outcome = try await installation.run("serve", "--no-mail")
      #expect(outcome.status == 75)
      #expect(outcome.complaint.contains("another jalon serve"))
      try daemon.door().rename(report, to: "T2.csv")
      #expect(try await daemon.door().receipt("T2.csv").status == "accepted")
    }
  }

  @Test("the daemon, several shells and an adoption may all write at once, and nothing is lost")
  func together() async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
        for number in 0..<6 {
          try daemon.door("B").rename(SmallPortfolio.report(200 + number), to: "\(number).csv")
          let file = try installation.write(
            SmallPortfolio.report(100 + number), to: "\(number).csv")
          group.addTask { try await installation.run("ingest", "--project", "A", file.path).status }
          group.addTask { try await installation.run("evaluate").status }
        }
        try installation.draw("projects/A.json", SmallPortfolio.project("A", min: "10"))
        group.addTask { try await installation.adopt().status }
        return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
      }
      #expect(statuses == [0])
      try await daemon.door("B").empty()
      let accepted = "SELECT count(*) FROM submission WHERE status = 'accepted'"
      #expect(try installation.query(accepted) == "12")
    }
  }

  @Test("tells the service manager when it is ready, that it lives, and that it stops")
  func notifies() async throws {
    let installation = try await Installation.adopted()
    let manager = try ServiceManager(in: installation.folder)
    let environment = ["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "200000"]
    try await Daemon.serving(installation, environment: environment) { daemon in
      try await manager.hears("READY=1")
      try await manager.hears("WATCHDOG=1")
      try await manager.hears("WATCHDOG=1")
      daemon.running.signal(SIGHUP)
      try await manager.hears("RELOADING=1\nMONOTONIC_USEC=")
      try await manager.hears("READY=1")
      daemon.running.signal(SIGTERM)
      try await manager.hears("STOPPING=1")
    }
  }

  @Test("a flood of events that the kernel drops is made up for by a look")
  func overflow() async throws {
    try await Daemon.serving(.adopted(intake: Installation.eventsOnly)) { daemon in
      daemon.running.signal(SIGSTOP)
      // Two names in turn: the kernel would take repeated events of one name for one.
      for number in 0..<17_000 {
        let path = daemon.door().path(Array(".flood\(number % 2)".utf8))
        close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
      }
      try daemon.door().rename(report, to: "T2.csv")
      daemon.running.signal(SIGCONT)
      #expect(try await daemon.door().receipt("T2.csv").status == "accepted")
    }
  }
}

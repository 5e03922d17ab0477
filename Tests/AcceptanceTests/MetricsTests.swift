import Foundation
import MailServers
import Testing

@Suite("Metrics: what `export --format prom` tells, as Prometheus' own parser reads it")
struct MetricsTests {
  /// Reads standard input as Prometheus does; a line for each sample, and one for whatever breaks
  /// the rules of naming.
  private static let reader = """
    import sys
    from prometheus_client.parser import text_string_to_metric_families as read
    for family in read(sys.stdin.read()):
        if not family.documentation or family.type not in ('counter', 'gauge'):
            print('unruly', family.name)
        for sample in family.samples:
            if sample.name.endswith('_total') != (family.type == 'counter'):
                print('unruly', sample.name)
            labels = ''.join(f'{{{key}={value}}}' for key, value in sorted(sample.labels.items()))
            print(f'{sample.name}{labels} {sample.value:.6f}'.rstrip('0').rstrip('.'))
    """

  /// Every sample of a text, by its name and label.
  private func parsed(_ text: String, _ installation: Installation) throws -> [String: Double] {
    let file = try installation.write(text, to: "\(UUID().uuidString).prom")
    let outcome = try Running.whole(
      "/bin/sh", ["-c", "exec /usr/bin/python3 -c \"$0\" < \"$1\"", Self.reader, file.path])
    #expect(outcome.status == 0, "\(outcome.output)")
    var samples: [String: Double] = [:]
    for line in outcome.output.split(separator: "\n") {
      let words = line.split(separator: " ")
      #expect(samples.updateValue(Double(words[1]) ?? .nan, forKey: "\(words[0])") == nil)
    }
    return samples
  }

  private func metrics(_ installation: Installation) async throws -> [String: Double] {
    let outcome = try await installation.run("export", "--format", "prom")
    #expect(outcome.status == 0 && outcome.complaint.isEmpty, "\(outcome.complaint)")
    return try parsed(outcome.output, installation)
  }

  @Test("nothing yet: all is 0, and nothing is made")
  func empty() async throws {
    let installation = try Installation()
    let metrics = try await metrics(installation)
    #expect(
      metrics.filter { $0.value != 0 }.keys.sorted()
        == ["jalon_build_info{version=0.1.0}", "jalon_depots_look_complete"])
    #expect(metrics["jalon_files_total{status=accepted}"] == 0)
    let state = installation.database.deletingLastPathComponent().path
    #expect(!FileManager.default.fileExists(atPath: state))
  }

  @Test("files, an evaluation, flagged gates, mail to a server that is not there")
  func busy() async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      try daemon.door().rename(SmallPortfolio.report(), to: "good.csv")
      try daemon.door().rename(SmallPortfolio.report(), to: "again.csv")
      try daemon.door("B").rename(SmallPortfolio.header + "2021-Q1;agent;;1;;;\n", to: "bad.csv")
      _ = try await daemon.door().receipt("good.csv")
      _ = try await daemon.door().receipt("again.csv")
      _ = try await daemon.door("B").receipt("bad.csv")
      #expect(try await installation.run("evaluate").status == 0)
      try installation.configure(
        """
        {"locale": "en", "mail": {"transport": "smtp",
          "smtp": {"url": "smtp://127.0.0.1:\(try SinkServer().port)", "startTLS": "never"}}}
        """)
      #expect(try await installation.run("courier", "--once").status == 75)
      // A part of a file is left alone, and so does not wait.
      try daemon.door().write("periode", to: "next.csv.part")

      let found = try await metrics(installation)

      let counts = ["accepted": 1.0, "duplicate": 1, "rejected": 1]
      for (status, count) in counts {
        #expect(found["jalon_files_total{status=\(status)}"] == count, "\(status)")
      }
      let good = Double(SmallPortfolio.report().utf8.count)
      #expect(found["jalon_files_bytes_total{status=accepted}"] == good)
      #expect(found["jalon_archive_files"] == 2)
      #expect(found["jalon_projects"] == 2 && found["jalon_depots"] == 2)
      #expect(found["jalon_depot_files"] == 0 && found["jalon_depot_oldest_age_seconds"] == 0)
      #expect(found["jalon_evaluations_total"] == 1)
      let now = Date.now.timeIntervalSince1970
      let evaluated = try #require(found["jalon_evaluation_last_timestamp_seconds"])
      #expect((now - 300...now).contains(evaluated))
      let flags = try await installation.run("flags", "--json").output
      let gates = try JSONSerialization.jsonObject(with: Data(flags.utf8)) as? [String: Any]
      let flagged = gates?["flags"] as? [Any] ?? []
      #expect(found["jalon_gates_flagged"] == Double(flagged.count) && !flagged.isEmpty)
      #expect(found["jalon_alerts_open{kind=gate-withhold}"] == Double(flagged.count))
      let waiting = try await installation.run("mail", "--json").json(Outbox.self).counts.waiting
      #expect(found["jalon_mail_unsent{state=waiting}"] == Double(waiting) && waiting > 0)
      #expect(try #require(found["jalon_mail_oldest_age_seconds"]) > 0)
      let ledger = try installation.query("SELECT max(sequence) FROM ledger")
      #expect(found["jalon_ledger_entries_total"] == Double(ledger))
      let size = try FileManager.default.attributesOfItem(atPath: installation.database.path)[.size]
      #expect(found["jalon_database_bytes"] == (size as? NSNumber)?.doubleValue)
      #expect(try #require(found["jalon_filesystem_free_bytes{folder=state}"]) > 0)
    }
  }

  @Test("what waits in a depot while no daemon runs, and acts that want a second person")
  func waiting() async throws {
    let installation = try await Installation.adopted(["A"])
    try await Daemon.serving(installation) { _ in }
    let door = Door(installation.doors.appendingPathComponent("A"), desk: installation.folder)
    try door.rename(SmallPortfolio.report(), to: "waiting.csv")
    try door.write("rows", to: "half.csv.filepart")
    let officer = installation.doors.appendingPathComponent(".decisions/roux/depot")
    try FileManager.default.createDirectory(at: officer, withIntermediateDirectories: true)
    try Data("acte\n".utf8).write(to: officer.appendingPathComponent("actes.csv"))
    // A link in the place of a depot is not followed.
    let linked = installation.doors.appendingPathComponent("B/depot")
    try FileManager.default.createDirectory(
      at: linked.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: linked, withDestinationURL: door.depot)
    try installation.configure(#"{"locale": "en", "decisions": {"secondPerson": true}}"#)
    let decision = try await installation.run(
      "decide", "A", "P1", "withhold", "--by", "C. Roux", "--reason", "essai")
    #expect(decision.status == 0, "\(decision.complaint)")

    let found = try await metrics(installation)

    #expect(found["jalon_depot_files"] == 2 && found["jalon_depots"] == 2)
    #expect(found["jalon_depots_unreadable"] == 1)
    #expect(try #require(found["jalon_depot_oldest_age_seconds"]) > 0)
    #expect(found["jalon_depots_look_complete"] == 1)
    #expect(found["jalon_acts_waiting"] == 1)
    #expect(found["jalon_backup_last_timestamp_seconds"] == nil)
    let copy = installation.folder.appendingPathComponent("copy.sqlite").path
    #expect(try await installation.run("backup", copy).status == 0)
    #expect(try await metrics(installation)["jalon_backup_last_timestamp_seconds"] != nil)
  }

  @Test("with --out, a file that everybody may read appears whole, and nothing is left beside it")
  func out() async throws {
    let installation = try await Installation.adopted(["A"])
    let folder = installation.folder.appendingPathComponent("collector")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for _ in 0..<2 {
      let outcome = try await installation.run("export", "--format=prom", "--out", folder.path)
      #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.complaint)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["jalon.prom"])
    let file = folder.appendingPathComponent("jalon.prom")
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o644)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(try parsed(text, installation)["jalon_projects"] == 1)

    let missing = folder.appendingPathComponent("missing").path
    #expect(try await installation.run("export", "--format", "prom", "--out", missing).status == 74)
    let other = try await installation.run("export", "--format", "csv")
    #expect(other.status == 64 && other.complaint.contains("only 'prom'"), "\(other.complaint)")
    #expect(try await installation.run("export").status == 64)
  }

  @Test("it reads while another holds the lock for writing, and writes nothing itself")
  func readsOnly() async throws {
    let installation = try await Installation.adopted(["A"])
    let before = try Data(contentsOf: installation.database)
    let sign = installation.folder.appendingPathComponent("held")
    let holder = """
      import sqlite3, sys, time
      connection = sqlite3.connect(sys.argv[1], isolation_level=None)
      connection.execute("BEGIN IMMEDIATE")
      open(sys.argv[2], "w").close()
      time.sleep(60)
      """
    let held = try Running(
      ["-c", holder, installation.database.path, sign.path],
      of: URL(filePath: "/usr/bin/python3"), output: .nullDevice, complaint: .nullDevice)
    try await eventually("the lock is held") {
      FileManager.default.fileExists(atPath: sign.path) ? true : nil
    }
    #expect(try await metrics(installation)["jalon_projects"] == 1)
    #expect(held.isRunning)
    held.signal(SIGKILL)
    _ = try await held.end()
    #expect(try Data(contentsOf: installation.database) == before)
  }
  @Test("a writer was killed half way: metrics wait for the next one, who puts it right")
  func hotJournal() async throws {
    let installation = try await Installation.adopted(["A"])
    let writer = """
      import os, sqlite3, sys
      connection = sqlite3.connect(sys.argv[1], isolation_level=None)
      connection.execute("PRAGMA cache_size = 1")
      connection.execute("BEGIN IMMEDIATE")
      connection.execute("CREATE TABLE halfway(bytes)")
      for _ in range(200):
          connection.execute("INSERT INTO halfway VALUES (zeroblob(4000))")
      os.kill(os.getpid(), 9)
      """
    _ = try Running.whole("/usr/bin/python3", ["-c", writer, installation.database.path])
    let journal = installation.database.path + "-journal"
    #expect(FileManager.default.fileExists(atPath: journal))

    let early = try await installation.run("export", "--format", "prom")
    #expect(early.status == 75 && early.complaint.contains("try again"), "\(early.complaint)")
    #expect(early.output.isEmpty && FileManager.default.fileExists(atPath: journal))

    #expect(try await installation.run("evaluate").status == 0)
    #expect(try await metrics(installation)["jalon_projects"] == 1)
    #expect(try await installation.run("verify").status == 0)
  }
}

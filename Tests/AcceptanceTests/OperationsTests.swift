import Foundation
import Testing

@Suite("docs/operations.md: backup, restore and move, word for word", .serialized)
struct OperationsTests {
  /// A service in folders of its own, its configuration apart from its state as on a server.
  private final class Service {
    let root: URL
    private let installation: Installation

    init() throws {
      installation = try Installation()
      root = installation.folder.appendingPathComponent("desk/machine")
      for path in ["etc/portfolio/programmes", "etc/portfolio/projects", "backups", "bin"] {
        try FileManager.default.createDirectory(
          at: root.appendingPathComponent(path), withIntermediateDirectories: true)
      }
      try write(
        #"{"locale": "en", "state": "../state", "doors": "../doors", "intake": \#(Installation.quick)}"#,
        to: "etc/jalon.json")
      try write(SmallPortfolio.programme, to: "etc/portfolio/programmes/PRG.json")
      try write(SmallPortfolio.project("A"), to: "etc/portfolio/projects/A.json")
      // systemd is not here: this stops and starts the very daemon.
      try write(
        """
        #!/bin/bash
        case $1 in
        stop|disable)
          kill -TERM "$(cat "$ROOT/pid")" 2>/dev/null || exit 0
          while kill -0 "$(cat "$ROOT/pid")" 2>/dev/null; do sleep 0.05; done ;;
        start|enable)
          : > "$ROOT/log"
          setsid jalon serve --no-mail < /dev/null > /dev/null 2> "$ROOT/log" &
          echo $! > "$ROOT/pid"
          for _ in {1..400}; do grep -q ready: "$ROOT/log" && exit; sleep 0.05; done
          exit 1 ;;
        esac
        """, to: "bin/systemctl")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: root.appendingPathComponent("bin/systemctl").path)
    }

    deinit { _ = try? shell("systemctl stop jalon") }

    func write(_ text: String, to path: String) throws {
      try Data(text.utf8).write(to: root.appendingPathComponent(path))
    }

    /// Runs commands on this machine, or on another one whose root is in a folder.
    func shell(_ script: String, on machine: String = "") throws -> Outcome {
      let place = machine + root.path
      let names = """
        export JALON_CONFIG=\(place)/etc/jalon.json ROOT=\(place)
        STATE=\(place)/state DOORS=\(place)/doors BACKUP=\(place)/backups
        NEW=\(root.path)/new

        """
      let path =
        "\(place)/bin:" + Place.binary.deletingLastPathComponent().path
        + ":/usr/bin:/bin"
      return try Running.whole(
        "/bin/bash", ["-eu", "-o", "pipefail", "-c", names + script], environment: ["PATH": path],
        in: root)
    }

    func succeeds(_ script: String, on machine: String = "") throws -> String {
      let outcome = try shell(script, on: machine)
      #expect(outcome.status == 0, "\(script):\n\(outcome.output)")
      return outcome.output
    }

    var door: Door { Door(root.appendingPathComponent("doors/A"), desk: installation.folder) }

    /// What is judged, as JSON without the instant.
    func judged(on machine: String = "") throws -> String {
      try succeeds("jalon evaluate --dry-run --json | jq -c .projects", on: machine)
    }
  }

  /// The blocks of shell commands under a heading.
  private func blocks(under heading: String) throws -> [String] {
    let page = try String(
      contentsOf: Place.repository.appendingPathComponent("docs/operations.md"), encoding: .utf8)
    let chapter = try #require(page.components(separatedBy: "\n## \(heading)\n").last)
    let own = try #require(chapter.components(separatedBy: "\n## ").first)
    return own.components(separatedBy: "```sh\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  /// A machine on which something was received, judged and backed up.
  private func backedUp() async throws -> Service {
    let service = try Service()
    _ = try service.succeeds("jalon adopt --by 'C. Roux' --reason essai; systemctl start jalon")
    try service.door.rename(SmallPortfolio.report(40), to: "t1.csv")
    _ = try await service.door.receipt("t1.csv")
    try await service.door.empty()
    let blocks = try blocks(under: "Back up")
    try #require(blocks.count == 2)
    _ = try service.succeeds(blocks[0])
    _ = try service.succeeds(blocks[1])
    return service
  }

  @Test("a backup is whole, and a copy that lacks an archived file is found out by its trial")
  func trial() async throws {
    let service = try await backedUp()
    let archived = try service.succeeds("cd $BACKUP/archive && find . -type f")
    let file = try #require(archived.split(separator: "\n").first)
    #expect(archived.split(separator: "\n").count == 1)
    _ = try service.succeeds("rm $BACKUP/archive/\(file)")
    #expect(try service.shell(blocks(under: "Back up")[1]).status == 1)
  }

  @Test("what is lost with the disk comes back, and the files received since, too")
  func restore() async throws {
    let service = try await backedUp()
    // After the copy: a correction that lets the gate be crossed, and a file with an error.
    try service.door.rename(SmallPortfolio.report(120), to: "t2.csv")
    try service.door.rename(SmallPortfolio.header + "2021-Q1;agent;;1;;;\n", to: "bad.csv")
    _ = try await service.door.receipt("t2.csv")
    _ = try await service.door.receipt("bad.csv")
    try await service.door.empty()
    let before = try service.judged()
    _ = try service.succeeds("head -c 5000 /dev/urandom > $STATE/jalon.sqlite")
    let blocks = try blocks(under: "Restore")
    try #require(blocks.count == 2)

    let restored = try service.succeeds(blocks[0])
    #expect(restored.contains("Ledger") || restored.contains("ledger"), "\(restored)")
    #expect(try service.judged() != before)
    let again = try service.succeeds("copy=$(ls $BACKUP/jalon-*.sqlite | tail -n 1)\n" + blocks[1])
    #expect(again.contains("refused as before: A"), "\(again)")

    #expect(try service.judged() == before)
    _ = try service.succeeds("jalon verify")
    // The daemon is at work again.
    try service.door.rename(SmallPortfolio.report(130), to: "t3.csv")
    #expect(try await service.door.receipt("t3.csv").status == "accepted")
  }

  @Test(
    "an older program refuses a newer notebook, and metrics wait for an upgrade; neither changes it"
  )
  func downgrade() async throws {
    let service = try await backedUp()
    _ = try service.succeeds("systemctl stop jalon")
    for schema in [1, 999] {
      let outcome = try service.shell(
        """
        sqlite3 "$STATE/jalon.sqlite" 'PRAGMA user_version = \(schema)'
        before=$(sha256sum "$STATE/jalon.sqlite")
        set +e
        \(schema == 1 ? "" : "jalon status; echo status $?")
        jalon export --format prom; echo metrics $?
        [ "$before" = "$(sha256sum "$STATE/jalon.sqlite")" ] && echo unchanged
        """)
      #expect(outcome.output.contains("metrics 78") && outcome.output.contains("unchanged"))
      let says = schema == 1 ? "is older than" : "status 78"
      #expect(outcome.output.contains(says), "\(outcome.output)")
    }
  }

  @Test("another machine answers as the old one did, and takes what waited")
  func move() async throws {
    let service = try await backedUp()
    let blocks = try blocks(under: "Move to another machine")
    try #require(blocks.count == 2)
    let before = try service.judged()
    let other = service.root.path + "/new"
    // Where rsync makes only the last folder of a path.
    _ = try service.succeeds("mkdir -p $NEW$ROOT && cp -r bin $NEW$ROOT/")

    _ = try service.succeeds(blocks[0])
    let receipts = try service.succeeds("ls $DOORS/A/recepisses; ls $STATE/archive", on: other)
    #expect(receipts.contains("t1.csv.receipt.json") && receipts.split(separator: "\n").count == 3)
    try service.door.rename(SmallPortfolio.report(120), to: "late.csv")
    _ = try service.succeeds("rsync -a \"$DOORS/\" \"$NEW$DOORS/\"")
    #expect(try service.judged(on: other) == before)
    _ = try service.succeeds(blocks[1], on: other)

    let door = Door(
      URL(filePath: other + service.root.path + "/doors/A"), desk: service.root)
    #expect(try await door.receipt("late.csv").status == "accepted")
    _ = try service.succeeds("systemctl stop jalon && jalon verify", on: other)
  }
}

@Suite("docs/operations.md: the log")
struct LogTableTests {
  private func page() throws -> String {
    try String(
      contentsOf: Place.repository.appendingPathComponent("docs/operations.md"), encoding: .utf8)
  }

  /// The rows of the log's table.
  private func rows() throws -> String {
    let chapter = try #require(try page().components(separatedBy: "\n## What the log says\n").last)
    return try #require(chapter.components(separatedBy: "\n## ").first)
  }

  /// The texts between interpolations, of every literal in a call that logs.
  private func fragments(_ source: String) -> [String] {
    let calls = source.matches(
      of: /(?:Log\.|\n +)(?:error|warning|notice|info)\(\s*("[^\n]*(?:\n\s*\+[^\n]*)*)/)
    return calls.flatMap { call in
      String(call.output.1).matches(of: /"((?:[^"\\]|\\\((?:[^()]|\([^()]*\))*\)|\\.)*)"/)
        .flatMap { literal in
          String(literal.output.1).split(separator: /\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }.filter { $0.contains(/\p{L}{3,}/) }
  }

  @Test("each text that the program can log has its row")
  func everyLine() throws {
    let rows = try rows()
    let sources = FileManager.default.enumerator(
      at: Place.repository.appendingPathComponent("Sources/jalon"),
      includingPropertiesForKeys: nil)
    var found = 0
    for case let file as URL in try #require(sources) where file.pathExtension == "swift" {
      let source = try String(contentsOf: file, encoding: .utf8)
      guard source.contains("Log.") || source.contains("extension Log") else { continue }
      for fragment in fragments(source) {
        found += 1
        let hasRow = rows.contains(fragment)
        #expect(hasRow, "\(file.lastPathComponent) logs “\(fragment)”")
      }
    }
    // As many as there are calls, at least: a reading that finds nothing would prove nothing.
    #expect(found > 25)
  }

  @Test("every metric that the rules and the page name is one that there is")
  func metrics() async throws {
    let installation = try await Installation.adopted(["A"])
    #expect(try await installation.run("evaluate").status == 0)
    let copy = installation.folder.appendingPathComponent("copy.sqlite").path
    #expect(try await installation.run("backup", copy).status == 0)
    try FileManager.default.createDirectory(
      at: installation.doors, withIntermediateDirectories: true)
    let known = try await installation.run("export", "--format", "prom").output
    let rules = try String(
      contentsOf: Place.repository.appendingPathComponent("config/prometheus/jalon.rules.yml"),
      encoding: .utf8)
    for text in [rules, try page()] {
      let names = text.matches(of: /\bjalon_[a-z]+(?:_[a-z]+)*/).map { String($0.output) }
      #expect(names.count > 12)
      for name in names {
        #expect(known.contains("\n# TYPE \(name)") || known.hasPrefix("# HELP \(name)"), "\(name)")
      }
    }
    // And the page has a row for each.
    for name in known.matches(of: /# TYPE (\w+)/).map({ String($0.output.1) })
    where !name.hasPrefix("jalon_filesystem") {
      #expect(try page().contains(name), "\(name) is not in the page")
    }
  }
}

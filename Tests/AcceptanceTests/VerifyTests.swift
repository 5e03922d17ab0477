import Foundation
import Testing

@Suite("jalon verify: ledger, tables and archive are held against each other", .serialized)
struct VerifyTests {
  struct Answer: Decodable {
    struct Head: Decodable {
      let sequence: Int
      let sha256: String
    }
    struct Misfit: Decodable {
      let code: String
      let entry: Int?
      let message: String
    }
    let fits: Bool
    let head: Head
    let entries: Int
    let files: Int
    let misfits: [Misfit]
    let notes: [String]
  }

  /// An installation that received, corrected, refused and judged.
  private func story() async throws -> Installation {
    let installation = try await Installation.adopted()
    for agents in [90, 120, 130] {
      _ = try await installation.ingest(SmallPortfolio.report(agents), to: "A")
    }
    _ = try await installation.ingest("periode;indicateur;valeur\n2021-Q1;rien;1\n", to: "B")
    _ = try await installation.evaluate()
    return installation
  }

  private func verify(_ installation: Installation, _ more: String...) async throws
    -> (status: Int32, answer: Answer)
  {
    let outcome = try await installation.run(["verify", "--json"] + more)
    return (outcome.status, try outcome.json(Answer.self))
  }

  /// Does what somebody with root could do.
  private func tamper(_ installation: Installation, _ sql: String) throws {
    let triggers = ["ledger", "observation", "submission"].flatMap { table in
      ["DROP TRIGGER \(table)_keeps_rows;", "DROP TRIGGER \(table)_keeps_facts;"]
    }
    let words = [installation.database.path, triggers.joined() + sql]
    #expect(try Running.whole("/usr/bin/sqlite3", words).output == "")
  }

  @Test("Everything fits, and the head is the one in the file beside the notebook")
  func fits() async throws {
    let installation = try await story()
    let (status, answer) = try await verify(installation)
    #expect(status == 0)
    #expect(answer.fits && answer.misfits.isEmpty && answer.notes.isEmpty)
    #expect(answer.files == 4)
    let file = installation.folder.appendingPathComponent("state/ledger.head")
    #expect(
      try String(contentsOf: file, encoding: .utf8)
        == "\(answer.head.sequence) \(answer.head.sha256)\n")
    let head = "\(answer.head.sequence):\(answer.head.sha256.prefix(16))"
    #expect(try await installation.run("verify", "--head", head).status == 0)
  }

  @Test(
    "A head that a power cut left empty or zero is no misfit, is written anew",
    arguments: [Data(), Data(repeating: 0, count: 70)])
  func lostHead(content: Data) async throws {
    let installation = try await story()
    let file = installation.folder.appendingPathComponent("state/ledger.head")
    try content.write(to: file)
    let (status, answer) = try await verify(installation)
    #expect(status == 0 && answer.misfits.isEmpty && answer.notes.count == 1)
    _ = try await installation.ingest(SmallPortfolio.report(170), to: "A")
    #expect(try await verify(installation).answer.notes.isEmpty)
  }

  @Test("A figure changed in the tables is named with its entry and file")
  func figure() async throws {
    let installation = try await story()
    try tamper(installation, "UPDATE observation SET value = value + 1 WHERE submission = 2")
    let outcome = try await installation.run("verify")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("submission J00000002"))
  }

  @Test("An end cut off shows against the file beside the notebook, and against an old message")
  func truncated() async throws {
    let installation = try await story()
    let before = try await verify(installation).answer.head
    let (last, first) = (before.sequence, before.sequence - 1)
    // What the last two entries told goes with them, so that nothing else is left to show.
    let told = """
      (SELECT CAST(substr(json_extract(body, '$.receipt'), 2) AS INTEGER) FROM ledger
      WHERE sequence >= \(first) AND kind = 'submission')
      """
    try tamper(
      installation,
      """
      DROP TRIGGER milestone_keeps_rows; DROP TRIGGER recommendation_keeps_rows;
      DELETE FROM observation WHERE submission IN \(told);
      DELETE FROM milestone WHERE submission IN \(told);
      DELETE FROM submission WHERE number IN \(told);
      DELETE FROM recommendation WHERE recorded_at IN
        (SELECT at FROM ledger WHERE sequence >= \(first));
      DELETE FROM ledger WHERE sequence >= \(first);
      """)
    let (status, answer) = try await verify(installation)
    #expect(status == 1)
    #expect(answer.misfits.map(\.code) == ["truncated"])
    // What comes after does not cover it up, however long the ledger grows.
    for agents in [140, 150, 160] {
      _ = try await installation.ingest(SmallPortfolio.report(agents), to: "A")
    }
    let later = try await verify(installation)
    #expect(later.status == 1)
    #expect(later.answer.misfits.map(\.code) == ["rewritten"])
    // Whoever rewrites that file too still has the messages against them.
    let file = installation.folder.appendingPathComponent("state/ledger.head")
    let head = later.answer.head
    try Data("\(head.sequence) \(head.sha256)\n".utf8).write(to: file)
    #expect(try await verify(installation).status == 0)
    let against = try await verify(
      installation, "--head", "\(last):\(before.sha256.prefix(16))")
    #expect(against.answer.misfits.map(\.code) == ["rewritten"])
  }

  @Test("While the daemon takes files in, what is there fits")
  func meanwhile() async throws {
    let installation = try await Installation.adopted()
    try await Daemon.serving(installation) { daemon in
      for number in 0..<40 {
        try daemon.door().rename(SmallPortfolio.report(100 + number), to: "\(number).csv")
      }
      for _ in 0..<5 {
        let (status, answer) = try await verify(installation)
        #expect(status == 0, "\(answer.misfits)")
      }
      try await daemon.door().empty()
    }
    #expect(try await verify(installation).status == 0)
  }

  @Test("A dozen lines of Python recompute the digests of every file's rows from the tables")
  func recomputed() async throws {
    let installation = try await story()
    let script = """
      import hashlib, json, sqlite3, struct, sys
      db = sqlite3.connect(sys.argv[1])
      name = dict(db.execute("SELECT key, text FROM name"))
      n = lambda x: struct.pack(">q", x)
      t = lambda s: n(len(s.encode())) + s.encode()
      o = lambda x: b"\\0" if x is None else b"\\1" + (n(x) if isinstance(x, int) else t(x))
      forms = [(12, "%d-%02d"), (4, "%d-Q%d"), (2, "%d-H%d"), (1, "%d")]
      def period(p):
          per, form = forms[p & 3]
          return form % (((p >> 2) // per, (p >> 2) % per + 1) if per > 1 else (p >> 2,))
      digest = lambda rows: hashlib.sha256(b"".join(rows)).digest()
      for body, in db.execute("SELECT body FROM ledger WHERE kind = 'submission'"):
          told = json.loads(body)
          number = (int(told["receipt"][1:]),)
          a = [t(name[i]) + t(period(p)) + o(name.get(f)) + o(v) + o(w) + n(e) + n(l)
               for i, p, f, v, w, e, l in db.execute("SELECT indicator, period, profile, value,"
               " weight, evidence, line FROM observation WHERE submission = ? ORDER BY row", number)]
          b = [t(name[m]) + o(d) + n(l) for m, d, l in db.execute("SELECT milestone, reached, line"
               " FROM milestone WHERE submission = ? ORDER BY row", number)]
          facts = hashlib.sha256(digest(a) + digest(b) + n(len(a)) + n(len(b))).hexdigest()
          print(told["status"], told["facts"] in (facts, None))
      """
    let outcome = try Running.whole(
      "/usr/bin/python3", ["-c", script, installation.database.path])
    #expect(
      outcome.output.split(separator: "\n")
        == ["accepted True", "accepted True", "accepted True", "rejected True"])
  }

  @Test(
    "What is no head is a usage error", arguments: ["12", "12:0a1b", "0:0a1b2c3d", "x:0a1b2c3d"])
  func usage(head: String) async throws {
    let installation = try await Installation.adopted()
    #expect(try await installation.run("verify", "--head", head).status == 64)
  }

  @Test("Where there is no notebook, verifying makes none")
  func nothing() async throws {
    let installation = try Installation()
    #expect(try await installation.run("verify").status == 66)
    #expect(!FileManager.default.fileExists(atPath: installation.database.path))
  }
}

import Foundation
import Testing

@Suite("The command line", .serialized)
struct CommandLineTests {
  @Test("every command that the overview lists has a help with an example that can be copied")
  func help() async throws {
    let installation = try Installation()
    let overview = try await installation.run("--help")
    #expect(overview.status == 0)
    let list = try #require(overview.output.components(separatedBy: "commands:\n").last)
    let names = list.components(separatedBy: "\n\n")[0].split(separator: "\n")
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.count >= 10)
    for name in names {
      let help = try await installation.run(name, "--help")
      #expect(help.status == 0)
      #expect(help.output.contains("usage: jalon \(name)"))
      #expect(help.output.contains("\nexample:\n  jalon "))
      #expect(help.complaint == "")
    }
  }

  @Test(
    "what is not known is answered with what comes nearest, and status 64",
    arguments: [
      (["evalute"], "'evaluate'"), (["evaluate", "--jsn"], "'--json'"),
      (["explain", "ALPHA-10", "P1"], "'ALPHA-01'"), (["explain", "ALPHA-01", "P3"], "'P1'"),
      (["status", "ALPHA-1"], "'ALPHA-01'"), (["evaluate", "--project", "ALPHA-"], "'ALPHA-01'"),
      (["template", "ALPHA-O1"], "'ALPHA-01'"),
      (["ingest", "--project", "ALPA-01", "-"], "'ALPHA-01'"),
      (["adopt", "--by", "x", "--reason", "y", "ALPHA-02"], "'ALPHA-01'"),
    ])
  func suggestions(words: [String], suggestion: String) async throws {
    let installation = try Installation()
    try installation.draw(["ALPHA-01"])
    try await installation.adopt()
    let outcome = try await installation.run(words)
    #expect(outcome.status == 64)
    #expect(outcome.complaint.contains("did you mean \(suggestion)?"))
    #expect(outcome.output == "")
  }

  @Test(
    "what is written wrongly is said with how to write it, and status 64",
    arguments: [
      (["evaluate", "--as-of", "30/06/2021"], "2021-06-30"),
      (["evaluate", "--known-at", "yesterday"], "2021-07-20T06:00:00Z"),
      (["template", "A", "soon"], "2021-Q1"), (["adopt", "--by", "x"], "--reason"),
      (["explain", "A"], "PROJECT PHASE"), (["ingest"], "FILE"), ([], "which command"),
      (["evaluate", "--as-of"], "needs a value"),
    ])
  func usage(words: [String], advice: String) async throws {
    let outcome = try await Installation.adopted().run(words)
    #expect(outcome.status == 64)
    #expect(outcome.complaint.contains(advice))
  }

  @Test(
    "before anything is adopted, questions end with status 78 and say what to do",
    arguments: [
      ["evaluate"], ["flags"], ["status"], ["explain", "A", "P1"], ["template", "A"],
      ["evaluate", "--project", "A"], ["ingest", "-"], ["ingest", "--project", "A", "-"],
    ])
  func nothingAdopted(words: [String]) async throws {
    let outcome = try await Installation().run(words)
    #expect(outcome.status == 78)
    #expect(outcome.complaint.contains("adopt"))
  }

  @Test("a file that is not there is status 66, and is named")
  func missingFiles() async throws {
    let installation = try await Installation.adopted()
    let report = try await installation.run("ingest", "absent.csv")
    #expect(report.status == 66)
    #expect(report.complaint.contains("absent.csv"))
    let configuration = try await installation.run("--config", "absent.json", "flags")
    #expect(configuration.status == 66)
    #expect(configuration.complaint.contains("absent.json"))
    try installation.configure(#"{"portfolio": "nowhere"}"#)
    let check = try await installation.run("check")
    #expect(check.status == 66)
    #expect(check.complaint.contains("nowhere"))
  }

  @Test(
    "a broken configuration is status 78, and the line and key are named",
    arguments: [
      ("{\n  \"intake\": { \"settleSecond\": 3 }\n}", ":2:", "settleSeconds"),
      ("{\n\n  \"locale\": \"de\"\n}", ":3:", "locale"),
      ("{\n  \"timeZone\": \"Europe/Pari\"\n}", "timeZone", "Europe/Pari"),
      ("{\n  \"locale\": \"fr\"\n", ":3", ""),
    ])
  func brokenConfiguration(text: String, place: String, key: String) async throws {
    let installation = try Installation()
    try installation.configure(text)
    let outcome = try await installation.run("flags")
    #expect(outcome.status == 78)
    #expect(outcome.complaint.contains(place))
    #expect(key.isEmpty || outcome.complaint.contains(key))
  }

  @Test(
    "output that cannot be written is status 74, whatever prints it",
    arguments: [
      ["evaluate", "--json"], ["flags"], ["status"], ["explain", "A", "P1"], ["--help"], ["check"],
      ["template", "A"], ["evaluate", "--help"], ["--version"],
    ])
  func fullDisk(words: [String]) async throws {
    let installation = try await Installation.adopted()
    let complaint = installation.folder.appendingPathComponent("desk/full.err")
    let running = try Running(
      ["--config", installation.configuration.path] + words,
      output: FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full")),
      complaint: .create(complaint))
    #expect(try await running.end() == 74)
    #expect(try String(contentsOf: complaint, encoding: .utf8).contains("standard output"))
  }

  @Test("the configuration may be named before or after the command, or by the environment")
  func configurationPlaces() async throws {
    let installation = try await Installation.adopted()
    let path = installation.configuration.path
    for (words, environment) in [
      (["--config", path, "status", "--json"], [:]), (["status", "--json", "--config", path], [:]),
      (["--config=\(path)", "status", "--json"], [:]),
      (["status", "--json"], ["JALON_CONFIG": path]),
    ] {
      let output = installation.folder.appendingPathComponent("desk/\(UUID().uuidString)")
      let running = try Running(
        words, output: .create(output), complaint: .standardError, environment: environment)
      #expect(try await running.end() == 0)
      #expect(try String(contentsOf: output, encoding: .utf8).contains("\"A\""))
    }
  }

  @Test("what programs read is plain: no colour, no progress bar, nothing on standard error")
  func plain() async throws {
    let installation = try await Installation.adopted()
    for words in [["evaluate"], ["flags"], ["status"], ["status", "A"], ["explain", "A", "P1"]] {
      let outcome = try await installation.run(words, environment: ["TERM": "xterm"])
      #expect(outcome.status == 0)
      #expect(outcome.complaint == "")
      #expect(outcome.output.contains("\u{1B}") == false)
    }
  }

  @Test(
    "an instant of receipt that is still to come is said to be, and what has come is not",
    arguments: [("2021-08-01T06:00:00Z", true), ("2021-07-20T06:00:00Z", false)])
  func future(instant: String, isToCome: Bool) async throws {
    let installation = try await Installation.adopted(["A"], at: "2021-07-01T06:00:00Z")
    let file = try installation.write(SmallPortfolio.report(), to: "T2.csv")
    let outcome = try await installation.run(
      ["ingest", "--project", "A", "--received-at", instant, file.path],
      environment: try FakeClock.at("2021-07-21T06:00:00Z"))
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.complaint.contains("\(instant) is still to come") == isToCome)
  }

  @Test("ingest takes a file whatever bytes its name has, and shows them harmless")
  func rawNames() async throws {
    let installation = try await Installation.adopted()
    let file = try installation.write(SmallPortfolio.report(), to: "plain.csv")
    // A shell hands over bytes as they are.
    let script = #"""
      cd "$1" && name=$(printf 'q\033\377\nx.csv') && cp "$2" "$name" && shift 2
      "$@" --json "$name"; "$@" "no-$name" 2>&1
      """#
    let words = [
      "-c", script, "sh", installation.folder.path, file.path, Place.binary.path, "--config",
      installation.configuration.path, "ingest", "--project", "A",
    ]
    let outcome = try Running.whole("/bin/sh", words)
    #expect(outcome.output.contains(##""file": "q\\x1B\\xFF\\x0Ax.csv""##))
    #expect(outcome.output.contains(#""status": "accepted""#))
    #expect(outcome.output.contains(#"no-q\x1B\xFF\x0Ax.csv: No such file"#))
  }
}

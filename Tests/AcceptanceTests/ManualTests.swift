import Foundation
import JalonCore
import JalonFormats
import Testing

/// The manual and the help command, as a person at the shell gets them.
@Suite("The manual")
struct ManualTests {
  static let files = ["jalon.1", "jalon.json.5", "jalon-report.5"]

  /// A page as `man` shows it, in lines wide enough for everything that belongs together.
  private func read(_ page: String) async throws -> String {
    let installation = try Installation()
    let roff = try await installation.run("help", "--man", page)
    let file = try installation.write(roff.output, to: page)
    let shown = try Running.whole(
      "/usr/bin/man", ["--warnings", "-E", "UTF-8", "-l", file.path],
      environment: ["MANWIDTH": "400"])
    #expect(shown.status == 0)
    return shown.output
  }

  @Test("man shows each page without a warning", arguments: files)
  func pages(_ page: String) async throws {
    let installation = try Installation()
    let roff = try await installation.run("help", "--man", page)
    #expect(roff.status == 0)
    let file = try installation.write(roff.output, to: page)
    for width in ["60", "80", "132"] {
      let shown = try Running.whole(
        "/bin/sh", ["-c", "exec man --warnings -E UTF-8 -l \"$0\" 2>&1 >/dev/null", file.path],
        environment: ["MANWIDTH": width])
      #expect(shown.status == 0)
      #expect(shown.output == "")
    }
  }

  /// The words of a text, one space between them.
  private func words(_ text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test("jalon(1) has every command with all that its help says")
  func commands() async throws {
    let installation = try Installation()
    let page = try await read("jalon.1").components(separatedBy: "\n")
    let overview = try await installation.run("--help").output
    let list = try #require(overview.components(separatedBy: "commands:\n").last)
    let names = list.components(separatedBy: "\n\n")[0].split(separator: "\n")
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.count > 20)
    for name in names {
      let start = try #require(page.firstIndex(of: "   \(name)"))
      let section = words(
        page[(start + 1)...].prefix { $0.isEmpty || $0.hasPrefix("    ") }.joined(separator: " "))
      let help = try await installation.run(name, "--help").output
      // Summary, usage, options, details and example.
      for part in help.components(separatedBy: "\n\n") {
        for line in part.hasPrefix("options:") ? part.split(separator: "\n")[1...] : [part[...]] {
          if line.hasPrefix("  --config ") || line.hasPrefix("  --help ") { continue }
          var text = words(line)
          for label in ["usage: ", "example: "] where text.hasPrefix(label) {
            text.removeFirst(label.count)
          }
          #expect(section.contains(text), "\(name)")
        }
      }
    }
  }

  @Test("jalon.json(5) has every key, and jalon-report(5) every code and column")
  func keysAndCodes() async throws {
    let keys = try await read("jalon.json.5")
    for setting in Configuration.settings {
      #expect(keys.contains("\n       \(setting.path) "))
      if let fallback = setting.fallback { #expect(keys.contains("Default: \(fallback).")) }
    }
    let codes = try await read("jalon-report.5")
    for code in ProblemCode.allCases {
      #expect(codes.contains(try Regex("\n       \(code.rawValue)[ \n]")))
    }
    for column in ReportNotes.columns {
      #expect(codes.contains("\n       " + column.names.joined(separator: ", ")))
    }
  }

  @Test("help needs no configuration, and says what it does not know")
  func help() async throws {
    let installation = try Installation()
    try installation.configure("{ broken")
    #expect(try await installation.run("help", "adopt").output.contains("usage: jalon adopt"))
    #expect(
      try await installation.run("help", "adopt").output
        == installation.run("adopt", "--help").output)
    for (words, advice) in [
      (["help", "adpot"], "'adopt'"), (["help", "--man", "jalon"], "jalon.json.5"),
      (["help", "--completion", "tcsh"], "zsh"), (["help", "--mna", "x"], "'--man'"),
    ] {
      let outcome = try await installation.run(words)
      #expect(outcome.status == 64)
      #expect(outcome.complaint.contains(advice))
    }
  }

  @Test("names are those adopted; where there is nothing, nothing is made")
  func names() async throws {
    let installation = try await Installation.adopted(["A", "B"])
    #expect(try await installation.run("help", "--names", "projects").output == "A\nB\n")
    #expect(try await installation.run("help", "--names", "programmes").output == "PRG\n")
    let empty = try Installation()
    let outcome = try await empty.run("help", "--names", "projects")
    #expect(outcome.status != 0)
    #expect(outcome.output == "")
    #expect(FileManager.default.fileExists(atPath: empty.database.path) == false)
  }
}

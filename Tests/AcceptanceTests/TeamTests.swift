import Foundation
import Testing

@Suite("`jalon team`, as far as it goes without root")
struct TeamTests {
  private static let user = NSUserName()

  @Test(
    "wrong words are told from wrong machines",
    arguments: [
      (["team"], 64, "other words"), (["team", "open", "A"], 64, "add or check"),
      (["team", "add"], 64, "whose door"), (["team", "add", "../A"], 64, "not a project's id"),
      (["team", "add", "--officer", "a/b"], 64, "not an account's name"),
      (["team", "add", "A", "B", "--account", "x"], 64, "one project"),
      (["team", "add", "--user", NSUserName(), "007"], 64, "--account"),
      (["team", "add", "--web", "--officer", "x"], 64, "no --web"),
      (["team", "check", "--make"], 64, "takes no --make"),
      (["team", "check", "--user", "no-such-account"], 78, "no account 'no-such-account'"),
    ] as [([String], Int32, String)])
  func usage(words: [String], status: Int32, complaint: String) async throws {
    let outcome = try await Installation().run(words)
    #expect(outcome.status == status)
    #expect(outcome.complaint.contains(complaint), "\(outcome.complaint)")
  }

  @Test("add prints what a shell can run, warns of a project that nobody adopted, makes nothing")
  func add() async throws {
    let installation = try await Installation.adopted(["A"])
    let outcome = try await installation.run("team", "add", "A", "AB", "--user", Self.user)
    #expect(outcome.status == 0)
    #expect(outcome.complaint.contains("'AB' is adopted yet; did you mean 'A'?"))
    let door = installation.doors.path + "/A"
    for line in [
      "useradd --no-create-home --home-dir \(door) --gid jalon-teams --no-user-group "
        + "--shell /usr/sbin/nologin A",
      "install -d -o root -g root -m 755 \(door)",
      "install -d -o A -g jalon-doors -m 2770 \(door)/depot",
      "install -d -o \(Self.user) -g jalon-doors -m 755 \(door)/recepisses",
    ] {
      #expect(outcome.output.contains(line + "\n"), "\(outcome.output)")
    }
    let checked = try Running.whole(
      "/bin/sh", ["-n", "-c", outcome.output], environment: [:], in: installation.folder)
    #expect(checked.status == 0)
    #expect(!FileManager.default.fileExists(atPath: installation.doors.path))
  }

  @Test("check finds the doors that are missing, and makes no notebook where there is none")
  func check() async throws {
    let installation = try Installation()
    let bare = try await installation.run("team", "check", "--user", Self.user, "--json")
    #expect(bare.status == 1)
    #expect(bare.output.contains(#""doors": 0"#))
    let state = installation.folder.appendingPathComponent("state").path
    #expect(!FileManager.default.fileExists(atPath: state))

    let adopted = try await Installation.adopted(["A", "B"])
    let outcome = try await adopted.run("team", "check", "--user", Self.user)
    #expect(outcome.status == 1)
    for project in ["A", "B"] {
      let sentence = "\(adopted.doors.path)/\(project): this folder is missing"
      #expect(outcome.output.replacing("\n", with: " ").contains(sentence), "\(outcome.output)")
      #expect(outcome.output.contains("\n    jalon team add --make \(project)\n"))
    }
    let one = try await adopted.run("team", "check", "A", "--user", Self.user)
    #expect(one.output.contains("team add --make A") && !one.output.contains("--make B"))
  }
}

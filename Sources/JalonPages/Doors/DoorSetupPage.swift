public import JalonCore

/// The commands with which an administrator sets up one door: a script that a shell can run.
public struct DoorSetupPage: Sendable {
  /// Where the keys of the teams and of the officers lie: root's, for a door is not its holder's.
  public static let keysFolder = "/etc/ssh/jalon-keys"
  /// The passwords of the door by HTTPS.
  public static let passwordFile = "/etc/nginx/jalon.htpasswd"

  private let holder: DoorHolder
  private let doors: String
  private let door: String
  private let account: String?
  private let terms: DoorTerms
  private let figures: Figures

  /// The commands for a door in the folder `doors`.
  ///
  /// - `account`: the account of its holder, or `nil` where they come by HTTPS alone.
  public init(
    _ holder: DoorHolder, in doors: String, account: String?, terms: DoorTerms, language: Language
  ) {
    self.holder = holder
    self.doors = doors
    door = doors + "/" + holder.id
    self.account = account
    self.terms = terms
    figures = Figures(language)
  }

  /// Everything, in the order in which it has to be done.
  public var script: String {
    ([heading(title)] + accountLines + folderLines + accessLines).joined(separator: "\n") + "\n"
  }

  /// What is left when the folders are there: how its holder gets in.
  public var access: String { accessLines.joined(separator: "\n") + "\n" }

  /// The command that makes the account; `nil` where there is to be none.
  public var accountCommand: String? {
    account.map { account in
      "useradd --no-create-home --home-dir \(shellWord(door)) --gid \(terms.group(of: holder).name)"
        + " --no-user-group --shell /usr/sbin/nologin \(shellWord(account))"
    }
  }

  private var title: String {
    switch holder {
    case .team(let project): say("la porte de \(project)", "the door of \(project)")
    case .officer(let name):
      say("la porte de \(name), équipe de suivi", "the door of \(name), follow-up team")
    }
  }

  private var accountLines: [String] { accountCommand.map { [$0] } ?? [] }

  private var folderLines: [String] {
    let service = terms.service.name
    // Named, for a parent that "install" makes along gets what the umask leaves.
    let parent = holder.officer.map { _ in
      install("root", "root", DoorTerms.doorMode, doors + "/" + DoorHolder.officersFolder)
    }
    return (parent.map { [$0] } ?? []) + [
      install("root", "root", DoorTerms.doorMode, door),
      install(account ?? service, terms.doors.name, DoorTerms.depotMode, door + "/depot"),
      install(service, terms.doors.name, DoorTerms.doorMode, door + "/recepisses"),
    ]
  }

  private func install(_ owner: String, _ group: String, _ mode: UInt32, _ path: String) -> String {
    "install -d -o \(shellWord(owner)) -g \(group) -m \(String(mode, radix: 8)) \(shellWord(path))"
  }

  /// Left as comments: each asks for something that only a person has.
  private var accessLines: [String] {
    let key = account.map { account in
      "#   install -m 644 \(say("CLE.pub", "KEY.pub")) "
        + shellWord(Self.keysFolder + "/" + account)
    }
    guard case .team(let project) = holder else {
      return [heading(say("par SFTP, avec une clé :", "by SFTP, with a key:")), key ?? ""]
    }
    let either = heading(say("par SFTP, l’une ou l’autre :", "by SFTP, either of them:"))
    return (key.map { [either, $0, "#   passwd \(shellWord(account ?? project))"] } ?? []) + [
      heading(say("par HTTPS :", "by HTTPS:")),
      "#   htpasswd -B \(Self.passwordFile) \(shellWord(project))",
    ]
  }

  private func heading(_ text: String) -> String { "# " + text }

  private func say(_ french: String, _ english: String) -> String { figures.say(french, english) }
}

/// The shells that can be made to complete Jalon's commands.
enum Shell: String, CaseIterable {
  case bash, zsh, fish

  /// What the shell has to read.
  var completion: String {
    switch self {
    case .bash: BashCompletion.text
    case .zsh: ZshCompletion.text
    case .fish: FishCompletion.text
    }
  }

  /// The first line of each script's own remarks.
  static func origin(_ shell: Shell) -> String {
    "# Completion of jalon, made by 'jalon help --completion \(shell.rawValue)'."
  }
}

extension String {
  /// The text with some characters written otherwise.
  func writing(_ others: [Character: String]) -> String {
    map { others[$0] ?? String($0) }.joined()
  }

  /// The text in single quotes, as bash and zsh read them.
  var quotedForShell: String { "'" + writing(["'": "'\\''"]) + "'" }
}

/// Completion for fish, with what each command and option does beside it.
enum FishCompletion {
  static var text: String {
    var lines = [
      Shell.origin(.fish), "", helpers, "complete -c jalon -f",
      "complete -c jalon -n \"__jalon_at ''\" -l version -d 'the version'",
    ]
    lines += CommandHelp.common.map { line($0, at: "''") }
    for help in everyHelp {
      lines.append(
        "complete -c jalon -n \"__jalon_at ''\" -a \(help.name) -d \(help.summary.quotedForFish)")
      lines += help.allOptions.map { line($0, at: help.name) }
      for offer in Set(help.wordPlaces.flatMap(\.offers)).map(\.forFish).sorted() {
        lines.append("complete -c jalon -n '__jalon_at \(help.name)' \(offer)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let helpers = """
    # What was typed: the command, and the configuration, if any.
    function __jalon_typed
        set -l command ''
        set -l config ''
        set -l previous ''
        set -l words (commandline -opc)
        for word in $words[2..]
            switch "$previous $word"
                case '--config *'
                    set config $word
                case '* --config=*'
                    set config (string replace -- --config= '' $word)
                case '* -*'
                case '*'
                    test -z "$command"; and set command $word
            end
            set previous $word
        end
        printf '%s\\n' "$command" "$config"
    end

    function __jalon_at
        set -l typed (__jalon_typed)
        test "$typed[1]" = "$argv[1]"
    end

    function __jalon_names
        set -l typed (__jalon_typed)
        if test -n "$typed[2]"
            jalon --config $typed[2] help --names $argv[1] 2>/dev/null
        else
            jalon help --names $argv[1] 2>/dev/null
        end
    end

    """

  private static func line(_ option: CommandHelp.Option, at command: String) -> String {
    let value = option.value == nil ? "" : Offer(option).map { " -r " + $0.forFish } ?? " -x"
    return "complete -c jalon -n \"__jalon_at \(command)\" -l \(option.name.dropFirst(2))\(value)"
      + " -d " + option.text.quotedForFish
  }
}

extension Offer {
  fileprivate var forFish: String {
    switch self {
    case .words(let words): "-f -a '\(words.joined(separator: " "))'"
    case .projects: "-f -a '(__jalon_names projects)'"
    case .programmes: "-f -a '(__jalon_names programmes)'"
    case .files: "-F"
    }
  }
}

extension String {
  /// The text in single quotes, as fish reads them.
  fileprivate var quotedForFish: String {
    "'" + writing(["\\": "\\\\", "'": "\\'"]) + "'"
  }
}

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
      for (number, place) in help.wordPlaces.enumerated() {
        let which = "\(help.name) \(place.isRepeated ? "-ge" : "-eq") \(number)"
        lines += place.offers.map { "complete -c jalon -n '__jalon_word \(which)' \($0.forFish)" }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The options that a value follows, as fish's `switch` compares them.
  private static var valued: String {
    let options = everyHelp.flatMap(\.options).filter { $0.value != nil }.map(\.name)
    return Set(options).sorted().map { "'\($0) *'" }.joined(separator: " ")
  }

  private static let helpers = """
    # What was typed: the command, the configuration, if any, and how many words follow the command.
    function __jalon_typed
        set -l command ''
        set -l config ''
        set -l place 0
        set -l previous ''
        set -l words (commandline -opc)
        for word in $words[2..]
            switch "$previous $word"
                case '--config *'
                    set config $word
                case '* --config=*'
                    set config (string replace -- --config= '' $word)
                case \(valued)
                case '* -*'
                case '*'
                    if test -z "$command"
                        set command $word
                    else
                        set place (math $place + 1)
                    end
            end
            set previous $word
        end
        printf '%s\\n' "$command" "$config" $place
    end

    function __jalon_at
        set -l typed (__jalon_typed)
        test "$typed[1]" = "$argv[1]"
    end

    # Whether a word is due at the place counted from 0 (-eq), or from it on (-ge).
    function __jalon_word
        set -l typed (__jalon_typed)
        test "$typed[1]" = "$argv[1]"; and test $typed[3] $argv[2] $argv[3]
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
    case .folders: "-f -a '(__fish_complete_directories)'"
    }
  }
}

extension String {
  /// The text in single quotes, as fish reads them.
  fileprivate var quotedForFish: String {
    "'" + writing(["\\": "\\\\", "'": "\\'"]) + "'"
  }
}

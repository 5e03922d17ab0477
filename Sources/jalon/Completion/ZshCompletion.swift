/// Completion for zsh, with what each command and option does beside it.
enum ZshCompletion {
  static var text: String {
    """
    #compdef jalon
    \(Shell.origin(.zsh))

    # The last argument says which; those before it are what _arguments adds.
    _jalon_names() {
      local -a names
      local file=${(Q)opt_args[--config]:-$jalon_config}
      names=(${(f)"$(jalon ${file:+--config} ${file:+${~file}} help --names $@[-1] 2>/dev/null)"})
      compadd "${@[1,-2]}" -a names
    }

    _jalon() {
      local context state state_descr line jalon_config
      typeset -A opt_args
      local -a commands
      commands=(
    \(everyHelp.map { "    " + "\($0.name):\($0.summary)".quotedForShell }.joined(separator: "\n"))
      )
      _arguments -C \\
        \(spec(CommandHelp.common[0], isRepeated: false)) \\
        '(- *)--help[the commands]' '(- *)--version[the version]' \\
        '1: :->command' '*:: :->rest' && return
      jalon_config=${(Q)opt_args[--config]}
      if [[ $state == command ]]; then
        _describe -t commands 'command' commands
        return
      fi
      case $words[1] in
    \(everyHelp.map(branch).joined(separator: "\n"))
      esac
    }

    if [[ $funcstack[1] == _jalon ]]; then
      _jalon "$@"
    else
      compdef _jalon jalon
    fi

    """
  }

  private static func branch(_ help: CommandHelp) -> String {
    let options = help.allOptions.map { spec($0, isRepeated: help.isRepeated($0)) }
    let places = help.wordPlaces.enumerated().map { number, place in
      let position = place.isRepeated ? "*" : "\(number + 1)"
      let actions = place.offers.map(\.forZsh)
      let action =
        switch actions.count {
        case 0: " "
        case 1: actions[0]
        default: "{" + actions.joined(separator: "; ") + "}"
        }
      return "\(position):\(place.name):\(action)".quotedForShell
    }
    return "    \(help.name))\n      _arguments "
      + (options + places).joined(separator: " \\\n        ") + " ;;"
  }

  private static func spec(_ option: CommandHelp.Option, isRepeated: Bool) -> String {
    let text = option.text.writing(["[": "\\[", "]": "\\]"])
    let start = isRepeated ? "*" : ""
    guard let value = option.value else { return "\(start)\(option.name)[\(text)]".quotedForShell }
    let name = value.writing([":": "\\:"])
    return "\(start)\(option.name)=[\(text)]:\(name):\(Offer(option)?.forZsh ?? " ")".quotedForShell
  }
}

extension Offer {
  fileprivate var forZsh: String {
    switch self {
    case .words(let words): "(" + words.joined(separator: " ") + ")"
    case .projects: "_jalon_names projects"
    case .programmes: "_jalon_names programmes"
    case .files: "_files"
    case .folders: "_files -/"
    }
  }
}

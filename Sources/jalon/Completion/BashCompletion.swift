/// Completion for bash; works with and without the package bash-completion.
enum BashCompletion {
  static var text: String {
    """
    \(Shell.origin(.bash))
    # In $offer: words, and for what only the machine knows @files, @folders, @projects and
    # @programmes; @any for a value that nobody can guess.

    # What stands after an option; nothing after a flag.
    _jalon_value()
    {
      case "$1 $2" in
    \(lines(values))
        *' --config') offer='@files' ;;
        *) offer= ;;
      esac
    }

    # What stands at a place after the command, counted from 0.
    _jalon_word()
    {
      case "$1 $2" in
    \(lines(words))
        *) offer= ;;
      esac
    }

    _jalon_options()
    {
      case "$1" in
    \(lines(options))
        *) offer='--config --help --version' ;;
      esac
    }

    _jalon()
    {
      local current=${COMP_WORDS[COMP_CWORD]} command= config= offer= pending= place=0
      local index word kind list=()
      COMPREPLY=()
      for ((index = 1; index < COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        # bash takes --option=value for three words.
        if [[ $word == '=' ]]; then
          continue
        elif [[ $pending ]]; then
          [[ $pending == --config ]] && config=${word/#\\~/$HOME}
          pending=
        elif [[ $word == -* ]]; then
          _jalon_value "$command" "$word"
          [[ $offer ]] && pending=$word
        elif [[ ! $command ]]; then
          command=$word
        else
          ((place++))
        fi
      done
      [[ $current == '=' ]] && current=
      if [[ $pending ]]; then
        _jalon_value "$command" "$pending"
      elif [[ $current == -* ]]; then
        _jalon_options "$command"
      elif [[ ! $command ]]; then
        offer='\(everyHelp.map(\.name).joined(separator: " "))'
      else
        _jalon_word "$command" "$place"
      fi
      for kind in $offer; do
        case $kind in
          @files)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
          @folders)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -d -- "$current")
            return
            ;;
          @projects | @programmes)
            list+=($("${COMP_WORDS[0]}" ${config:+--config "$config"} help --names "${kind#@}" 2>/dev/null))
            ;;
          @any) ;;
          *) list+=("$kind") ;;
        esac
      done
      mapfile -t COMPREPLY < <(compgen -W "${list[*]}" -- "$current")
    }

    complete -F _jalon jalon

    """
  }

  private static func lines(_ lines: [String]) -> String {
    lines.map { "    " + $0 }.joined(separator: "\n")
  }

  private static var values: [String] {
    everyHelp.flatMap { help in
      help.options.filter { $0.value != nil }.map { option in
        "'\(help.name) \(option.name)') offer='\(Offer(option)?.forBash ?? "@any")' ;;"
      }
    }
  }

  private static var words: [String] {
    everyHelp.flatMap { help in
      help.wordPlaces.enumerated().compactMap { number, place in
        let offer = place.offers.map(\.forBash).joined(separator: " ")
        if offer.isEmpty { return nil }
        return "'\(help.name) '\(place.isRepeated ? "*" : "\(number)")) offer='\(offer)' ;;"
      }
    }
  }

  private static var options: [String] {
    everyHelp.map { help in
      "\(help.name)) offer='\(help.allOptions.map(\.name).joined(separator: " "))' ;;"
    }
  }
}

extension Offer {
  fileprivate var forBash: String {
    switch self {
    case .words(let words): words.joined(separator: " ")
    case .projects: "@projects"
    case .programmes: "@programmes"
    case .files: "@files"
    case .folders: "@folders"
    }
  }
}

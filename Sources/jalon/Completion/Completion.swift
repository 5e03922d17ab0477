import JalonCore

/// What a shell may offer for one word of the command line.
enum Offer: Hashable {
  /// These words.
  case words([String])
  /// The ids of adopted projects, or programmes.
  case projects, programmes
  /// Files, or folders only.
  case files, folders

  /// What an option's value may be, told by what the help calls it.
  init?(_ option: CommandHelp.Option) {
    switch option.value {
    case "FILE": self = .files
    case "DIR": self = .folders
    case "ID": self = option.name == "--programme" ? .programmes : .projects
    case "KIND": self = .words(AlertKind.allCases.map(\.rawValue))
    case let value?:
      let words = Offer.literals(value)
      guard !words.isEmpty else { return nil }
      self = .words(words)
    case nil: return nil
    }
  }

  /// What a word of the synopsis may be.
  init?(placeholder: String) {
    switch placeholder {
    case "PROJECT": self = .projects
    case "PROGRAMME": self = .programmes
    case "FILE": self = .files
    case "FOLDER": self = .folders
    case "COMMAND": self = .words(everyHelp.map(\.name))
    default:
      let words = Offer.literals(placeholder)
      guard !words.isEmpty else { return nil }
      self = .words(words)
    }
  }

  /// What is typed as it stands: `prom`, both of `release|withhold`, the `all` of `N|all`.
  private static func literals(_ text: String) -> [String] {
    text.split(separator: "|").map(String.init).filter { $0 == $0.lowercased() }
  }
}

/// One place for a word after the command: what may be offered there.
struct WordPlace: Hashable {
  /// What the synopsis calls it.
  let name: String
  /// More than one where the synopsis has alternatives; empty where nothing can be offered.
  var offers: [Offer]
  /// Whether the words after it are of the same kind.
  var isRepeated: Bool
}

extension CommandHelp {
  /// The places for words, read from the synopsis.
  var wordPlaces: [WordPlace] {
    guard words.upperBound > 0 else { return [] }
    var places: [WordPlace] = []
    var skipped = 0
    var joinsNext = false
    for token in synopsis.split(separator: " ").map(CommandHelp.bare) {
      // An option, and after it as many words as its value has.
      if let option = option(token.text) {
        skipped = option.value?.split(separator: " ").count ?? 0
        continue
      }
      if skipped > 0 {
        skipped -= 1
        continue
      }
      if token.text == "|" {
        joinsNext = true
        continue
      }
      let offers = Offer(placeholder: token.text).map { [$0] } ?? []
      if joinsNext, !places.isEmpty {
        places[places.count - 1].offers += offers
      } else {
        places.append(WordPlace(name: token.text, offers: offers, isRepeated: token.isRepeated))
      }
      joinsNext = false
    }
    return Array(places.prefix(words.upperBound))
  }

  /// Whether the synopsis lets an option be given more than once: `[--project ID]…`.
  func isRepeated(_ option: Option) -> Bool {
    let tokens = synopsis.split(separator: " ").map(CommandHelp.bare)
    guard let index = tokens.firstIndex(where: { $0.text == option.name }) else { return false }
    return tokens[index...].prefix(option.value == nil ? 1 : 2).contains { $0.isRepeated }
  }

  /// A token without brackets, and whether `…` stands behind it.
  private static func bare(_ token: Substring) -> (text: String, isRepeated: Bool) {
    let text = token.filter { !"[]…".contains($0) }
    return (String(text), token.contains("…"))
  }
}

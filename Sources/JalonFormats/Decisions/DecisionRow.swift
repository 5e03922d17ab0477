import JalonCore

/// One row of an officer's file, from whichever format: its texts, and what they ask for.
struct DecisionRow {
  /// Characters that a reason may have: a letter's worth.
  private static let longestReason = 4_000

  let line: Int
  /// The cells that hold something.
  var cells: [DecisionField: RequestedAct.Cell] = [:]
  /// Everything that is wrong with it.
  private(set) var problems: [DecisionProblem] = []

  init(line: Int) { self.line = line }

  /// What the row asks for; `nil` when something is wrong with it.
  mutating func read() -> RequestedAct? {
    guard let word = word() else { return nil }
    let needed = word.needs(Set(cells.keys))
    for field in needed where cells[field] == nil {
      refuse(.rowKind, .act, Self.missing.with(field.shown, word.shown))
    }
    for field in DecisionField.allCases
    where cells[field] != nil && !needed.contains(field) && !word.allows.contains(field) {
      refuse(.rowKind, field, Self.superfluous.with(field.shown, word.shown))
    }
    let reason = cells[.reason]?.text ?? ""
    if reason.isEmpty { refuse(.reason, .reason, Self.noReason.with()) }
    // A character may have any number of accents.
    if reason.unicodeScalars.count > Self.longestReason {
      refuse(.reason, .reason, Self.longReason.with())
    }
    let anyway = truth(.anyway)
    guard problems.isEmpty, let wish = wish(word, needed) else { return nil }
    return RequestedAct(
      wish: wish, reason: reason, name: cells[.by]?.text, goesOnAnyway: anyway, line: line,
      cells: cells)
  }

  private mutating func word() -> ActWord? {
    guard let cell = cells[.act] else {
      refuse(.act, nil, Self.noAct.with(Self.known))
      return nil
    }
    if let word = ActWord(cell.text) { return word }
    let names = ActWord.allCases.flatMap(\.names)
    guard let near = nearestName(to: Folding.fold(cell.text), among: names),
      let meant = ActWord(near)
    else {
      refuse(.act, .act, Self.unknownAct.with(Sentence(cell.text), Self.known))
      return nil
    }
    refuse(.act, .act, Self.nearAct.with(Sentence(cell.text), meant.shown))
    return nil
  }

  private mutating func wish(_ word: ActWord, _ needed: [DecisionField]) -> RequestedAct.Wish? {
    let project = cells[.project]?.text
    let phase = cells[.phase]?.text ?? ""
    let criterion = cells[.criterion]?.text ?? ""
    switch word {
    case .release: return .act(.decide(phase: phase, .release), about: project)
    case .withhold: return .act(.decide(phase: phase, .withhold), about: project)
    case .waive:
      return .act(
        .waive(phase: phase, criterion: criterion, isTakenBack: false), about: project)
    case .contest: return contest(project, isTakenBack: false)
    case .takeBack where needed.contains(.period): return contest(project, isTakenBack: true)
    case .takeBack where needed.contains(.criterion):
      return .act(.waive(phase: phase, criterion: criterion, isTakenBack: true), about: project)
    case .takeBack: return .act(.decide(phase: phase, nil), about: project)
    case .expunge:
      let text = cells[.sha256]?.text ?? ""
      guard let digest = Digest(hexadecimal: text.lowercased()) else {
        refuse(.fileUnknown, .sha256, Self.badDigest.with(Sentence(text)))
        return nil
      }
      return .act(.expunge(digest), about: project)
    case .confirm:
      let text = cells[.number]?.text ?? ""
      guard let number = Int64(text), number > 0 else {
        refuse(.actUnknown, .number, Self.badNumber.with(Sentence(text)))
        return nil
      }
      return .confirm(number)
    }
  }

  private mutating func contest(_ project: String?, isTakenBack: Bool) -> RequestedAct.Wish? {
    let text = cells[.period]?.text ?? ""
    guard let period = PeriodNotation.read(text) else {
      refuse(.period, .period, Self.badPeriod.with(Sentence(text)))
      return nil
    }
    let indicator = cells[.indicator]?.text ?? ""
    return .act(
      .contest(indicator: indicator, period, isTakenBack: isTakenBack), about: project)
  }

  private mutating func truth(_ field: DecisionField) -> Bool {
    guard let text = cells[field]?.text else { return false }
    switch Folding.fold(text) {
    case "oui", "yes", "true", "vrai", "x", "1": return true
    case "non", "no", "false", "faux", "0": return false
    default:
      refuse(.rowKind, field, Self.badTruth.with(field.shown, Sentence(text)))
      return false
    }
  }

  private mutating func refuse(
    _ code: DecisionProblemCode, _ field: DecisionField?, _ message: Sentence
  ) {
    let cell = field.flatMap { cells[$0] }
    problems.append(
      DecisionProblem(
        code, line: line, column: cell?.column, text: cell?.text ?? "", message: message))
  }
}

extension DecisionRow {
  private static let known = Sentence(
    french: ActWord.allCases.map(\.shown.french).joined(separator: ", "),
    english: ActWord.allCases.map(\.shown.english).joined(separator: ", "))

  private static let noAct = Wording(
    "il manque l'acte ; écrivez dans « acte » l'un de : {0}",
    "the act is missing; write in \"act\" one of: {0}")
  private static let nearAct = Wording(
    "« {0} » n'est pas un acte ; vouliez-vous « {1} » ?",
    "\"{0}\" is no act; did you mean \"{1}\"?")
  private static let unknownAct = Wording(
    "« {0} » n'est pas un acte ; écrivez l'un de : {1}",
    "\"{0}\" is no act; write one of: {1}")
  private static let missing = Wording(
    "il manque « {0} » : « {1} » en a besoin ; remplissez la case",
    "\"{0}\" is missing: \"{1}\" needs it; fill in the cell")
  private static let superfluous = Wording(
    "« {0} » ne sert pas pour « {1} » ; videz la case, ou corrigez l'acte",
    "\"{0}\" is not for \"{1}\"; empty the cell, or correct the act")
  private static let noReason = Wording(
    "il manque le motif : il est conservé pour toujours ; remplissez « motif »",
    "the reason is missing: it is kept for good; fill in \"reason\"")
  private static let longReason = Wording(
    "le motif dépasse 4 000 caractères ; raccourcissez-le",
    "the reason is longer than 4,000 characters; shorten it")
  private static let badDigest = Wording(
    "« {0} » n'est pas une empreinte SHA-256 (64 chiffres hexadécimaux) ; elle est sur le récépissé",
    "\"{0}\" is no SHA-256 (64 hexadecimal digits); the receipt shows it")
  private static let badNumber = Wording(
    "« {0} » n'est pas le numéro d'un acte ; il est sur le récépissé de qui l'a demandé",
    "\"{0}\" is not an act's number; the receipt of whoever asked for it shows it")
  private static let badPeriod = Wording(
    "« {0} » n'est pas une période ; écrivez 2021-M03, 2021-T1 ou 2021",
    "\"{0}\" is not a period; write 2021-M03, 2021-Q1 or 2021")
  private static let badTruth = Wording(
    "« {0} » : écrivez oui ou non, au lieu de « {1} »",
    "\"{0}\": write yes or no, instead of \"{1}\"")
}

extension Sentence {
  /// What reads the same in every language.
  fileprivate init(_ text: String) { self.init(french: text, english: text) }
}

import JalonCore

/// Whose file it is: what the depot tells, or else what its rows say (SPEC §6, `projet`).
struct ReportProject {
  let told: String?
  private let context: (String) -> ProjectContext?
  /// The project found, and what stood about it.
  private(set) var found: (id: String, context: ProjectContext)?
  /// What each spelling met means for its row.
  private var verdicts = NameMemo<Verdict>()

  enum Verdict { case same, foreign, unknown }

  init(told: String?, context: @escaping (String) -> ProjectContext?) {
    self.told = told
    self.context = context
  }

  /// Finds the project that the depot tells.
  ///
  /// - Returns: `false` when there is no such project.
  mutating func findTold() -> Bool {
    guard let told else { return true }
    guard let context = context(told) else { return false }
    found = (told, context)
    return true
  }

  /// What a row's project means for it; an empty one says nothing.
  @inline(__always)
  mutating func judge(_ cell: Cell) -> Verdict {
    if cell.isEmpty { return told == nil ? .unknown : .same }
    return verdicts.meaning(of: cell) ?? judgeSlowly(cell)
  }

  private mutating func judgeSlowly(_ cell: Cell) -> Verdict {
    let id = String(decoding: cell.prefix(200), as: UTF8.self)
    let verdict: Verdict
    if let found {
      verdict = self.verdict(on: id, beside: found.id)
    } else if let context = context(id) {
      found = (id, context)
      verdict = .same
    } else {
      verdict = .unknown
    }
    verdicts.remember(cell, as: verdict)
    return verdict
  }

  /// What another spelling means: case and accents are ignored, unless a project is called so.
  private func verdict(on id: String, beside found: String) -> Verdict {
    if id.utf8.elementsEqual(found.utf8) { return .same }
    let isSpelling = Folding.fold(id) == Folding.fold(found)
    // A million other names are not looked up where none of them can be the depot's.
    if told != nil, !isSpelling { return .foreign }
    let isKnown = context(id) != nil
    return isKnown ? .foreign : isSpelling ? .same : .unknown
  }
}

extension ReportIntake {
  /// Takes the project that the depot tells; `false` when there is no such project.
  mutating func takeToldProject() -> Bool {
    guard project.findTold() else {
      let told = project.told ?? ""
      note(.projectUnknown, Place(), text: told, ReportProject.notAdopted.with(told))
      return false
    }
    preparePlan()
    return true
  }

  /// Notes that nothing tells the project.
  mutating func refuseUntoldProject() {
    note(.projectUnknown, Place(), text: "", ReportProject.untold.with())
  }

  /// Whether a row is of the file's project; if not, why not is noted.
  @inline(__always)
  mutating func isOfProject(_ cell: Cell, line: Int) -> Bool {
    let verdict = project.judge(cell)
    if verdict == .same {
      if !hasPlan { preparePlan() }
      return true
    }
    refuseProject(cell, line: line, verdict)
    return false
  }

  private mutating func refuseProject(_ cell: Cell, line: Int, _ verdict: ReportProject.Verdict) {
    dataRows += 1
    let place = Place(line: line, column: .project)
    let found = project.found?.id ?? ""
    note(verdict == .foreign ? .projectForeign : .projectUnknown, place, text: cell) { text in
      if verdict == .foreign { return ReportProject.foreign.with(text, found) }
      if cell.isEmpty { return ReportProject.untold.with() }
      return ReportProject.unknown.with(text)
    }
  }
}

extension ReportProject {
  static let notAdopted = Wording(
    "le projet « {0} » n'est pas connu du suivi ; adressez-vous à l'équipe de suivi",
    "the project \"{0}\" is not known; ask the follow-up team")
  static let untold = Wording(
    "rien ne dit de quel projet il s'agit ; remplissez la colonne « projet »",
    "nothing tells which project this is; fill in the column \"project\"")
  static let unknown = Wording(
    "le projet « {0} » n'est pas connu ; recopiez l'identifiant de la convention",
    "the project \"{0}\" is not known; copy the id from the agreement")
  static let foreign = Wording(
    "cette ligne parle du projet « {0} », alors que ce dépôt est celui de « {1} » ; "
      + "retirez-la ou corrigez le projet",
    "this row is about the project \"{0}\", but this file is one of \"{1}\"; "
      + "remove it or correct the project")
}

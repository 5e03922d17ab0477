import JalonCore
import JalonPages

extension DecisionProblem {
  /// What an error means to the officer whose file asked for the act; `nil` for one that is not
  /// about what was asked.
  init?(_ error: any Error, of row: RequestedAct) {
    switch error {
    case let error as DecidingError: self.init(error, of: row)
    case RoundError.unknownProject(let id, let nearest):
      self.init(
        .projectUnknown, .project, of: row, message: .unknown("projet", "project", id, nearest))
    case RoundError.unknownPhase(let id, let nearest):
      self.init(.phaseUnknown, .phase, of: row, message: .unknown("phase", "phase", id, nearest))
    case is ComputedOverflow:
      self.init(.notJudged, .project, of: row, message: .overflow)
    default: return nil
    }
  }

  private init(_ error: DecidingError, of row: RequestedAct) {
    let (code, field): (DecisionProblemCode, DecisionField?) =
      switch error {
      case .unknownCriterion: (.criterionUnknown, .criterion)
      case .unknownIndicator: (.indicatorUnknown, .indicator)
      case .nothingReported: (.figureUnknown, .period)
      case .unknownFile: (.fileUnknown, .sha256)
      case .nothingToTakeBack: (.nothingToTakeBack, .act)
      case .verdictChanged: (.verdictChanged, .act)
      case .alreadyDecided: (.alreadyDecided, .act)
      case .unknownAct, .nothingToConfirm: (.actUnknown, .number)
      case .samePerson: (.samePerson, .number)
      }
    self.init(code, field, of: row, message: error.sentence)
  }
}

extension DecidingError {
  /// What is wrong, and what to do, for an officer who writes files.
  fileprivate var sentence: Sentence {
    switch self {
    case .unknownCriterion(let id, let phase, let nearest):
      .unknown(
        "critère du passage de la phase \(phase)", "criterion of the gate of phase \(phase)", id,
        nearest)
    case .unknownIndicator(let id, let nearest):
      .unknown("indicateur du projet", "indicator of the project", id, nearest)
    case .nothingReported(let indicator, let period):
      Sentence(
        french: "aucun chiffre de « \(indicator) » n’est retenu pour \(period) : il n’y a rien à "
          + "contester",
        english: "no figure of \"\(indicator)\" stands for \(period): there is nothing to contest")
    case .unknownFile(let digest):
      Sentence(
        french: "aucun fichier conservé n’a l’empreinte \(digest.hexadecimal)",
        english: "no file that is kept has the SHA-256 \(digest.hexadecimal)")
    case .nothingToTakeBack:
      Sentence(
        french: "il n’y a rien à reprendre : rien de tel n’est en vigueur",
        english: "there is nothing to take back: nothing of the kind is in force")
    case .verdictChanged(let before, let now):
      Sentence(
        french:
          "l’avis a changé depuis la dernière évaluation : il était « \(Self.french(before)) », il "
          + "est « \(Self.french(now)) » ; regardez de nouveau le projet, puis écrivez « oui » dans "
          + "« malgré » si la décision tient",
        english: "the recommendation has changed since the last evaluation: it was "
          + "\"\(before?.rawValue ?? "not recorded")\", it is \"\(now.rawValue)\"; look at the "
          + "project again, then write \"yes\" in \"anyway\" if the decision holds")
    case .alreadyDecided(let verdict, let by, let day):
      Sentence(
        french:
          "\(by) a décidé « \(Self.french(Recommendation(rawValue: verdict.rawValue))) » le \(Figures(.french).day(day)) ; écrivez « oui » dans "
          + "« malgré » pour décider autrement",
        english: "\(by) decided \"\(verdict.rawValue)\" on \(day); write \"yes\" in \"anyway\" to "
          + "decide otherwise")
    case .unknownAct(let number):
      Sentence(
        french: "il n’y a pas d’acte n° \(number)", english: "there is no act no. \(number)")
    case .nothingToConfirm(let number):
      Sentence(
        french: "l’acte n° \(number) n’attend personne : il est confirmé, ou n’en a pas besoin",
        english: "act no. \(number) waits for nobody: it is confirmed, or needs it not")
    case .samePerson(let user):
      Sentence(
        french: "une seconde personne doit confirmer : \(user) ne peut pas confirmer ce que "
          + "\(user) a demandé",
        english: "a second person has to confirm: \(user) cannot confirm what \(user) asked for")
    }
  }
}

extension DecidingError {
  private static func french(_ recommendation: Recommendation?) -> String {
    recommendation.map(Figures(.french).word) ?? "non enregistré"
  }
}

extension Sentence {
  fileprivate static let overflow = Sentence(
    french: "un chiffre calculé de ce projet est trop grand pour être exact : le passage ne peut "
      + "pas être jugé",
    english:
      "a figure computed for this project is too large to be exact: the gate cannot be judged")

  fileprivate static func unknown(
    _ french: String, _ english: String, _ id: String, _ nearest: String?
  ) -> Sentence {
    Sentence(
      french: "« \(id) » n’est pas connu (\(french))"
        + (nearest.map { " ; vouliez-vous « \($0) » ?" } ?? " ; corrigez-le"),
      english: "\"\(id)\" is not known (\(english))"
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? "; correct it"))
  }
}

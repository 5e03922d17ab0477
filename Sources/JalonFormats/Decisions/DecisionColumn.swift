import JalonCore

extension DecisionField: TableColumn {
  var names: [String] {
    switch self {
    case .act: ["acte", "act"]
    case .project: ["projet", "project"]
    case .phase: ["phase"]
    case .criterion: ["critere", "criterion"]
    case .indicator: ["indicateur", "indicator"]
    case .period: ["periode", "period"]
    case .sha256: ["empreinte", "sha256", "sha-256"]
    case .number: ["numero", "number", "n°"]
    case .reason: ["motif", "reason"]
    case .by: ["par", "by"]
    case .anyway: ["malgre", "anyway"]
    }
  }
}

extension DecisionField: ObjectKey {
  static let names = KeyNames<DecisionField>()
}

/// What an officer's file can ask for, and which fields each asks with.
enum ActWord: CaseIterable {
  case release, withhold, waive, contest, takeBack, expunge, confirm

  /// How it is written, as ``Folding`` leaves it; French first.
  var names: [String] {
    switch self {
    case .release: ["debloquer", "release"]
    case .withhold: ["suspendre", "withhold"]
    case .waive: ["deroger", "derogation", "waive"]
    case .contest: ["contester", "contest"]
    case .takeBack: ["reprendre", "take back", "take-back"]
    case .expunge: ["effacer", "expunge"]
    case .confirm: ["confirmer", "confirm"]
    }
  }

  /// How it is shown.
  var shown: Sentence {
    switch self {
    case .release: Sentence(french: "débloquer", english: "release")
    case .withhold: Sentence(french: "suspendre", english: "withhold")
    case .waive: Sentence(french: "déroger", english: "waive")
    case .contest: Sentence(french: "contester", english: "contest")
    case .takeBack: Sentence(french: "reprendre", english: "take back")
    case .expunge: Sentence(french: "effacer", english: "expunge")
    case .confirm: Sentence(french: "confirmer", english: "confirm")
    }
  }

  init?(_ text: String) {
    let folded = Folding.fold(text)
    guard let word = ActWord.allCases.first(where: { $0.names.contains(folded) }) else {
      return nil
    }
    self = word
  }

  /// The fields that it needs, beside the reason; what is taken back may be of three kinds.
  func needs(_ filled: Set<DecisionField>) -> [DecisionField] {
    switch self {
    case .release, .withhold: [.project, .phase]
    case .waive: [.project, .phase, .criterion]
    case .contest: [.project, .indicator, .period]
    case .takeBack where !filled.isDisjoint(with: [.indicator, .period]):
      [.project, .indicator, .period]
    case .takeBack:
      filled.contains(.criterion) ? [.project, .phase, .criterion] : [.project, .phase]
    case .expunge: [.sha256]
    case .confirm: [.number]
    }
  }

  /// The fields that it may have beside those.
  var allows: Set<DecisionField> {
    switch self {
    case .release, .withhold: [.act, .reason, .by, .anyway]
    case .expunge: [.act, .reason, .by, .project]
    default: [.act, .reason, .by]
    }
  }
}

extension DecisionField {
  /// Its name for a person.
  var shown: Sentence {
    switch self {
    case .act: Sentence(french: "acte", english: "act")
    case .project: Sentence(french: "projet", english: "project")
    case .phase: Sentence(french: "phase", english: "phase")
    case .criterion: Sentence(french: "critère", english: "criterion")
    case .indicator: Sentence(french: "indicateur", english: "indicator")
    case .period: Sentence(french: "période", english: "period")
    case .sha256: Sentence(french: "empreinte", english: "sha256")
    case .number: Sentence(french: "numéro", english: "number")
    case .reason: Sentence(french: "motif", english: "reason")
    case .by: Sentence(french: "par", english: "by")
    case .anyway: Sentence(french: "malgré", english: "anyway")
    }
  }
}

public import JalonCore

/// What officers did, for whoever did it or asks.
public struct ActsPage: Sendable {
  private let figures: Figures

  /// Pages in one language.
  public init(in language: Language) { figures = Figures(language) }

  /// Acts for programs.
  public func json(_ acts: [OfficerAct]) -> JSONText { .array(acts.map(json)) }

  private func json(_ act: OfficerAct) -> JSONText {
    .object([
      ("id", .int(Int(act.number))), ("project", .string(act.project)),
      ("act", .string(words(act.deed))), ("stood", .text(act.stood?.rawValue)),
      ("version", .string(act.version.hexadecimal)), ("rules", .int(act.rules)),
      ("effective", .bool(act.effective != nil)), ("signature", json(act.signature)),
      ("confirmation", act.confirmation.map(json) ?? .null),
    ])
  }

  private func json(_ word: Signature) -> JSONText {
    .object([
      ("by", .string(word.name)), ("user", .string(word.user)), ("way", .string(word.way.rawValue)),
      ("reason", .string(word.reason)), ("at", .text(word.at)),
    ])
  }

  /// An act as the receipt of the file that asked for it tells it.
  public func receipt(_ act: OfficerAct) -> ReceiptAct {
    ReceiptAct(
      number: act.number, project: act.project, text: words(act.deed),
      stood: act.stood, isEffective: act.effective != nil)
  }

  /// Acts for a terminal, in the order given.
  public func text(_ acts: [OfficerAct], width: Int) -> String {
    acts.flatMap(lines).map { Table.wrap($0, to: width) }.joined(separator: "\n")
      + (acts.isEmpty ? "" : "\n")
  }

  /// One act in a few lines.
  func lines(_ act: OfficerAct) -> [String] {
    var lines = ["\(act.number)  \(act.project) : ".typesetInFrench + words(act.deed)]
    lines.append("      " + words(act.signature))
    if let stood = act.stood {
      lines.append(
        "      " + figures.say("Avis alors", "Recommended then") + figures.colon
          + figures.word(stood))
    }
    if let word = act.confirmation {
      lines.append("      " + figures.say("Confirmé : ", "Confirmed: ") + words(word))
    } else if act.effective == nil {
      lines.append(
        "      "
          + figures.say(
            "Sans effet tant qu’une autre personne ne l’a pas confirmé : jalon confirm \(act.number)",
            "Without effect until somebody else confirms it: jalon confirm \(act.number)"))
    }
    return lines
  }

  /// One act in one line.
  func sentence(_ act: OfficerAct) -> String {
    var text = "n° \(act.number), " + words(act.deed) + " — " + words(act.signature)
    if let stood = act.stood {
      text += figures.say(" ; avis alors : ", "; recommended then: ") + figures.word(stood)
    }
    if let word = act.confirmation {
      return text + figures.say(" ; confirmé : ", "; confirmed: ") + words(word)
    }
    return act.effective == nil
      ? text + figures.say(" ; attend une confirmation", "; waits for a second person") : text
  }

  private func words(_ word: Signature) -> String {
    "\(figures.moment(word.at)), \(word.name) (\(word.user))"
      + (word.reason.isEmpty ? "" : figures.colon + word.reason)
  }

  /// Such as `phase P1, suspendre`.
  func words(_ deed: OfficerAct.Deed) -> String {
    switch deed {
    case .decide(let phase, .release?):
      figures.say("phase \(phase), débloquer", "phase \(phase), release")
    case .decide(let phase, .withhold?):
      figures.say("phase \(phase), suspendre", "phase \(phase), withhold")
    case .decide(let phase, nil):
      figures.say("phase \(phase), décision reprise", "phase \(phase), decision taken back")
    case .waive(let phase, let criterion, false):
      figures.say(
        "phase \(phase), dérogation à \(criterion)", "phase \(phase), \(criterion) waived")
    case .waive(let phase, let criterion, true):
      figures.say(
        "phase \(phase), dérogation à \(criterion) reprise",
        "phase \(phase), waiver of \(criterion) taken back")
    case .contest(let indicator, let period, false):
      figures.say(
        "\(indicator) \(period), chiffre contesté", "\(indicator) \(period), figure contested")
    case .contest(let indicator, let period, true):
      figures.say(
        "\(indicator) \(period), contestation reprise",
        "\(indicator) \(period), contest taken back")
    case .expunge(let digest):
      figures.say(
        "octets du fichier \(digest.hexadecimal.prefix(16))… effacés",
        "bytes of file \(digest.hexadecimal.prefix(16))… removed")
    }
  }
}

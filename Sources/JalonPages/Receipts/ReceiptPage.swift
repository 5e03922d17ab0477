public import JalonCore

/// A receipt for programs (JSON) and for people (text).
public struct ReceiptPage: Sendable {
  private let receipt: Receipt
  private let figures: Figures

  /// The pages of a receipt, in a language.
  public init(_ receipt: Receipt, in language: Language) {
    self.receipt = receipt
    figures = Figures(language)
  }

  /// The receipt as the contract's JSON object (SPEC §7); an officer's has `acts` too.
  public var json: JSONText {
    let acts = receipt.acts.map { [("acts", JSONText.array($0.map(json)))] } ?? []
    return .object(
      [
        ("receipt", .string(receipt.id)),
        ("project", .text(receipt.project)),
        ("file", .string(receipt.file)),
        ("sha256", .string(receipt.sha256)),
        ("bytes", .int(receipt.bytes)),
        ("receivedAt", .text(receipt.receivedAt)),
        ("status", .string(receipt.status.rawValue)),
        ("duplicateOf", .text(receipt.duplicateOf)),
        ("rows", .int(receipt.rows)),
        ("periods", .texts(receipt.periods)),
        ("errors", .array(receipt.errors.map(json))),
        ("warnings", .array(receipt.warnings.map(json))),
      ] + acts)
  }

  private func json(_ act: ReceiptAct) -> JSONText {
    .object([
      ("id", .int(Int(act.number))), ("project", .string(act.project)),
      ("act", .string(act.text)), ("stood", .text(act.stood?.rawValue)),
      ("effective", .bool(act.isEffective)),
    ])
  }

  private func json(_ problem: ReceiptProblem) -> JSONText {
    .object([
      ("code", .string(problem.code)),
      ("line", .number(problem.line)),
      ("column", .number(problem.column)),
      ("text", .string(problem.text)),
      ("message", .string(problem.message)),
    ])
  }

  /// Lines that any editor shows whole: a receipt is a file, read by who knows what.
  private static let width = 80

  /// The receipt for a person, as UTF-8 lines.
  public var text: String {
    var lines = [
      figures.say("Récépissé ", "Receipt ") + receipt.id,
      "",
      field("Fichier", "File", receipt.file),
    ]
    if receipt.acts == nil { lines.append(field("Projet", "Project", receipt.project ?? "—")) }
    lines += [
      field("Reçu le", "Received", figures.moment(receipt.receivedAt)),
      field("Taille", "Size", figures.count(receipt.bytes, ("octet", "octets"), ("byte", "bytes"))),
      field("Empreinte", "SHA-256", receipt.sha256),
      "",
      Table.wrap(headline, to: ReceiptPage.width),
    ]
    lines += acts
    lines += list(receipt.errors, "À corriger", "To correct")
    lines += list(receipt.warnings, "À vérifier", "To check")
    return lines.joined(separator: "\n") + "\n"
  }

  private func field(_ french: String, _ english: String, _ value: String) -> String {
    let name = figures.say(french, english)
    return name + String(repeating: " ", count: max(1, 11 - name.count)) + value
  }

  private var headline: String {
    switch receipt.status {
    case .accepted where receipt.acts != nil:
      return figures.say("ENREGISTRÉ : ", "RECORDED: ")
        + figures.count(receipt.rows, ("acte", "actes"), ("act", "acts")) + "."
    case .duplicate where receipt.acts != nil:
      let first = receipt.duplicateOf ?? "—"
      return figures.say(
        "DÉJÀ REÇU : ce contenu a été enregistré sous le récépissé \(first) ; ce nouvel envoi ne "
          + "change rien. Pour le demander de nouveau, envoyez un fichier qui diffère (le motif "
          + "suffit).",
        "ALREADY RECEIVED: this content was recorded as receipt \(first); sending it again "
          + "changes nothing. To ask for it again, send a file that differs (the reason is enough)."
      )
    case .accepted:
      let rows = figures.count(
        receipt.rows, ("ligne prise en compte", "lignes prises en compte"),
        ("row counted", "rows counted"))
      let periods = receipt.periods.isEmpty ? "" : " (" + receipt.periods.briefly + ")"
      return figures.say("ACCEPTÉ : ", "ACCEPTED: ") + rows + periods + "."
    case .rejected:
      return figures.say(
        "REFUSÉ : rien de ce fichier n’est pris en compte, et rien n’est perdu. "
          + "Corrigez les points ci-dessous, puis renvoyez le fichier entier.",
        "REJECTED: nothing of this file counts, and nothing is lost. "
          + "Correct the points below, then send the whole file again.")
    case .duplicate:
      let first = receipt.duplicateOf ?? "—"
      return figures.say(
        "DÉJÀ REÇU : ce contenu a été accepté sous le récépissé \(first) ; ce nouvel envoi ne "
          + "change rien. Pour rétablir un chiffre antérieur, envoyez-le dans un fichier qui "
          + "diffère (un commentaire suffit).",
        "ALREADY RECEIVED: this content was accepted as receipt \(first); sending it again "
          + "changes nothing. To restore an earlier figure, send it in a file that differs "
          + "(a comment is enough).")
    }
  }

  /// What an officer's file did, an item an act.
  private var acts: [String] {
    guard let acts = receipt.acts, !acts.isEmpty else { return [] }
    return [""]
      + acts.map { act in
        var text = figures.say("  - acte n° \(act.number), ", "  - act no. \(act.number), ")
        text += act.project + figures.colon + act.text
        if let stood = act.stood {
          text += figures.say(" (avis alors : ", " (recommended then: ") + figures.word(stood) + ")"
        }
        if !act.isEffective {
          text += figures.say(
            " — sans effet tant qu’une autre personne ne l’a pas confirmé",
            " — without effect until somebody else confirms it")
        }
        return Table.wrap(text.visible, to: ReceiptPage.width)
      }
  }

  private func list(
    _ problems: [ReceiptProblem], _ french: String, _ english: String
  ) -> [String] {
    guard !problems.isEmpty else { return [] }
    let title = figures.say(french + " :", english + ":")
    return ["", title]
      + problems.map { problem in
        Table.wrap("  - " + problem.message.visible, to: ReceiptPage.width)
      }
  }
}

extension String {
  /// The text without anything that would command a terminal.
  fileprivate var visible: String {
    let isHarmless = utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    guard !isHarmless else { return self }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }))
  }
}

extension [Period] {
  /// The first and last of a list of periods, or the only one.
  var briefly: String {
    guard let first, let last else { return "" }
    return first == last ? first.description : "\(first) … \(last)"
  }
}

public import JalonCore

/// The file of a new project: every key with a comment, and what has to be chosen marked so.
///
/// The comments are French: the file is read and kept by the follow-up team. `jalon check` names
/// each marker that is left.
public struct ProjectFilePage: Sendable {
  /// What stands where something has to be chosen.
  public static let toBeChosen = "À CHOISIR"

  let laureate: Laureate
  let programme: Programme
  let facts: ProgrammeFacts

  /// The file of a laureate in a programme.
  public init(_ laureate: Laureate, in programme: Programme) {
    self.laureate = laureate
    self.programme = programme
    facts = ProgrammeFacts(programme: programme, figures: Figures(.french))
  }

  /// JSON with comments and trailing commas.
  public var text: String {
    (opening + ["{"] + identity + money + indicators + phases + closing + ["}"])
      .joined(separator: "\n") + "\n"
  }

  // MARK: Its parts

  private var opening: [String] {
    var lines = comments(
      "", ["Projet lauréat du programme \(programme.id) : \(programme.title)."] + facts.rules)
    if let source = programme.source { lines += comments("", ["Source : \(source)"]) }
    return lines
      + comments(
        "",
        [
          "Remplacez chaque « \(ProjectFilePage.toBeChosen) » (nombres et dates compris) ; "
            + "« jalon check » nomme ceux qui restent."
        ])
  }

  private var identity: [String] {
    [
      key("id", quoted(laureate.id), "nom du dossier où l'équipe dépose ses remontées"),
      key("programme", quoted(programme.id)),
      key("title", value(laureate.title), "intitulé du projet"),
      key("lead", value(laureate.lead), "porteur : l'administration responsable"),
      key("contacts", contacts, "adresses électroniques de l'équipe"),
      laureate.category.map { key("category", quoted($0), "catégorie dans le programme") }
        ?? optional("category", "\"…\"", categoryRemark),
      key("awarded", value(laureate.awarded?.description), "date d'attribution : AAAA-MM-JJ"),
      optional("funded", "\"2021-02-01\"", "date du premier versement, si c'est un autre jour"),
      "",
    ]
  }

  private var money: [String] {
    var lines = comments(
      "  ", ["Montants en euros. Coût total : \(sizeRemark). Part financée : \(shareRemark)."])
    lines += [
      key("totalCost", amount(laureate.totalCost), "coût total"),
      optional("requested", "100000", "somme demandée : la subvention ne la dépasse jamais"),
      key("grant", amount(laureate.grant), "subvention"),
      key("balance", "0", "solde versé au dernier passage ; compris dans la subvention"),
    ]
    if programme.cofinancing?.dossierCeiling != nil {
      lines += comments("  ", ["Dossiers successifs, s'il y en a plusieurs :"])
      lines.append(
        "  // \"dossiers\": [{ \"id\": \"D1\", \"totalCost\": 100000, \"grant\": 75000, "
          + "\"phases\": [\"P1\"] }],")
    }
    return lines + [""]
  }

  private var closing: [String] {
    [
      optional(
        "graceDays", String(programme.reporting.graceDays),
        "jours de grâce, s'ils diffèrent de ceux du programme"),
      optional(
        "stopped", "{ \"on\": \"2021-12-31\", \"reason\": \"…\" }", "arrêt avant le terme"),
    ]
  }

  private var contacts: String {
    guard !laureate.contacts.isEmpty else { return "[" + choose + "]" }
    return "[" + laureate.contacts.map(quoted).joined(separator: ", ") + "]"
  }

  private var categoryRemark: String {
    let names = programme.categories
    return names.isEmpty
      ? "facultative ; ce programme n'en distingue pas"
      : "facultative ; ce programme distingue : " + names.joined(separator: ", ")
  }

  private var shareRemark: String { facts.share == "—" ? "non publiée" : facts.share }

  private var sizeRemark: String {
    laureate.category.flatMap { programme.projectSize?.categories[$0] }.map(facts.words)
      ?? (facts.size == "—" ? "sans borne publiée" : facts.size)
  }
}

// MARK: Lines

extension ProjectFilePage {
  private func key(_ name: String, _ value: String, _ comment: String? = nil) -> String {
    "  \"\(name)\": \(value)," + (comment.map { "  // " + line($0) } ?? "")
  }

  private func optional(_ name: String, _ value: String, _ comment: String) -> String {
    "  // \"\(name)\": \(value),  // " + line(comment)
  }

  func comments(_ margin: String, _ sentences: [String]) -> [String] {
    sentences.flatMap { sentence in
      Table.wrap(margin + line(sentence), to: 97).split(separator: "\n").map { wrapped in
        margin + "// " + wrapped.dropFirst(margin.count)
      }
    }
  }

  /// A text that cannot end the comment it stands in.
  private func line(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
      .typesetInFrench
  }

  var choose: String { quoted(ProjectFilePage.toBeChosen) }

  func value(_ known: String?) -> String { known.map(quoted) ?? choose }

  func amount(_ known: Quantity?) -> String { known?.description ?? choose }

  func quoted(_ text: String) -> String {
    String(decoding: JSONText.string(text).compact, as: UTF8.self)
  }
}

public import JalonCore

/// The programmes that Jalon knows: a table of facts and, for each, what it enforces and from where.
public struct ProgrammesPage: Sendable {
  private let programmes: [Programme]
  private let figures: Figures

  /// A page of programmes, in order of id.
  public init(_ programmes: [Programme], in language: Language) {
    self.programmes = programmes.sorted { $0.id < $1.id }
    figures = Figures(language)
  }

  /// For a terminal.
  public func text(width: Int) -> String {
    var table = Table([
      (figures.say("programme", "programme"), .left), (figures.say("forme", "form"), .left),
      (figures.say("part financée", "share funded"), .left),
      (figures.say("coût total", "total cost"), .left),
      (figures.say("enveloppe", "envelope"), .right), (figures.say("titre", "title"), .left),
    ])
    for facts in facts {
      let programme = facts.programme
      table.add([
        programme.id, facts.form, facts.share, facts.size, facts.envelope, programme.title,
      ])
    }
    let details = facts.map { facts in
      let opening = "\n\(facts.programme.id)  \(facts.programme.title)\n"
      return sections(facts).reduce(opening) { text, section in
        let lines = section.lines.map { Table.wrap("  - " + $0, to: width) }
        return text + section.title + "\n" + lines.joined(separator: "\n") + "\n"
      }
    }
    return table.text(width: width) + details.joined()
  }

  /// For the documentation: Markdown.
  public var markdown: String {
    let heading = [
      figures.say("programme", "programme"), figures.say("titre", "title"),
      figures.say("opérateur", "operator"), figures.say("forme", "form"),
      figures.say("part financée", "share funded"), figures.say("coût total", "total cost"),
      figures.say("enveloppe", "envelope"),
    ]
    var lines = [figures.say("# Les programmes", "# The programmes"), "", opening, ""]
    lines.append(ProgrammesPage.row(heading))
    lines.append(ProgrammesPage.row(heading.map { _ in "---" }))
    for facts in facts {
      let programme = facts.programme
      lines.append(
        ProgrammesPage.row([
          programme.id, programme.title, programme.operatorName, facts.form, facts.share,
          facts.size, facts.envelope,
        ]))
    }
    for facts in facts {
      lines += ["", "## \(facts.programme.id) — " + Markdown.plain(facts.programme.title)]
      for section in sections(facts) {
        lines += ["", "**\(section.title)**", ""]
        lines += section.lines.map { "- " + Markdown.plain($0) }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var facts: [ProgrammeFacts] {
    programmes.map { ProgrammeFacts(programme: $0, figures: figures) }
  }

  private var opening: String {
    figures.say(
      "Page produite par `jalon programmes --format markdown` à partir des fichiers de programme ; "
        + "ce qui est écrit ici est ce que Jalon applique. « — » : les sources ne le disent pas.",
      "Page made by `jalon programmes --format markdown` from the programme files; what stands "
        + "here is what Jalon enforces. “—”: the sources do not say.")
  }

  /// What is said of one programme; a section with nothing to say is left out, but for indicators.
  private func sections(_ facts: ProgrammeFacts) -> [(title: String, lines: [String])] {
    let programme = facts.programme
    let none = figures.say(
      "aucun : chaque projet définit les siens", "none: each project has its own")
    let indicators = programme.indicators.map(facts.indicator)
    let sections = [
      (figures.say("Règles appliquées", "Rules enforced"), facts.rules),
      (
        figures.say("Indicateurs hérités", "Inherited indicators"),
        indicators.isEmpty ? [none] : indicators
      ),
      (
        figures.say("Engagements", "Commitments"),
        programme.commitments.map { facts.commitment($0) }
      ),
      (figures.say("Conditions", "Conditions"), programme.conditions.map(facts.condition)),
      (figures.say("Source", "Source"), programme.source.map { [figures.say($0, $0)] } ?? []),
    ]
    return sections.filter { !$0.1.isEmpty }
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map(Markdown.plain).joined(separator: " | ") + " |"
  }
}

import JalonCore

/// The rows behind the criteria of a gate, each with its file, line, receipt and instant.
struct CitationPage {
  let plan: Plan
  let citations: [String: [Citation]]
  let files: [Int64: CitedFile]
  let figures: Figures

  // MARK: For programs

  /// The rows behind a criterion; a milestone's is the row that says it was reached,
  /// or that withdraws it.
  func json(_ criterion: Criterion) -> [JSONText] {
    var rows = (citations[criterion.id] ?? []).map(json)
    if case .milestone(_, _, let reach?) = criterion.finding {
      rows.append(
        .object(
          [("milestone", .string(reach.milestone)), ("reached", .text(reach.reached))]
            + place(reach.source)))
    }
    return rows
  }

  private func json(_ citation: Citation) -> JSONText {
    .object(
      [
        ("indicator", .string(citation.indicator)), ("period", .text(citation.period)),
        ("profile", .text(citation.observation.profile)),
        ("value", .text(citation.observation.value)),
        ("weight", .text(citation.observation.weight)),
        ("evidence", .string(citation.observation.evidence.word)),
      ] + place(citation.source))
  }

  private func place(_ source: Source) -> [(String, JSONText)] {
    let file = files[source.submission]
    return [
      ("file", .text(file?.file)), ("line", .int(Int(source.line))),
      ("receipt", .text(file?.receipt)), ("sha256", .text(file?.sha256)),
      ("receivedAt", .text(file?.receivedAt)),
    ]
  }

  // MARK: For people

  /// The rows behind a criterion, one line each.
  func lines(_ criterion: Criterion) -> [String] {
    var lines: [String] = []
    if case .milestone(_, _, let reach?) = criterion.finding {
      lines.append(margin + cite(reach.source))
    }
    let cited = citations[criterion.id] ?? []
    // A ratio rests on two indicators: their rows have to be told apart.
    let isMixed = cited.contains { $0.indicator != cited.first?.indicator }
    return lines + cited.map { line($0, named: isMixed) }
  }

  /// What stands before every cited row.
  var margin: String { "      " }

  private func line(_ citation: Citation, named isNamed: Bool) -> String {
    let row = citation.observation
    let unit = plan.indicator(citation.indicator)?.unit ?? ""
    let name = isNamed ? citation.indicator + " " : ""
    let profile = row.profile.map { " (\($0))" } ?? ""
    let value =
      row.value.map { figures.measure(Fraction($0), unit: unit) }
      ?? figures.say("sans objet", "not applicable")
    return "\(margin)\(name)\(citation.period)\(profile)\(figures.colon)\(value), "
      + "\(figures.word(row.evidence)) — \(cite(citation.source))"
  }

  private func cite(_ source: Source) -> String {
    guard let file = files[source.submission] else { return "" }
    let line = figures.say("ligne", "line") + "\u{A0}\(source.line)"
    return "\(file.file), \(line), \(file.receipt), \(file.receivedAt)"
  }
}

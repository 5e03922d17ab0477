import JalonCore

/// What stands around the criteria of an explanation: the recorded verdict, what came since, and the
/// files cited.
struct ExplanationSections {
  let explanation: Explanation
  let figures: Figures

  typealias Section = ComparisonSections.Section

  /// The sections that have something to say.
  var sections: [Section] {
    var all: [Section] = []
    if let recorded = explanation.recorded {
      all.append((figures.say("Avis enregistré", "Recorded recommendation"), said(recorded)))
    }
    all.append(
      (
        figures.say("Actes de l’équipe de suivi", "What the follow-up team did"),
        explanation.acts.map { ActsPage(in: figures.language).sentence($0) }
      ))
    all += since
    let files = explanation.files.values.sorted { $0.receipt < $1.receipt }
    all.append(
      (
        figures.say("Fichiers cités", "Files cited"),
        files.map {
          "\($0.receipt)\(figures.colon)\($0.file), \($0.receivedAt), SHA-256 \($0.sha256)"
        }
      ))
    return all.filter { !$0.lines.isEmpty }
  }

  private func said(_ recorded: RecordedVerdict) -> [String] {
    var lines = [
      figures.say(
        "enregistré le \(recorded.at), jugé au \(figures.day(recorded.asOf)) avec ce qui était "
          + "connu au \(recorded.knownAt) : ",
        "recorded at \(recorded.at), as of \(figures.day(recorded.asOf)) with what was known at "
          + "\(recorded.knownAt): ") + verdict(recorded.recommendation, recorded.crossed)
    ]
    let gate = explanation.gate
    if gate.recommendation != recorded.recommendation || gate.crossed != recorded.crossed {
      lines.append(
        figures.say("recalculé ici : ", "recomputed here: ")
          + verdict(gate.recommendation, gate.crossed))
    }
    guard let again = recorded.again else { return lines }
    if recorded.isJudgedOtherwise {
      lines.append(
        figures.say(
          "les mêmes données, jugées par les règles d’aujourd’hui (version \(Judge.rulesVersion))"
            + " : ",
          "the same data, judged by today’s rules (version \(Judge.rulesVersion)): ")
          + verdict(again.recommendation, again.crossed)
          + figures.say(" ; les règles ont changé", "; the rules have changed"))
    } else {
      lines.append(
        figures.say(
          "les règles sont les mêmes : ce sont le jour jugé ou les données qui diffèrent",
          "the rules are the same: the day judged or the data differ"))
    }
    return lines
  }

  private func verdict(_ recommendation: Recommendation, _ crossed: Day?) -> String {
    figures.word(recommendation)
      + (crossed.map {
        figures.say(" (franchi le \(figures.day($0)))", " (crossed on \(figures.day($0)))")
      } ?? "")
  }

  /// What has become known since the instant asked about, and what it changes.
  private var since: [Section] {
    guard let comparison = explanation.since else { return [] }
    let page = ComparisonSections(comparison: comparison, figures: figures, isSince: true)
    let title = figures.say(
      "Depuis le \(explanation.knownAt)", "Since \(explanation.knownAt)")
    if comparison.isQuiet {
      return [
        (
          title,
          [figures.say("rien n’est arrivé pour ce projet", "nothing has come for this project")]
        )
      ]
    }
    let verdict = page.verdict(comparison.after)
    let now =
      comparison.isSameVerdict
      ? figures.say(
        "l’avis serait encore aujourd’hui : \(verdict)", "the verdict would still be: \(verdict)")
      : figures.say(
        "l’avis serait aujourd’hui : \(verdict)", "the verdict would now be: \(verdict)")
    return [(title, [now])] + page.sections
  }

  // MARK: For programs

  /// The same for programs.
  var json: [(String, JSONText)] {
    let warnings = EarlyWarningPage(plan: explanation.plan, figures: figures)
    return [
      ("earlyWarnings", .array(explanation.warnings.map(warnings.json))),
      ("rules", .int(Judge.rulesVersion)), ("recorded", recorded),
      ("acts", ActsPage(in: figures.language).json(explanation.acts)),
      (
        "since",
        explanation.since.map { comparison in
          .object(
            [("changes", .bool(!comparison.isSameVerdict))]
              + ComparisonJSON(comparison: comparison).since)
        } ?? .null
      ),
    ]
  }

  private var recorded: JSONText {
    guard let recorded = explanation.recorded else { return .null }
    return .object([
      ("at", .text(recorded.at)), ("asOf", .text(recorded.asOf)),
      ("knownAt", .text(recorded.knownAt)),
      ("recommendation", .string(recorded.recommendation.rawValue)),
      ("crossed", .text(recorded.crossed)),
      (
        "again",
        recorded.again.map {
          .object([
            ("recommendation", .string($0.recommendation.rawValue)), ("crossed", .text($0.crossed)),
          ])
        } ?? .null
      ),
    ])
  }
}

public import JalonCore

/// The adopted versions of a project's plan, what each changed, and how far the measures stray from
/// the first one's forecast and the current one's.
public struct PlansPage: Sendable {
  private let versions: [PlanVersion]
  private let deviations: [PlanDeviation]
  private let question: (asOf: Day, knownAt: Instant)
  private let figures: Figures

  /// The page of a project's versions, oldest first; there is at least one.
  public init(
    _ versions: [PlanVersion], deviations: [PlanDeviation], asOf: Day, knownAt: Instant,
    in language: Language
  ) {
    self.versions = versions
    self.deviations = deviations
    question = (asOf, knownAt)
    figures = Figures(language)
  }

  /// The page for programs.
  public var json: JSONText {
    .object([
      ("project", .text(versions.last?.plan.project.id)), ("asOf", .text(question.asOf)),
      ("knownAt", .text(question.knownAt)), ("plans", .array(versions.map(\.json))),
      ("deviations", .array(deviations.map(json))),
    ])
  }

  private func json(_ deviation: PlanDeviation) -> JSONText {
    .object([
      ("indicator", .string(deviation.indicator.id)), ("period", .text(deviation.measure.period)),
      ("measure", .text(deviation.measure.value)), ("first", json(deviation.first)),
      ("current", json(deviation.current)),
    ])
  }

  private func json(_ against: PlanDeviation.Against?) -> JSONText {
    against.map {
      .object([("forecast", .text($0.planned)), ("level", .string($0.level.rawValue))])
    } ?? .null
  }

  /// The page for a terminal.
  public func text(width: Int) -> String {
    guard let project = versions.last?.plan.project else { return "" }
    var lines = [
      "\(project.id)  \(project.title)", "", figures.say("Plans adoptés", "Plans adopted"), "",
    ]
    for (index, version) in versions.enumerated() {
      let page = PlanVersionPage(version: version, figures: figures)
      lines.append("- \(index + 1)\(figures.colon)" + page.heading)
      let said = page.sentences
      lines += said.map { "    - " + $0 }
      if index > 0, said.isEmpty {
        lines.append(
          "    - "
            + figures.say(
              "Rien de ce que Jalon juge ne change.", "Nothing that Jalon judges changes."))
      }
    }
    if !deviations.isEmpty {
      lines += [
        "",
        figures.say(
          "Écarts au premier plan et au plan actuel, au \(figures.day(question.asOf))",
          "Deviations from the first plan and the current one, as of \(figures.day(question.asOf))"
        ), "",
      ]
      lines += deviations.map { "- " + sentence($0) }
    }
    return lines.map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  private func sentence(_ deviation: PlanDeviation) -> String {
    let indicator = deviation.indicator
    let measured = figures.measure(deviation.measure.value, unit: indicator.unit)
    return indicator.title + figures.colon
      + figures.say(
        "\(measured) en \(deviation.measure.period)", "\(measured) in \(deviation.measure.period)")
      + figures.say(" ; premier plan : ", "; first plan: ") + said(deviation.first, deviation)
      + figures.say(" ; plan actuel : ", "; current plan: ") + said(deviation.current, deviation)
  }

  private func said(
    _ against: PlanDeviation.Against?, _ deviation: PlanDeviation
  ) -> String {
    guard let against else { return figures.say("rien de prévu", "nothing planned") }
    let planned = Fraction(against.planned)
    var text = figures.measure(planned, unit: deviation.indicator.unit)
    if let gap = try? deviation.measure.value.subtracting(planned),
      let share = try? gap.percent(of: planned.magnitude)
    {
      let sign = share > .zero ? "+" : ""
      text += " (\(sign)\(figures.measure(share, unit: "%")))"
    }
    return text + ", " + figures.word(against.level)
  }
}

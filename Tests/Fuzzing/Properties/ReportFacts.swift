import JalonCore
import JalonFormats

/// What a report was read as, to be compared.
struct ReportFacts: Equatable {
  struct Unit: Equatable {
    var indicator: String
    var unit: ReportedUnit
  }

  var project: String?
  var rows: Int
  var units: [Unit]
  var milestones: [MilestoneReach]
  var periods: [Period]
  var errors: [Problem]
  var warnings: [Problem]

  init(_ report: ReadReport) {
    project = report.project
    rows = report.rows
    units = report.units.map { Unit(indicator: $0.indicator, unit: $0.unit) }
    milestones = report.milestones
    periods = report.periods
    errors = report.errors
    warnings = report.warnings
  }

  /// Without the lines, which another file with the same facts has elsewhere.
  var withoutPlaces: ReportFacts {
    var copy = self
    for index in copy.units.indices {
      for row in copy.units[index].unit.observations.indices {
        copy.units[index].unit.observations[row].line = 0
      }
    }
    for index in copy.milestones.indices {
      copy.milestones[index].source = Source(submission: 0, line: 0)
    }
    (copy.errors, copy.warnings) = ([], [])
    return copy
  }

  /// With of each problem only what it is and where: a quoted line end may be spelt another way.
  var withoutQuotes: ReportFacts {
    func bare(_ problem: Problem) -> Problem {
      Problem(
        problem.code, line: problem.line, column: problem.column,
        message: Sentence(french: "", english: ""))
    }
    var copy = self
    (copy.errors, copy.warnings) = (errors.map(bare), warnings.map(bare))
    return copy
  }

  /// What was odd about the figures themselves.
  var trends: [String] {
    warnings.filter { $0.code == .outlier || $0.code == .cumulativeDecrease }
      .map { "\($0.code) \($0.message.english.split(separator: "\": ", maxSplits: 1).last ?? "")" }
      .sorted()
  }
}

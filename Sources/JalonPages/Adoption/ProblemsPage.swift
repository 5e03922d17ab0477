public import JalonCore

/// Problems of the portfolio or the configuration, one line each.
public enum ProblemsPage {
  /// The answer of `check --json` (SPEC §2).
  public static func json(
    errors: [PortfolioProblem], warnings: [PortfolioProblem], in language: Language
  ) -> JSONText {
    .object([
      ("errors", array(errors, in: language)), ("warnings", array(warnings, in: language)),
    ])
  }

  /// Such as `projects/A.json:14: phases[1].to: …`.
  public static func line(_ problem: PortfolioProblem, in language: Language) -> String {
    let line = problem.line.map { ":\($0)" } ?? ""
    let path = problem.path.isEmpty ? "" : problem.path + ": "
    return "\(problem.file)\(line): \(path)\(problem.message.typeset[language])"
  }

  /// The answer of `check` for a terminal: errors, warnings, and how many there are of each.
  public static func text(
    errors: [PortfolioProblem], warnings: [PortfolioProblem], files: Int, in language: Language
  ) -> String {
    let figures = Figures(language)
    let name = figures.say("erreur : ", "error: ")
    let warning = figures.say("alerte : ", "warning: ")
    var lines = errors.map { name + line($0, in: language) }
    lines += warnings.map { warning + line($0, in: language) }
    let counts = [
      figures.count(files, ("fichier", "fichiers"), ("file", "files")),
      figures.count(errors.count, ("erreur", "erreurs"), ("error", "errors")),
      figures.count(warnings.count, ("alerte", "alertes"), ("warning", "warnings")),
    ]
    lines.append(counts.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }

  static func array(_ problems: [PortfolioProblem], in language: Language) -> JSONText {
    .array(
      problems.map { problem in
        .object([
          ("file", .string(problem.file)), ("line", .number(problem.line)),
          ("path", .string(problem.path)), ("message", .string(problem.message.typeset[language])),
        ])
      })
  }
}

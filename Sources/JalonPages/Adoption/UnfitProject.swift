public import JalonCore

/// Something of an adopted project that does not fit its amended programme, and that nobody has to
/// correct: the project goes on as adopted.
public struct UnfitProject: Sendable {
  /// Why it does not hold up its programme.
  public enum Reason: Hashable, Sendable {
    /// Its file has gone: there is nothing to correct.
    case gone
    /// It is stopped since a day.
    case stopped(Day)
  }

  let project: String
  let programme: String
  let reason: Reason
  let problem: PortfolioProblem

  /// One problem of a project.
  public init(project: String, programme: String, reason: Reason, problem: PortfolioProblem) {
    self.project = project
    self.programme = programme
    self.reason = reason
    self.problem = problem
  }

  /// For programs.
  func json(in language: Language) -> JSONText {
    let word =
      switch reason {
      case .gone: "gone"
      case .stopped: "stopped"
      }
    return .object([
      ("project", .string(project)), ("programme", .string(programme)), ("reason", .string(word)),
      ("path", .string(problem.path)), ("message", .string(problem.message.typeset[language])),
    ])
  }

  /// For a person.
  func sentence(_ figures: Figures) -> String {
    let place = problem.path.isEmpty ? "" : problem.path + figures.colon
    let opening = figures.say(
      "le projet \(project) ne va pas avec le programme \(programme) modifié (",
      "project \(project) does not fit the amended programme \(programme) (")
    return opening + place + problem.message.typeset[figures.language] + ")" + figures.colon
      + meaning(figures)
  }

  private func meaning(_ figures: Figures) -> String {
    switch reason {
    case .gone:
      figures.say(
        "son fichier a disparu, et sa version adoptée est désormais jugée selon ce programme ; "
          + "pour la corriger, remettez son fichier et adoptez-le",
        "its file has gone, and its adopted version is judged by that programme from now on; to "
          + "correct it, put its file back and adopt it")
    case .stopped(let day):
      figures.say(
        "il est arrêté depuis le \(figures.day(day)) et reste tel qu’adopté ; seuls ses passages "
          + "franchis avant l’arrêt sont encore jugés",
        "it is stopped since \(figures.day(day)) and stays as adopted; only its gates crossed "
          + "before that are still judged")
    }
  }
}

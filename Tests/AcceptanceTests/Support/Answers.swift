/// A receipt, as programs read it.
struct Receipt: Decodable {
  struct Problem: Decodable {
    let code: String
    let line: Int?
    let text: String
    let message: String
  }

  let receipt: String
  let project: String?
  let file: String
  let sha256: String
  let bytes: Int
  let receivedAt: String
  let status: String
  let duplicateOf: String?
  let rows: Int
  let periods: [String]
  let errors: [Problem]
  let warnings: [Problem]

  var codes: [String] { errors.map(\.code) }
}

/// The answer of `evaluate --json`.
struct Evaluation: Decodable {
  struct Project: Decodable {
    let project: String
    let gates: [Gate]
  }

  struct Gate: Decodable {
    let phase: String
    let recommendation: String
    let crossed: String?
    let flagged: Bool
  }

  let asOf: String
  let projects: [Project]

  /// `project;phase;recommendation;crossed;flagged`, as the samples' expected files say it.
  var lines: [String] {
    projects.flatMap { project in
      project.gates.map { gate in
        "\(project.project);\(gate.phase);\(gate.recommendation);\(gate.crossed ?? "");"
          + "\(gate.flagged)"
      }
    }
  }

  /// The recommendation of one gate.
  func recommendation(_ project: String, _ phase: String) -> String? {
    projects.first { $0.project == project }?.gates.first { $0.phase == phase }?.recommendation
  }
}

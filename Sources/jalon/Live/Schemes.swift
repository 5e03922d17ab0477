import Glibc
import JalonCore
import JalonFormats
import JalonPages
import JalonRound

/// The programmes of the portfolio folder, and the adopted ones.
enum Schemes {
  /// The adopted programmes, by id; none where nothing was ever adopted.
  ///
  /// Looking does not make a notebook where there is none.
  static func adopted(_ program: Program) throws -> [String: Programme] {
    guard access(program.configuration.state + "/jalon.sqlite", F_OK) == 0 else { return [:] }
    return try Portfolio(try program.notebook()).programmes
  }

  /// A programme as the folder has it or, failing that, as it was adopted.
  static func find(_ id: String, in draft: Draft, _ program: Program) throws -> Programme {
    if let file = draft.programmes.first(where: { $0.id == id }) {
      guard let programme = file.value else {
        let problems = draft.result.errors.filter { $0.file == file.path }
        for problem in problems {
          Output.complain(ProblemsPage.line(problem, in: program.language))
        }
        throw Failure(.configuration, "the programme \(id) has errors: correct \(file.path) first")
      }
      return programme
    }
    let adopted = try adopted(program)
    if let programme = adopted[id] { return programme }
    let known = Set(adopted.keys).union(draft.programmes.compactMap(\.id)).sorted()
    let hint =
      nearestName(to: id, among: known).map { "did you mean '\($0)'?" }
      ?? "known: \(known.joined(separator: ", "))"
    throw Failure(.usage, "no programme '\(id)'; \(hint)")
  }
}

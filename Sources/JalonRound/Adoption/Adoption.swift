public import JalonCore
import JalonFormats
public import JalonPages

/// Makes the portfolio's folder count: keeps each changed file that passes as a new version.
///
/// Only what changed is checked and judged again: adopting one change among ten thousand projects
/// costs one project.
public struct Adoption {
  private let notebook: Notebook
  private let world: World
  private let files: [PortfolioFile]
  private let now: () -> Instant

  /// Prepares an adoption of a folder's files; `now` is asked once the transaction has begun.
  public init(
    _ notebook: Notebook, _ world: World, files: [PortfolioFile],
    now: @autoclosure @escaping () -> Instant
  ) {
    self.notebook = notebook
    self.world = world
    self.files = files
    self.now = now
  }

  /// Adopts, or only tells what adopting would do.
  ///
  /// Without an author it only looks ahead. `only` names the programmes and projects to adopt;
  /// empty means all, and a name that the folder lacks is a ``RoundError``.
  public func run(author: Author?, only: [String]) throws -> AdoptionReport {
    var report = AdoptionReport()
    // Compared, checked and kept in one transaction: two adoptions at once cannot interleave.
    let work: () throws -> Void = {
      var candidates = try Candidates(self.notebook, files: self.files, only: only)
      let now = self.now()
      try Ratification(self.notebook, today: self.world.day(now)).apply(to: &candidates)
      report = AdoptionReport(candidates)
      report.changes = try Foresight(
        self.notebook, self.world, candidates: candidates, now: now, author: author
      ).run()
    }
    if author == nil { try work() } else { try notebook.write(work) }
    return report
  }
}

extension AdoptionReport {
  init(_ candidates: Candidates) {
    self.init()
    let all =
      candidates.programmes.map { (path: $0.path, isNew: $0.isNew) }
      + candidates.projects.map { (path: $0.path, isNew: $0.isNew) }
    added = all.filter(\.isNew).map(\.path)
    changed = all.filter { !$0.isNew }.map(\.path)
    unchanged = candidates.unchanged
    gone = candidates.gone
    unfit = candidates.unfit
    refused = candidates.refused.sorted()
    errors = candidates.result.errors
    warnings = candidates.result.warnings
  }
}

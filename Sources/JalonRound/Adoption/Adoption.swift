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
  private let files: [DraftFile]
  private let now: Instant

  /// Prepares an adoption of a folder's files.
  public init(_ notebook: Notebook, _ world: World, files: [DraftFile], now: Instant) {
    self.notebook = notebook
    self.world = world
    self.files = files
    self.now = now
  }

  /// Adopts, or only tells what adopting would do.
  ///
  /// - Parameters:
  ///   - author: who adopts, and why; `nil` only looks ahead.
  ///   - only: ids of programmes and projects to adopt; empty means all.
  /// - Throws: ``RoundError/unknownProject(_:nearest:)`` when `only` names nothing in the folder.
  public func run(author: Author?, only: [String]) throws -> AdoptionReport {
    var report = AdoptionReport()
    // Compared, checked and kept in one transaction: two adoptions at once cannot interleave.
    let work: () throws -> Void = {
      var candidates = try Candidates(self.notebook, files: self.files, only: only)
      let rules = try Ratification(self.notebook, candidates: candidates)
      report = rules.report
      candidates.keep { rules.accepted.contains($0) }
      report.changes = try Foresight(
        self.notebook, self.world, candidates: candidates, now: self.now, author: author
      ).run()
    }
    if author == nil { try work() } else { try notebook.write(work) }
    return report
  }
}

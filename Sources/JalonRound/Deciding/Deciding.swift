public import JalonCore
import JalonFormats
import JalonPages

/// Records what officers do about projects: judged, checked, entered and told in one transaction.
public struct Deciding {
  /// How decisions are made.
  public struct Terms: Sendable {
    /// Whether each waits for another user's confirmation.
    public var secondPerson: Bool
    /// How people are told.
    public var telling: TellingSettings?

    /// Terms.
    public init(secondPerson: Bool, telling: TellingSettings?) {
      self.secondPerson = secondPerson
      self.telling = telling
    }
  }

  private let notebook: Notebook
  private let world: World
  private let terms: Terms
  private let now: () -> Instant

  /// Prepares to record acts.
  ///
  /// `now` is asked once the transaction has begun: of two officers, whoever writes first has the
  /// earlier instant, and the other sees what was done.
  public init(
    _ notebook: Notebook, _ world: World, _ terms: Terms, now: @autoclosure @escaping () -> Instant
  ) {
    self.notebook = notebook
    self.world = world
    self.terms = terms
    self.now = now
  }

  private var acting: Acting { Acting(notebook, world, terms, now: now()) }

  /// Records an act about a project; one that stands already in the same words is left at that, so
  /// that a command that was killed can be given again.
  ///
  /// `anyway` goes on where the verdict has changed since it was recorded, or somebody has decided
  /// otherwise.
  ///
  /// - Throws: ``DecidingError``, ``RoundError``, with nothing recorded.
  public func perform(
    _ deed: OfficerAct.Deed, about project: String, by author: Author, way: Signature.Way,
    anyway: Bool = false
  ) throws -> OfficerAct {
    var act: OfficerAct?
    try notebook.write {
      let acting = acting
      act = try acting.standing(deed, about: project, by: author, way: way)
      guard act == nil else { return }
      let made = try acting.enter(deed, about: project, by: author, way: way, anyway: anyway)
      try acting.tell([made])
      act = made
    }
    guard let act else { throw RoundError.nothingAdopted }
    return act
  }

  /// Records a second person's word, which gives an act its effect.
  public func confirm(
    _ number: Int64, by author: Author, way: Signature.Way
  ) throws -> OfficerAct {
    var act: OfficerAct?
    try notebook.write {
      let acting = acting
      let found = try acting.second(number, by: author, way: way)
      try acting.tell([found])
      act = found
    }
    guard let act else { throw DecidingError.unknownAct(number) }
    return act
  }
}

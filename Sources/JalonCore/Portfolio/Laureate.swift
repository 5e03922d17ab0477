/// What a follow-up team knows of a new laureate; everything but the id may come later.
public struct Laureate: Hashable, Sendable {
  /// The project's id.
  public var id: String
  /// Its title.
  public var title: String?
  /// Who leads it (porteur).
  public var lead: String?
  /// The team's e-mail addresses.
  public var contacts: [String] = []
  /// Its category, for indicators that only some projects inherit.
  public var category: String?
  /// Total cost, in euros.
  public var totalCost: Quantity?
  /// Grant, in euros.
  public var grant: Quantity?
  /// The day of the award.
  public var awarded: Day?

  /// A laureate of whom only the id is known.
  public init(id: String) { self.id = id }
}

public import JalonCore

/// The round's ports to the world, apart from what it writes to.
public struct World: Sendable {
  /// The civil day of an instant in the configured time zone.
  public var day: @Sendable (Instant) -> Day
  /// Runs a body for every index below a count, on as many cores as there are.
  public var concurrently: @Sendable (Int, @Sendable (Int) -> Void) -> Void
  /// The language of what people read.
  public var language: Language

  /// A world.
  public init(
    day: @escaping @Sendable (Instant) -> Day,
    concurrently: @escaping @Sendable (Int, @Sendable (Int) -> Void) -> Void,
    language: Language
  ) {
    self.day = day
    self.concurrently = concurrently
    self.language = language
  }
}

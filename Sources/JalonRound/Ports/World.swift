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

  /// What a body makes of each item, in order, worked out on as many cores as there are.
  public func map<Item: Sendable, Value: Sendable>(
    _ items: [Item], _ body: @Sendable (Item) -> Value
  ) -> [Value] {
    let results = Slots<Value>(count: items.count)
    concurrently(items.count) { results[$0] = body(items[$0]) }
    return results.values()
  }
}

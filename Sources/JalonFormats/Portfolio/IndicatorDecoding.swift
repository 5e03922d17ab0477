import JalonCore

/// An indicator entry of a project.
enum IndicatorKey: Int, ObjectKey {
  case id, title, unit, kind, direction, across, cadence, phases, profiles, range, decimals,
    forecast, tolerance, pilote
  static let names = KeyNames<IndicatorKey>()
}

/// An indicator template of a programme: a project's shape, and what only templates say.
enum TemplateKey: Int, ObjectKey {
  case id, title, unit, kind, direction, across, cadence, phases, profiles, range, decimals,
    forecast, tolerance, pilote, onlyFor, spending, openProfiles, source
  static let names = KeyNames<TemplateKey>()
}

enum RangeKey: Int, ObjectKey {
  case min, max
  static let names = KeyNames<RangeKey>()
}

enum ToleranceKey: Int, ObjectKey {
  case notable, strong, blocks
  static let names = KeyNames<ToleranceKey>()
}

extension ObjectReader {
  /// An indicator entry of a project; whether it is whole depends on the programme's templates.
  mutating func indicator(_ node: JSONNode) -> IndicatorEntry {
    guard let fields = object(node, IndicatorKey.self) else {
      return IndicatorEntry(id: Placeholder.id)
    }
    return indicator(identifier(required(fields, .id)) ?? Placeholder.id, fields)
  }

  /// An indicator template of a programme.
  mutating func template(_ node: JSONNode) -> IndicatorEntry {
    guard let fields = object(node, TemplateKey.self) else {
      return IndicatorEntry(id: Placeholder.id)
    }
    let id = identifier(required(fields, .id)) ?? Placeholder.id
    for key in [TemplateKey.title, .unit, .kind, .direction] { _ = required(fields, key) }
    var entry = indicator(id, fields)
    entry.onlyFor = identifiers(fields[.onlyFor])
    entry.spending = truth(fields[.spending])
    entry.openProfiles = truth(fields[.openProfiles])
    entry.source = text(fields[.source])
    return entry
  }

  private mutating func indicator<Key: ObjectKey>(
    _ id: String, _ fields: ObjectFields<Key>
  ) -> IndicatorEntry {
    // Both shapes begin with the same keys in the same order.
    func field(_ key: IndicatorKey) -> JSONNode? {
      Key(rawValue: key.rawValue).flatMap { fields[$0] }
    }
    var entry = IndicatorEntry(id: id)
    entry.title = text(field(.title))
    entry.unit = freeText(field(.unit))
    entry.kind = word(field(.kind), Kind.self)
    entry.direction = word(field(.direction), Direction.self)
    entry.across = word(field(.across), Across.self)
    entry.cadence = word(field(.cadence), Cadence.self)
    entry.phases = identifiers(field(.phases))
    entry.profiles = identifiers(field(.profiles))
    entry.range = range(field(.range))
    entry.decimals = whole(field(.decimals), in: 0...6)
    entry.forecast = forecast(field(.forecast))
    entry.tolerance = tolerance(field(.tolerance))
    entry.pilote = identifier(field(.pilote))
    return entry
  }

  private mutating func range(_ node: JSONNode?) -> Limits? {
    guard let fields = object(node, RangeKey.self) else { return nil }
    return Limits(min: quantity(fields[.min]), max: quantity(fields[.max]))
  }

  /// A tolerance: fractions of the forecast, at least 0.
  mutating func tolerance(_ node: JSONNode?) -> ToleranceEntry? {
    guard let fields = object(node, ToleranceKey.self) else { return nil }
    let fractions = Quantity.zero...Quantity(1_000)
    return ToleranceEntry(
      notable: quantity(fields[.notable], in: fractions),
      strong: quantity(fields[.strong], in: fractions), blocks: truth(fields[.blocks]))
  }

  /// Periods, in any notation, and the measures planned at their ends.
  private mutating func forecast(_ node: JSONNode?) -> [Period: Quantity]? {
    guard let node else { return nil }
    guard node.kind == .object else {
      report(node, .expectedForecast)
      return nil
    }
    var planned: [Period: Quantity] = [:]
    var written: Set<Period> = []
    for member in node.members {
      guard let period = member.key.withText({ PeriodNotation.read($0) }) else {
        report(member.key, .expectedPeriod(member.key.shown))
        continue
      }
      if let value = quantity(member.value) { planned[period] = value }
      if !written.insert(period).inserted {
        report(member.key, .repeatedPeriod(period), breaks: false)
      }
    }
    return planned
  }
}

extension Sentence {
  fileprivate static let expectedForecast = Sentence(
    french: "il faut un objet de périodes : { \"2021-03\": 100, \"2021-06\": 200 }",
    english: "an object of periods was expected: { \"2021-03\": 100, \"2021-06\": 200 }")

  fileprivate static func expectedPeriod(_ shown: String) -> Sentence {
    Sentence(
      french: "« \(shown) » n’est pas une période ; écrivez 2021-03, 2021-Q1, 2021-H1 ou 2021",
      english: "“\(shown)” is not a period; write 2021-03, 2021-Q1, 2021-H1 or 2021")
  }

  fileprivate static func repeatedPeriod(_ period: Period) -> Sentence {
    Sentence(
      french: "la période \(period) figure deux fois dans cette prévision ; gardez-en une",
      english: "the period \(period) stands twice in this forecast; keep one")
  }
}

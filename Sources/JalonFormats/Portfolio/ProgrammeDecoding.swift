public import JalonCore

enum ProgrammeKey: Int, ObjectKey {
  case id, title, `operator`, form, opens, closes, cofinancing, projectSize, envelope,
    spendingWindow, reporting, indicators, commitments, tolerance, followUp, source,
    conditions, alreadyGranted
  static let names = KeyNames<ProgrammeKey>()
}

enum CofinancingKey: Int, ObjectKey {
  case rate, fullUpTo, dossierCeiling, projectCeiling
  static let names = KeyNames<CofinancingKey>()
}

enum SizeKey: Int, ObjectKey {
  case min, above, max, categories
  static let names = KeyNames<SizeKey>()
}

enum WindowKey: Int, ObjectKey {
  case from, to
  static let names = KeyNames<WindowKey>()
}

enum ReportingKey: Int, ObjectKey {
  case cadence, measured, graceDays, blocks
  static let names = KeyNames<ReportingKey>()
}

enum CommitmentKey: Int, ObjectKey {
  case id, title, dueAfterMonths, after, source
  static let names = KeyNames<CommitmentKey>()
}

/// Reads a programme file (SPEC §2), with every problem of shape.
public func decodeProgramme(_ bytes: [UInt8], file: String) -> Decoded<Programme> {
  Decoded(bytes, file: file) { $0.programme($1) }
}

extension ObjectReader {
  fileprivate mutating func programme(_ node: JSONNode) -> Programme? {
    guard let fields = object(node, ProgrammeKey.self) else { return nil }
    // A placeholder stands for what is missing: its place is then among the broken ones.
    var programme = Programme(
      id: identifier(required(fields, .id)) ?? Placeholder.name,
      title: text(required(fields, .title)) ?? "",
      operatorName: text(required(fields, .operator)) ?? "",
      form: word(required(fields, .form), ProgrammeForm.self) ?? .guichet)
    programme.opens = day(fields[.opens])
    programme.closes = day(fields[.closes])
    programme.cofinancing = cofinancing(fields[.cofinancing])
    programme.projectSize = projectSize(fields[.projectSize])
    programme.envelope = euros(fields[.envelope])
    programme.spendingWindow = window(fields[.spendingWindow])
    programme.reporting = reporting(fields[.reporting]) ?? Reporting()
    programme.indicators = list(required(fields, .indicators)) { $0.template($1) } ?? []
    programme.commitments = list(required(fields, .commitments)) { $0.commitment($1) } ?? []
    programme.tolerance = tolerance(fields[.tolerance])?.over(Tolerance()) ?? Tolerance()
    programme.followUp = list(required(fields, .followUp)) { $0.text($1) ?? "" } ?? []
    programme.source = text(fields[.source])
    programme.conditions = list(fields[.conditions]) { $0.condition($1) } ?? []
    programme.alreadyGranted = euros(fields[.alreadyGranted]) ?? .zero
    return programme
  }

  private mutating func cofinancing(_ node: JSONNode?) -> Cofinancing? {
    guard let fields = object(node, CofinancingKey.self) else { return nil }
    var rules = Cofinancing()
    rules.rate = quantity(fields[.rate], in: .zero...Quantity(1))
    rules.fullUpTo = euros(fields[.fullUpTo])
    rules.dossierCeiling = euros(fields[.dossierCeiling])
    rules.projectCeiling = euros(fields[.projectCeiling])
    return rules
  }

  private mutating func projectSize(_ node: JSONNode?) -> ProjectSize? {
    guard let fields = object(node, SizeKey.self) else { return nil }
    var size = ProjectSize()
    size.min = euros(fields[.min])
    size.above = euros(fields[.above])
    size.max = euros(fields[.max])
    size.categories = categories(fields[.categories])
    return size
  }

  /// The sizes of some categories of projects, by category.
  private mutating func categories(_ node: JSONNode?) -> [String: ProjectSize] {
    guard let node else { return [:] }
    guard node.kind == .object else {
      report(node, .expectedCategories)
      return [:]
    }
    var sizes: [String: ProjectSize] = [:]
    for member in node.members {
      guard let category = identifier(member.key), let size = projectSize(member.value) else {
        continue
      }
      if sizes.updateValue(size, forKey: category) != nil {
        report(member.key, .repeatedCategory(category), breaks: false)
      }
    }
    return sizes
  }

  private mutating func window(_ node: JSONNode?) -> DayRange? {
    guard let fields = object(node, WindowKey.self) else { return nil }
    let from = day(required(fields, .from))
    let to = day(required(fields, .to))
    guard let from, let to else { return nil }
    return DayRange(from: from, to: to)
  }

  private mutating func reporting(_ node: JSONNode?) -> Reporting? {
    guard let fields = object(node, ReportingKey.self) else { return nil }
    let defaults = Reporting()
    let cadence = word(fields[.cadence], Cadence.self) ?? defaults.cadence
    return Reporting(
      cadence: cadence, measured: word(fields[.measured], Cadence.self),
      graceDays: whole(fields[.graceDays], in: ObjectReader.graceDays) ?? defaults.graceDays,
      blocks: truth(fields[.blocks]) ?? defaults.blocks)
  }

  private mutating func commitment(_ node: JSONNode) -> Commitment {
    var commitment = Commitment(id: Placeholder.id, title: "", dueAfterMonths: 0)
    guard let fields = object(node, CommitmentKey.self) else { return commitment }
    commitment.id = identifier(required(fields, .id)) ?? commitment.id
    commitment.title = text(required(fields, .title)) ?? commitment.title
    commitment.dueAfterMonths =
      whole(required(fields, .dueAfterMonths), in: 0...600) ?? commitment.dueAfterMonths
    commitment.after = word(fields[.after], CommitmentStart.self) ?? .award
    commitment.source = text(fields[.source])
    return commitment
  }
}

extension Sentence {
  fileprivate static let expectedCategories = Sentence(
    french: "il faut un objet de catégories : { \"deconcentre\": { \"above\": 150000 } }",
    english: "an object of categories was expected: { \"deconcentre\": { \"above\": 150000 } }")

  fileprivate static func repeatedCategory(_ category: String) -> Sentence {
    Sentence(
      french: "la catégorie « \(category) » figure deux fois ; gardez-en une",
      english: "the category “\(category)” stands twice; keep one")
  }
}

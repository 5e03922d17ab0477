public import JalonCore

enum ProjectKey: Int, ObjectKey {
  case id, programme, title, lead, contacts, category, awarded, funded, totalCost, grant, balance,
    indicators, phases, graceDays, stopped, requested, dossiers
  static let names = KeyNames<ProjectKey>()
}

enum DossierKey: Int, ObjectKey {
  case id, totalCost, grant, phases
  static let names = KeyNames<DossierKey>()
}

enum StopKey: Int, ObjectKey {
  case on, reason
  static let names = KeyNames<StopKey>()
}

/// Reads a project file (SPEC §2), with every problem of shape.
///
/// What depends on the programme, and what depends on several keys, is ``checkProject``'s.
public func decodeProject(_ bytes: [UInt8], file: String) -> Decoded<Project> {
  Decoded(bytes, file: file) { $0.project($1) }
}

extension ObjectReader {
  fileprivate mutating func project(_ node: JSONNode) -> Project? {
    guard let fields = object(node, ProjectKey.self) else { return nil }
    // A placeholder stands for what is missing: its place is then among the broken ones.
    let awarded = day(required(fields, .awarded)) ?? Placeholder.day
    var project = Project(
      id: projectID(required(fields, .id)) ?? Placeholder.name,
      programme: identifier(required(fields, .programme)) ?? Placeholder.name,
      title: text(required(fields, .title)) ?? "", lead: text(required(fields, .lead)) ?? "",
      awarded: awarded, totalCost: euros(required(fields, .totalCost)) ?? .zero,
      grant: euros(required(fields, .grant)) ?? .zero)
    project.contacts = list(required(fields, .contacts)) { $0.text($1) ?? "" } ?? []
    project.category = identifier(fields[.category])
    project.funded = day(fields[.funded]) ?? awarded
    project.balance = euros(fields[.balance]) ?? .zero
    project.indicators = list(required(fields, .indicators)) { $0.indicator($1) } ?? []
    project.phases = list(required(fields, .phases)) { $0.phase($1) } ?? []
    project.graceDays = whole(fields[.graceDays], in: ObjectReader.graceDays)
    project.stopped = stop(fields[.stopped])
    project.requested = euros(fields[.requested])
    project.dossiers = list(fields[.dossiers]) { $0.dossier($1) } ?? []
    return project
  }

  /// Days of grace: at most ten years.
  static let graceDays = 0...3_650

  /// `[A-Za-z0-9][A-Za-z0-9-]{0,39}`: the id is also the name of a folder.
  private mutating func projectID(_ node: JSONNode?) -> String? {
    guard let node else { return nil }
    if let text = node.text, isProjectID(text) { return text }
    report(node, .expectedProjectID(node.shown))
    return nil
  }

  private mutating func dossier(_ node: JSONNode) -> Dossier {
    var dossier = Dossier(id: Placeholder.id, totalCost: .zero, grant: .zero, phases: [])
    guard let fields = object(node, DossierKey.self) else { return dossier }
    dossier.id = identifier(required(fields, .id)) ?? dossier.id
    dossier.totalCost = euros(required(fields, .totalCost)) ?? dossier.totalCost
    dossier.grant = euros(required(fields, .grant)) ?? dossier.grant
    dossier.phases = identifiers(required(fields, .phases)) ?? []
    return dossier
  }

  private mutating func stop(_ node: JSONNode?) -> Stop? {
    guard let fields = object(node, StopKey.self) else { return nil }
    let on = day(required(fields, .on))
    let reason = text(required(fields, .reason))
    guard let on, let reason else { return nil }
    return Stop(on: on, reason: reason)
  }
}

/// Whether a text has the shape of a project id: `[A-Za-z0-9][A-Za-z0-9-]{0,39}`.
public func isProjectID(_ text: String) -> Bool {
  let bytes = text.utf8
  return (1...40).contains(bytes.count) && bytes.first != UInt8(ascii: "-")
    && bytes.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
      default: false
      }
    }
}

extension Sentence {
  fileprivate static func expectedProjectID(_ shown: String) -> Sentence {
    Sentence(
      french:
        "« \(shown) » : il faut 1 à 40 lettres sans accent, chiffres ou tirets, sans tiret au début",
      english:
        "“\(shown)”: 1 to 40 letters without accents, digits or hyphens were expected, not starting with a hyphen"
    )
  }
}

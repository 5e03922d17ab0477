public import JalonCore
import JalonFormats
public import JalonPages

extension Evaluation {
  /// The versions of a project's plan known to this evaluation, oldest first, each with what it
  /// changed; an amendment of its programme is one where it changes anything for this project.
  ///
  /// - Throws: ``RoundError/unknownProject(_:nearest:)``.
  public func planVersions(_ id: String) throws -> [PlanVersion] {
    let own = try notebook.versions.all(.project, id)
    guard let first = own.first else { throw try notebook.unknownProject(id) }
    var projects: [(signed: SignedVersion, project: Project)] = []
    // Before the first version, the first: it is always known.
    for signed in own where signed.version.at <= knownAt || signed.version.key == first.version.key
    {
      projects.append((signed, try Self.project(signed.version)))
    }
    var programmes: [String: [(signed: SignedVersion, programme: Programme)]] = [:]
    for id in Set(projects.map(\.project.programme)) {
      for signed in try notebook.versions.all(.programme, id) {
        programmes[id, default: []].append((signed, try Self.programme(signed.version)))
      }
    }
    return Self.timeline(projects, programmes, until: knownAt)
  }

  private static func timeline(
    _ projects: [(signed: SignedVersion, project: Project)],
    _ programmes: [String: [(signed: SignedVersion, programme: Programme)]], until end: Instant
  ) -> [PlanVersion] {
    guard let start = projects.first?.signed.version.at else { return [] }
    let amended = programmes.values.joined().map(\.signed.version.at).filter {
      start < $0 && $0 <= end
    }
    let instants = Set(projects.map(\.signed.version.at)).union(amended).sorted()
    var versions: [PlanVersion] = []
    for instant in instants {
      guard let (signed, project) = projects.last(where: { $0.signed.version.at <= instant }),
        let rules = programmes[project.programme],
        let (amendment, programme) = rules.last(where: { $0.signed.version.at <= instant })
          ?? rules.first
      else { continue }
      let plan = Plan(project: project, programme: programme)
      let changes = versions.last?.plan.changes(to: plan) ?? []
      let isOwn = signed.version.at == instant
      if !isOwn, changes.isEmpty { continue }
      versions.append(PlanVersion(isOwn ? signed : amendment, plan: plan, changes: changes))
    }
    return versions
  }

  private static func project(_ version: AdoptedVersion) throws -> Project {
    guard let project = decodeProject(version.bytes, file: version.path).value else {
      throw RoundError.unreadableVersion(version.path)
    }
    return project
  }

  private static func programme(_ version: AdoptedVersion) throws -> Programme {
    guard let programme = decodeProgramme(version.bytes, file: version.path).value else {
      throw RoundError.unreadableVersion(version.path)
    }
    return programme
  }

  /// How far a project strays from its first plan and from the one in force.
  public func planDeviations(
    _ id: String, _ versions: [PlanVersion]
  ) throws -> [PlanDeviation] {
    guard let first = versions.first, let judged = try projects([id], recording: nil).first else {
      return []
    }
    return try judged.plan.deviations(since: first.plan, asOf: day, knowing: judged.knowledge)
  }
}

extension PlanVersion {
  init(_ signed: SignedVersion, plan: Plan, changes: [PlanChange]) {
    let (version, author) = (signed.version, signed.author)
    self.init(
      kind: version.kind, path: version.path, sha256: version.digest.hexadecimal, at: version.at,
      by: (author.name, author.user), reason: author.reason, plan: plan, changes: changes)
  }
}

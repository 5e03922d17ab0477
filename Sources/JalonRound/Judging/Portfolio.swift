public import JalonCore
import JalonFormats

/// The adopted programmes in force at an instant, and the plans of their projects.
public struct Portfolio: Sendable {
  /// By id.
  public let programmes: [String: Programme]

  /// Loads the programmes in force at an instant (`nil`: now).
  public init(_ notebook: Notebook, at instant: Instant? = nil) throws {
    var programmes: [String: Programme] = [:]
    for id in try notebook.versions.latestDigests(.programme).keys {
      guard let version = try notebook.versions.inForce(.programme, id, instant) else { continue }
      programmes[id] = try Portfolio.programme(version)
    }
    self.programmes = programmes
  }

  /// Programmes as given, for looking ahead.
  public init(programmes: [String: Programme]) { self.programmes = programmes }

  /// The plan of an adopted project.
  ///
  /// - Throws: ``RoundError/unreadableVersion(_:)`` when this program cannot read what was adopted.
  public func plan(_ version: AdoptedVersion) throws(RoundError) -> Plan {
    guard let project = decodeProject(version.bytes, file: version.path).value,
      let programme = programmes[project.programme]
    else { throw .unreadableVersion(version.path) }
    return Plan(project: project, programme: programme)
  }

  private static func programme(_ version: AdoptedVersion) throws(RoundError) -> Programme {
    guard let programme = decodeProgramme(version.bytes, file: version.path).value else {
      throw .unreadableVersion(version.path)
    }
    return programme
  }
}

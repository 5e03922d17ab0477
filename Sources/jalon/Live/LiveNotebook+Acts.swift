import JalonCore
import JalonRound
import JalonStore

extension LiveNotebook {
  /// Acts that wait for a second person: more than anybody leaves lying.
  private static let waitingLimit = 10_000

  static func acts(_ connection: Connection) -> Notebook.Acts {
    let table = connection.acts
    return Notebook.Acts(
      record: { try table.add($0) },
      confirm: { try table.confirm($0, $1) },
      act: { try table.act($0) },
      about: { try table.acts(of: $0) },
      waiting: { try table.waiting(limit: waitingLimit) },
      projectsWith: { digest in
        var ids: [String] = []
        for key in try connection.submissions.projects(with: digest) {
          guard let id = try connection.projects.id(of: key), !ids.contains(id),
            !id.hasPrefix(DoorHolder.officersFolder)
          else { continue }
          ids.append(id)
        }
        return ids
      },
      isExpunged: { try table.isExpunged($0) },
      expunged: { try table.expunged() })
  }
}

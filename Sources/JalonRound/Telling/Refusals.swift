import JalonCore
import JalonPages

/// Tells teams of files that were refused, in the transaction that enters them.
struct Refusals {
  /// How many refusals of one project are alerts at a time.
  ///
  /// A letter shows no more, and a team that sends wrong files without end must not fill the
  /// notebook with them; each file has its receipt.
  static let most = 200

  private let telling: Telling

  init(_ telling: Telling) { self.telling = telling }

  /// A refusal lasts until a later file of the project is accepted.
  func tell(_ filed: [Filed], of desk: Desk) throws {
    let projects = Dictionary(grouping: filed) { $0.receipt.project ?? "" }
    for (id, files) in projects.sorted(by: { $0.key < $1.key }) {
      let standing = (telling.open[id] ?? []).filter { $0.alert.key.kind == .fileRejected }
      let isRefused = files.contains { $0.receipt.status == .rejected }
      guard isRefused || !standing.isEmpty,
        let matters = try desk.matters(of: id, receipt: telling.receipt)
      else { continue }
      let holding =
        matters.plan.readers(.team).isEmpty
        ? [] : refusals(after: standing, files, matters.plan)
      let told = try telling.decide(standing, holding: holding)
      if !told.isEmpty { try telling.tell(told, matters) }
    }
  }

  private func refusals(after standing: [OpenAlert], _ files: [Filed], _ plan: Plan) -> [Alert] {
    var holding = standing.filter { $0.endedOn == nil }.map(\.alert)
    for file in files {
      switch file.receipt.status {
      case .accepted: holding = []
      case .duplicate: break
      case .rejected where holding.count >= Refusals.most: break
      case .rejected:
        holding.append(
          Alert(
            AlertKey(
              .fileRejected, project: plan.project.id, subject: file.receipt.id, audience: .team),
            programme: plan.programme.id, since: telling.moment.day))
      }
    }
    return holding
  }
}

import JalonCore
import JalonPages

/// What concerns Jalon itself: a cron that stopped, an address that no message reaches.
struct OwnAlerts {
  private static let dayMicroseconds: Int64 = 86_400_000_000

  let notebook: Notebook
  let world: World
  let settings: TellingSettings
  let now: Instant

  /// A fact, what there is to say of it, and who is told.
  struct Fact {
    let alert: Alert
    let matter: AlertNews.Matter
    let readers: [String]
  }

  /// Everything that holds; mostly nothing does, and then no programme is read.
  func holding() throws -> [Fact] {
    let last = try notebook.gates.latestEvaluation()
    let missed = try missed(last)
    let failed = try notebook.outbox.undeliverable()
    guard missed != nil || !failed.isEmpty else { return [] }
    let portfolio = try Portfolio(notebook)
    let undeliverable = try failed.compactMap { try fact($0, portfolio) }
    guard let missed, !portfolio.followUp.isEmpty else { return undeliverable }
    let evaluation = Fact(
      alert: alert(.evaluationMissed, "", since: missed), matter: .evaluationMissed(last: last),
      readers: portfolio.followUp)
    return [evaluation] + undeliverable
  }

  /// The day since which an evaluation is missed.
  private func missed(_ last: Instant?) throws -> Day? {
    guard let since = try last ?? notebook.versions.firstAdoption() else { return nil }
    let patience = Int64(settings.evaluationDays) * OwnAlerts.dayMicroseconds
    guard now.microseconds - since.microseconds > patience else { return nil }
    return world.day(since).adding(days: settings.evaluationDays)
  }

  private func fact(_ failed: FailedDelivery, _ portfolio: Portfolio) throws -> Fact? {
    let address = failed.message.address
    guard try isInUse(address, failed, portfolio) else { return nil }
    let near = failed.programmes.flatMap { portfolio.programmes[$0]?.followUp ?? [] }
    let readers = [near, portfolio.followUp].lazy
      .map { $0.filter { $0 != address } }.first { !$0.isEmpty }
    // Where nobody else can be told, `jalon mail` shows it.
    guard let readers else { return nil }
    return Fact(
      alert: alert(.mailUndeliverable, address, since: world.day(failed.at)),
      matter: .undeliverable(failed.message), readers: readers)
  }

  /// Whether messages still go to an address.
  private func isInUse(
    _ address: String, _ failed: FailedDelivery, _ portfolio: Portfolio
  ) throws -> Bool {
    if portfolio.followUp.contains(address) { return true }
    return try failed.projects.contains { id in
      guard let version = try notebook.versions.inForce(.project, id, nil) else { return false }
      return try portfolio.plan(version).project.contacts.contains(address)
    }
  }

  private func alert(_ kind: AlertKind, _ subject: String, since: Day) -> Alert {
    Alert(
      AlertKey(kind, project: "", subject: subject, audience: .followUp), programme: "",
      since: since)
  }
}

extension Portfolio {
  /// Everybody who follows a programme, each once, in order.
  var followUp: [String] { Set(programmes.values.flatMap(\.followUp)).sorted() }
}

extension Telling {
  /// Decides about Jalon's own alerts.
  func takeOwn() throws {
    let facts = try OwnAlerts(
      notebook: notebook, world: world, settings: settings, now: moment.now
    ).holding()
    for decision in try decide(open[""] ?? [], holding: facts.map(\.alert)) {
      let key = decision.alert.alert.key
      let fact = facts.first { $0.alert.key == key }
      let readers = try fact?.readers ?? Portfolio(notebook).followUp.filter { $0 != key.subject }
      try tell(readers, AlertNews(decision, fact?.matter ?? over(key)))
    }
  }

  /// What is said of an alert of Jalon's own that is over.
  private func over(_ key: AlertKey) throws -> AlertNews.Matter {
    key.kind == .evaluationMissed
      ? .evaluationMissed(last: try notebook.gates.latestEvaluation()) : .gone(nil)
  }
}

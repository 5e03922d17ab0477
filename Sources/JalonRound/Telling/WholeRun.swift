public import JalonCore
import JalonPages

/// What an evaluation of the whole portfolio tells: every project's alerts, Jalon's own, and on
/// Mondays the digest.
final class WholeRun {
  private let telling: Telling
  private let settings: TellingSettings
  private var digests: Digests?

  init(_ evaluation: Evaluation, _ settings: TellingSettings, at now: Instant) throws {
    self.settings = settings
    telling = try Telling(
      evaluation.notebook, evaluation.world, settings, projects: nil, at: now)
    digests = try Digests(evaluation.notebook, settings, at: telling.moment)
  }

  func take(_ judged: [JudgedProject]) throws {
    try telling.take(judged)
    digests?.take(judged)
  }

  /// Queues the letters, after the evaluation was recorded.
  func finish() throws {
    try telling.takeOwn()
    _ = try telling.finish()
    guard let digests else { return }
    let letters = try digests.letters(telling.notebook, silences: telling.silences)
    let page = try telling.page()
    for message in telling.world.map(letters, { page.digest($0) }) {
      try telling.notebook.outbox.queue(
        OutgoingMessage(
          kind: .digest, rendered: message, project: "", decisions: [], at: telling.moment.now))
    }
  }
}

extension Evaluation {
  /// Tells what had to wait a few minutes, and what concerns Jalon itself: for the daemon, between
  /// evaluations.
  public func tellWaiting(_ settings: TellingSettings, at now: Instant) throws {
    let waiting = try notebook.alerts.waiting().filter { !$0.isEmpty }
    for start in stride(from: 0, to: waiting.count, by: Evaluation.chunk) {
      let some = Array(waiting[start..<min(start + Evaluation.chunk, waiting.count)])
      _ = try projects(some, recording: Recording(at: now, telling: settings))
    }
    let own = OwnAlerts(notebook: notebook, world: world, settings: settings, now: now)
    // Mostly there is nothing, and nobody is kept from writing.
    guard try !own.holding().isEmpty || !notebook.alerts.open([""]).isEmpty else { return }
    try notebook.write {
      let telling = try Telling(notebook, world, settings, projects: [""], at: now)
      try telling.takeOwn()
      _ = try telling.finish()
    }
  }
}

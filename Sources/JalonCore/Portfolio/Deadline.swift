/// A day that somebody should have in their calendar.
public struct Deadline: Hashable, Sendable {
  /// What is due.
  public enum Matter: Hashable, Sendable {
    /// The last day in time for a report: its due day and the days of grace.
    case report(due: Day)
    /// A milestone, by id.
    case milestone(String)
    /// A gate's date, by its phase.
    case gate(String)
    /// The last day before what a gate lacks counts against it.
    case verdict(String)
  }

  /// The day.
  public var day: Day
  /// The project.
  public var project: String
  /// The project's title.
  public var projectTitle: String
  /// What is due.
  public var matter: Matter
  /// What people read of it: a milestone's or a phase's title, indicators' titles.
  public var title: String
  /// The money at stake at a gate, in euros.
  public var fundsAtStake: Quantity?

  /// A deadline.
  public init(
    day: Day, project: String, projectTitle: String, matter: Matter, title: String,
    fundsAtStake: Quantity? = nil
  ) {
    self.day = day
    self.project = project
    self.projectTitle = projectTitle
    self.matter = matter
    self.title = title
    self.fundsAtStake = fundsAtStake
  }

  /// Whether it matters to somebody: a gate's verdict is the follow-up team's work, a report the
  /// team's.
  public func matters(to audience: Audience) -> Bool {
    switch matter {
    case .report, .milestone: audience == .team
    case .gate: true
    case .verdict: audience == .followUp
    }
  }
}

extension Plan {
  /// What is still due in some days, in order of day.
  ///
  /// Nothing is due of a stopped project, nor at a gate that is released already.
  public func deadlines(
    in days: ClosedRange<Day>, knowing knowledge: Knowledge, gates: [GateJudgement]
  ) -> [Deadline] {
    let open = gates.filter { $0.effective != Recommendation.release.rawValue }
    var found: [Deadline] = []
    for gate in open where project.stopped == nil {
      guard let phase = phases.first(where: { $0.id == gate.phase }) else { continue }
      found.append(deadline(gate.date, .gate(gate.phase), phase.title, gate.fundsAtStake))
      if gate.deadline > gate.date {
        found.append(deadline(gate.deadline, .verdict(gate.phase), phase.title, gate.fundsAtStake))
      }
    }
    found += reportDeadlines(knowing: knowledge)
    if project.stopped == nil {
      for milestone in milestones where knowledge.milestones[milestone.id]?.reached == nil {
        found.append(deadline(milestone.due, .milestone(milestone.id), milestone.title))
      }
    }
    return found.filter { days.contains($0.day) }.sorted { $0.day < $1.day }
  }

  private func reportDeadlines(knowing knowledge: Knowledge) -> [Deadline] {
    var titles: [Day: [String]] = [:]
    for indicator in indicators {
      for due in Set(missingPeriods(of: indicator, knowing: knowledge).map(\.due)) {
        titles[due, default: []].append(indicator.title)
      }
    }
    return titles.sorted { $0.key < $1.key }.map { due, titles in
      deadline(
        due.adding(days: graceDays), .report(due: due), titles.joined(separator: ", "))
    }
  }

  private func deadline(
    _ day: Day, _ matter: Deadline.Matter, _ title: String, _ funds: Quantity? = nil
  ) -> Deadline {
    Deadline(
      day: day, project: project.id, projectTitle: project.title, matter: matter, title: title,
      fundsAtStake: funds)
  }
}

import JalonCore

/// What one project's readers of one audience hear over the year: the contract's rules of telling, in
/// the plainest words they have.
///
/// Something new is told at once. On the same occasion everything else that is wrong with the project
/// is told again, so that a letter is whole, unless it was told that very day; and when seven days have passed without any letter, all
/// that is still wrong is told again. The end is told once. What a silence has kept back is told when
/// it has ended.
struct YearLine {
  private enum State { case unheard, heard, kept, over }

  private let project: String
  private let facts: [YearStory.Fact]
  private var states: [State]
  private var lastDay: Day?

  init(_ project: String, _ facts: [YearStory.Fact]) {
    self.project = project
    self.facts = facts
    states = facts.map { _ in .unheard }
  }

  /// What still is so, told or not.
  var standing: [String] {
    zip(facts, states).filter { $0.end == nil && $1 == .heard }.map { fact, _ in
      "\(fact.kind) \(project) \(fact.subject) \(fact.audience.rawValue)"
    }
  }

  /// What is told in one run.
  mutating func run(_ moment: YearMoment, isSilent: (YearStory.Fact) -> Bool) -> [String] {
    let isWeekly = lastDay.map { moment.day >= $0.adding(days: 7) } ?? false
    var told: [Int: String] = [:]
    for (index, fact) in facts.enumerated() {
      guard let word = word(fact, states[index], moment, isWeekly: isWeekly) else { continue }
      if isSilent(fact) {
        states[index] = .kept
      } else {
        told[index] = word
      }
    }
    if !told.isEmpty {
      let isFirstOfDay = lastDay != moment.day
      for (index, fact) in facts.enumerated() where told[index] == nil && !isSilent(fact) {
        told[index] = word(fact, states[index], moment, isWeekly: isFirstOfDay)
      }
      lastDay = moment.day
    }
    for (index, word) in told { states[index] = word == "resolve" ? .over : .heard }
    for (index, fact) in facts.enumerated() where fact.isOver(moment) && !fact.endIsNews {
      states[index] = .over
    }
    return told.map { "\($1) \(facts[$0].kind) \(project) \(facts[$0].subject)" }
  }

  /// What there is to say of a fact.
  private func word(
    _ fact: YearStory.Fact, _ state: State, _ moment: YearMoment, isWeekly: Bool
  ) -> String? {
    guard moment >= fact.from, state != .over else { return nil }
    if fact.isOver(moment) { return fact.endIsNews && state != .unheard ? "resolve" : nil }
    switch state {
    case .unheard: return fact.isEscalation ? "escalate" : "fire"
    case .kept: return "fire"
    case .heard: return isWeekly && !fact.isSaidOnce ? "repeat" : nil
    case .over: return nil
    }
  }
}

extension YearStory.Fact {
  fileprivate func isOver(_ moment: YearMoment) -> Bool { end.map { moment >= $0 } ?? false }

  fileprivate var isSaidOnce: Bool {
    ["due-soon", "file-rejected", "gate-released"].contains(kind)
  }

  fileprivate var endIsNews: Bool {
    !isSuperseded && !["due-soon", "gate-released"].contains(kind)
  }

  fileprivate var isEscalation: Bool { audience == .followUp && kind.hasSuffix("-overdue") }
}

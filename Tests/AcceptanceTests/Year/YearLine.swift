import JalonCore

/// What one project's readers of one audience hear over the year: the contract's rules of telling, in
/// the plainest words they have.
///
/// Something new is told at once, and again every seventh day after that while it lasts. Where anything
/// is told, everything else that is still wrong with the project is mentioned beside it, so that a
/// letter is whole, unless it was told that very day. The end is told once. What a silence has kept back
/// is told when it has ended.
struct YearLine {
  private enum State { case unheard, heard, kept, over }

  private let project: String
  private let facts: [YearStory.Fact]
  private var states: [State]
  /// When each was last told itself.
  private var lastDays: [Day?]

  init(_ project: String, _ facts: [YearStory.Fact]) {
    self.project = project
    self.facts = facts
    states = facts.map { _ in .unheard }
    lastDays = facts.map { _ in nil }
  }

  /// What still is so, told or not.
  var standing: [String] {
    zip(facts, states).filter { $0.end == nil && $1 == .heard }.map { fact, _ in
      "\(fact.kind) \(project) \(fact.subject) \(fact.audience.rawValue)"
    }
  }

  /// What is told in one run.
  mutating func run(_ moment: YearMoment, isSilent: (YearStory.Fact) -> Bool) -> [String] {
    var told: [Int: String] = [:]
    for (index, fact) in facts.enumerated() {
      let isDue = lastDays[index].map { moment.day >= $0.adding(days: 7) } ?? false
      guard let word = word(fact, states[index], moment, isDue: isDue) else { continue }
      if isSilent(fact) {
        states[index] = .kept
      } else {
        told[index] = word
      }
    }
    let mentioned = told.isEmpty ? [] : mentioned(beside: told, moment).filter { !isSilent($0) }
    for (index, word) in told {
      states[index] = word == "resolve" ? .over : .heard
      lastDays[index] = moment.day
    }
    for (index, fact) in facts.enumerated() where fact.isOver(moment) && !fact.endIsNews {
      states[index] = .over
    }
    return told.map { "\($1) \(facts[$0].kind) \(project) \(facts[$0].subject)" }
      + mentioned.map { "mention \($0.kind) \(project) \($0.subject)" }
  }

  /// What was heard on another day, and lasts.
  private func mentioned(beside told: [Int: String], _ moment: YearMoment) -> [YearStory.Fact] {
    facts.enumerated().filter { index, fact in
      told[index] == nil && states[index] == .heard && lastDays[index] != moment.day
        && moment >= fact.from && !fact.isOver(moment) && !fact.isSaidOnce
    }.map(\.element)
  }

  /// What there is to say of a fact.
  private func word(
    _ fact: YearStory.Fact, _ state: State, _ moment: YearMoment, isDue: Bool
  ) -> String? {
    guard moment >= fact.from, state != .over else { return nil }
    if fact.isOver(moment) { return fact.endIsNews && state != .unheard ? "resolve" : nil }
    switch state {
    case .unheard: return fact.isEscalation ? "escalate" : "fire"
    case .kept: return "fire"
    case .heard: return isDue && !fact.isSaidOnce ? "repeat" : nil
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

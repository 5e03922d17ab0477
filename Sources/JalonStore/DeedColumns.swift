import JalonCore

/// A deed as the columns of its row.
struct DeedColumns {
  /// What is done, as the row names it.
  enum Word: String {
    case decide, waive, contest, expunge
  }

  var deed: Word
  var phase: String?
  var criterion: String?
  var indicator: String?
  var period: Period?
  var verdict: Verdict?
  var digest: Digest?
  var takesBack = false

  init(_ deed: OfficerAct.Deed) {
    switch deed {
    case .decide(let phase, let verdict):
      self.deed = .decide
      (self.phase, self.verdict, takesBack) = (phase, verdict, verdict == nil)
    case .waive(let phase, let criterion, let isTakenBack):
      self.deed = .waive
      (self.phase, self.criterion, takesBack) = (phase, criterion, isTakenBack)
    case .contest(let indicator, let period, let isTakenBack):
      self.deed = .contest
      (self.indicator, self.period, takesBack) = (indicator, period, isTakenBack)
    case .expunge(let digest):
      self.deed = .expunge
      self.digest = digest
    }
  }

  init(_ row: borrowing Statement) throws(StoreError) {
    deed = try row.word(2)
    phase = row.optionalText(3)
    criterion = row.optionalText(4)
    indicator = row.optionalText(5)
    period = row.isNull(6) ? nil : Period(stored: row.integer(6))
    verdict = row.isNull(7) ? nil : try row.word(7)
    digest = row.isNull(8) ? nil : try row.digest(8)
    takesBack = row.integer(9) != 0
  }

  /// The deed; `nil` where the row lacks what it is about.
  var value: OfficerAct.Deed? {
    switch deed {
    case .decide: phase.map { .decide(phase: $0, takesBack ? nil : verdict) }
    case .waive:
      phase.flatMap { phase in
        criterion.map { .waive(phase: phase, criterion: $0, isTakenBack: takesBack) }
      }
    case .contest:
      indicator.flatMap { indicator in
        period.map { .contest(indicator: indicator, $0, isTakenBack: takesBack) }
      }
    case .expunge: digest.map { .expunge($0) }
    }
  }
}

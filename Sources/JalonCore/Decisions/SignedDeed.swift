/// Something that the follow-up team did, when it took effect, and who said so where that is known.
public struct SignedDeed: Sendable {
  /// What was done.
  public let deed: OfficerAct.Deed
  /// When it took effect.
  public let at: Instant
  /// Who, and why; `nil` where that was not kept.
  public let signature: Signature?
  /// The second person's word, where one was needed.
  public let confirmation: Signature?
}

extension History {
  /// What the follow-up team did after an instant, up to another, in order; `acts` tell who, where
  /// that is kept.
  public func deeds(
    after start: Instant, upTo end: Instant, signed acts: [OfficerAct] = []
  ) -> [SignedDeed] {
    var deeds: [(OfficerAct.Deed, Instant)] = decisions.map {
      (.decide(phase: $0.phase, $0.isTakenBack ? nil : $0.verdict), $0.at)
    }
    deeds += waivers.map {
      (
        .waive(phase: $0.phase, criterion: $0.criterion, isTakenBack: $0.isTakenBack),
        $0.at
      )
    }
    deeds += contests.map {
      (.contest(indicator: $0.indicator, $0.period, isTakenBack: $0.isTakenBack), $0.at)
    }
    // What is expunged changes no judgement: only the acts tell of it.
    deeds += acts.compactMap { act in
      guard case .expunge = act.deed, let word = act.effective else { return nil }
      return (act.deed, word.at)
    }
    return deeds.filter { start < $0.1 && $0.1 <= end }
      .sorted { $0.1 < $1.1 }
      .map { deed, at in
        let act = acts.first { $0.deed == deed && $0.effective?.at == at }
        return SignedDeed(
          deed: deed, at: at, signature: act?.signature, confirmation: act?.confirmation)
      }
  }
}

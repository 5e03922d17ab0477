public import JalonCore

/// The contract's words as people read them.
extension Figures {
  /// A recommendation, as an adverse or favourable opinion reads.
  public func word(_ recommendation: Recommendation) -> String {
    switch recommendation {
    case .notReached: say("pas encore atteint", "not reached")
    case .stopped: say("projet arrêté", "stopped")
    case .release: say("débloquer", "release")
    case .pending: say("en attente", "pending")
    case .atRisk: say("à risque", "at risk")
    case .withhold: say("suspendre", "withhold")
    }
  }

  /// What was recommended when an officer acted.
  func word(_ stood: StoodRecommendation) -> String {
    switch stood {
    case .gate(let recommendation): word(recommendation)
    case .project(let gates):
      gates.map { "\($0.phase) \(word($0.recommendation))" }.joined(separator: ", ")
    }
  }

  func word(_ status: Status) -> String {
    switch status {
    case .met: say("rempli", "met")
    case .pending: say("en attente", "pending")
    case .unmet: say("non rempli", "unmet")
    case .warning: say("alerte", "warning")
    case .waived: say("dérogation", "waived")
    }
  }

  func word(_ level: DeviationLevel) -> String {
    switch level {
    case .onTrack: say("conforme à la prévision", "on track")
    case .notable: say("écart notable", "notable deviation")
    case .strong: say("écart fort", "strong deviation")
    }
  }

  func word(_ grounds: Grounds) -> String {
    switch grounds {
    case .condition: say("condition", "condition")
    case .duty: say("obligation", "duty")
    case .reserve: say("réserve", "reserve")
    }
  }

  func word(_ evidence: Evidence) -> String {
    switch evidence {
    case .estimated: say("théorique", "estimated")
    case .observed: say("constaté", "observed")
    case .audited: say("audité", "audited")
    }
  }

  func word(_ status: ReceiptStatus) -> String {
    switch status {
    case .accepted: say("accepté", "accepted")
    case .rejected: say("refusé", "rejected")
    case .duplicate: say("déjà reçu", "already received")
    }
  }
}

/// What was recommended when an officer acted.
///
/// Its text is what the notebook, the ledger and receipts hold: `withhold` for one gate,
/// `P1: release, P2: pending` for every gate of a project.
public enum StoodRecommendation: Hashable, Sendable {
  /// For the gate that the act is about.
  case gate(Recommendation)
  /// For each gate of the project, in order of phase, where the act is about no one gate.
  case project([PhaseRecommendation])

  /// What was recommended for the gate of one phase.
  public struct PhaseRecommendation: Hashable, Sendable {
    /// The phase.
    public var phase: String
    /// What was recommended.
    public var recommendation: Recommendation

    /// A phase's recommendation.
    public init(_ phase: String, _ recommendation: Recommendation) {
      self.phase = phase
      self.recommendation = recommendation
    }
  }

  /// The recommendation, where it is about one gate.
  public var ofGate: Recommendation? {
    if case .gate(let recommendation) = self { recommendation } else { nil }
  }
}

extension StoodRecommendation: RawRepresentable {
  /// The text, by which it is kept.
  public var rawValue: String {
    switch self {
    case .gate(let recommendation): recommendation.rawValue
    case .project(let gates):
      gates.map { "\($0.phase): \($0.recommendation.rawValue)" }.joined(separator: ", ")
    }
  }

  /// Reads a text as it is kept; `nil` for any other.
  ///
  /// A phase's id may hold a comma or a colon: a gate ends where a recommendation's word does.
  public init?(rawValue: String) {
    if let recommendation = Recommendation(rawValue: rawValue) {
      self = .gate(recommendation)
      return
    }
    var gates: [PhaseRecommendation] = []
    var rest = Array(rawValue.utf8)[...]
    while let (gate, length) = Self.firstGate(rest) {
      gates.append(gate)
      rest = rest.dropFirst(length)
      if rest.isEmpty { break }
      rest = rest.dropFirst(Self.separator.count)
    }
    guard rest.isEmpty, !gates.isEmpty else { return nil }
    self = .project(gates)
  }

  private static let separator = Array(", ".utf8)
  private static let endings = Recommendation.allCases.map { ($0, Array(": \($0.rawValue)".utf8)) }

  /// The first gate of a list, and how many bytes tell of it.
  private static func firstGate(
    _ text: ArraySlice<UInt8>
  ) -> (gate: PhaseRecommendation, length: Int)? {
    for start in text.indices {
      for (recommendation, ending) in endings where text[start...].starts(with: ending) {
        let after = text[(start + ending.count)...]
        guard after.isEmpty || (after.starts(with: separator) && after.count > separator.count)
        else { continue }
        let phase = String(decoding: text[..<start], as: UTF8.self)
        return (PhaseRecommendation(phase, recommendation), after.startIndex - text.startIndex)
      }
    }
    return nil
  }
}

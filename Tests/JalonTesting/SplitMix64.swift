/// Sebastiano Vigna's SplitMix64: small, seeded, the same on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The generator that a seed starts.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// What random portfolios draw their choices from.
struct Dice {
  var source: SplitMix64

  /// Whether something happens that does so with a probability in percent.
  mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &source) < percent
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &source)
  }

  /// One of some choices; `fallback` when there are none.
  mutating func pick<Choice>(_ choices: [Choice], else fallback: Choice) -> Choice {
    choices.randomElement(using: &source) ?? fallback
  }
}

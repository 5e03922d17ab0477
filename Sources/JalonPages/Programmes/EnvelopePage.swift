public import JalonCore

/// A programme's money: what its projects were granted, and what is left.
public struct EnvelopePage: Sendable {
  private let programme: Programme
  private let projects: Int
  /// In millionths: the sum of many grants has no bound of its own.
  private let granted: Int128
  private let figures: Figures

  /// The money of a programme whose projects have these grants.
  public init(_ programme: Programme, grants: [Quantity], in language: Language) {
    self.programme = programme
    projects = grants.count
    granted = grants.reduce(0) { $0 + Int128($1.micros) }
    figures = Figures(language)
  }

  private var committed: Int128 { granted + Int128(programme.alreadyGranted.micros) }

  /// What is left of the envelope; below zero when more was granted than there is.
  private var left: Int128? { programme.envelope.map { Int128($0.micros) - committed } }

  /// The part of the envelope that is granted, in percent.
  private var share: Fraction? {
    programme.envelope.flatMap { envelope in
      Fraction(numerator: committed * 100_000_000, denominator: Int128(envelope.micros))
    }
  }

  /// For programs: amounts in euros, the share in percent.
  public var json: JSONText {
    .object([
      ("id", .string(programme.id)), ("title", .string(programme.title)),
      ("envelope", .text(programme.envelope)), ("projects", .int(projects)),
      ("granted", .string(Quantity.text(micros: granted))),
      ("alreadyGranted", .text(programme.alreadyGranted)),
      ("left", .text(left.map { Quantity.text(micros: $0) })), ("share", .text(share)),
    ])
  }

  /// For people.
  public var text: String {
    var lines = ["\(programme.id)  \(programme.title)", programme.operatorName, ""]
    let count = figures.count(projects, ("projet", "projets"), ("project", "projects"))
    lines.append(line(figures.say("Accordé, \(count)", "Granted, \(count)"), granted))
    if programme.alreadyGranted > .zero {
      let words = figures.say("Déjà accordé hors de Jalon", "Granted outside Jalon")
      lines.append(line(words, Int128(programme.alreadyGranted.micros)))
    }
    guard let envelope = programme.envelope, let left else {
      lines.append(figures.say("Enveloppe : non publiée", "Envelope: not published"))
      return lines.joined(separator: "\n") + "\n"
    }
    lines.append(line(figures.say("Enveloppe", "Envelope"), Int128(envelope.micros)))
    let part = share.map { figures.say(", engagée à ", ", committed ") + percent($0) } ?? ""
    lines.append(
      left < 0
        ? line(figures.say("Dépassement", "Exceeded by"), -left) + part
        : line(figures.say("Reste", "Left"), left) + part)
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ words: String, _ micros: Int128) -> String {
    words + figures.colon + figures.measure(Fraction(micros: micros), unit: "€")
  }

  private func percent(_ share: Fraction) -> String { figures.measure(share, unit: "%") }
}

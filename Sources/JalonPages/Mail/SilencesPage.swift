public import JalonCore

/// A silence as it is listed.
public struct SilenceLine: Sendable {
  /// The silence.
  public var silence: Silence
  /// When it was ended before its time, by whom and why.
  public var ended: (at: Instant, by: String, reason: String)?

  /// A line.
  public init(_ silence: Silence, ended: (at: Instant, by: String, reason: String)?) {
    self.silence = silence
    self.ended = ended
  }
}

/// What is not told, until when, and why.
public struct SilencesPage: Sendable {
  private let lines: [SilenceLine]
  private let day: Day
  private let figures: Figures

  /// A page about silences, as of a day.
  public init(_ lines: [SilenceLine], asOf day: Day, in language: Language) {
    self.lines = lines
    self.day = day
    figures = Figures(language)
  }

  /// For programs.
  public var json: JSONText {
    .array(
      lines.map { line in
        .object([
          ("id", .int(Int(line.silence.number))), ("project", .text(line.silence.project)),
          ("programme", .text(line.silence.programme)),
          ("kind", .text(line.silence.kind?.rawValue)), ("until", .text(line.silence.until)),
          ("reason", .string(line.silence.reason)), ("by", .string(line.silence.by)),
          ("user", .string(line.silence.user)), ("at", .text(line.silence.at)),
          ("running", .bool(runs(line))), ("endedAt", .text(line.ended?.at)),
          ("endedBy", .text(line.ended?.by)), ("endReason", .text(line.ended?.reason)),
        ])
      })
  }

  private func runs(_ line: SilenceLine) -> Bool {
    line.ended == nil && day <= line.silence.until
  }

  /// For a terminal.
  public func text(width: Int) -> String {
    guard !lines.isEmpty else {
      return figures.say("Aucun silence en cours.\n", "No silence is running.\n")
    }
    return lines.flatMap(text).map { Table.wrap($0, to: width) }.joined(separator: "\n") + "\n"
  }

  private func text(_ line: SilenceLine) -> [String] {
    let silence = line.silence
    let scope = [
      silence.project.map { figures.say("projet ", "project ") + $0 },
      silence.programme.map { figures.say("programme ", "programme ") + $0 },
      silence.kind?.rawValue,
    ].compactMap(\.self).joined(separator: ", ")
    let day = figures.day(silence.until)
    var texts = [
      figures.say(
        "\(silence.number)  \(scope), jusqu’au \(day)", "\(silence.number)  \(scope), until \(day)"),
      "      \(silence.reason) — \(silence.by) (\(silence.user)), \(figures.moment(silence.at))",
    ]
    if let ended = line.ended {
      texts.append(
        "      " + figures.say("levé le ", "ended ") + figures.moment(ended.at)
          + " — \(ended.reason) (\(ended.by))")
    } else if !runs(line) {
      texts.append("      " + figures.say("terminé", "over"))
    }
    return texts
  }
}

public import JalonCore
public import JalonPages
public import JalonRound

/// One project whose funds were withheld in July, whose report was corrected in October, and whose
/// plan was amended in November: asked about in December.
public struct AmendedStory {
  /// The world it happens in.
  public let world: InMemoryWorld

  /// The day judged, and what was known then.
  public static let day = AmendedStory.day("2021-10-10")
  /// What was known then.
  public static let then = Instant(utc: AmendedStory.day("2021-10-10"))
  /// When it is asked about.
  public static let now = Instant(utc: AmendedStory.day("2021-12-01"))

  /// The story to its end.
  public init(_ language: Language) throws {
    world = InMemoryWorld(language: language)
    _ = try world.adopt(
      [SampleFiles.programme(), SampleFiles.project()], at: Self.instant("2021-01-01"))
    try receive(
      "t1.csv", on: "2021-04-10", "postes;2021-Q1;;120;constaté;;", "depenses;2021-Q1;;10000;;;",
      ";;;;;M1;2021-03-12")
    try receive(
      "t2.csv", on: "2021-07-10", "postes;2021-Q2;;250;;;", "depenses;2021-Q2;;22500,5;;;")
    try evaluate(on: "2021-07-20")
    try receive(
      "t3.csv", on: "2021-10-08", "postes;2021-Q3;;270;;;", "depenses;2021-Q3;;15000;;;")
    try receive("t2 corrigé.csv", on: "2021-10-12", "postes;2021-Q2;;310;audité;;")
    try decide(on: "2021-10-20")
    try amend(on: "2021-11-01")
  }

  /// Two officers release the funds.
  private func decide(on day: String) throws {
    func word(_ name: String, _ user: String) -> Signature {
      Signature(
        name: name, user: user, way: .shell, reason: "Correction reçue", at: Self.instant(day),
        on: Self.day(day))
    }
    var act = OfficerAct(
      project: "SNAP3-017", deed: .decide(phase: "P1", .release),
      signature: word("C. Roux", "roux"), stood: .gate(.release), version: SHA256.hash([]),
      rules: Judge.rulesVersion, needsSecond: true)
    act.confirmation = word("A. Petit", "petit")
    let port = world.notebook.port
    try port.write { _ = try port.acts.record(act) }
  }

  private func amend(on day: String) throws {
    let text = String(decoding: SampleFiles.project(minimum: "280").bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { line -> String in
        if line.contains("\"forecast\"") {
          return line.split(separator: "800").joined(separator: "700")
        }
        return line.split(separator: "2021-12-31").joined(separator: "2022-03-31")
      }.joined(separator: "\n")
    _ = try world.adopt(
      [
        SampleFiles.programme(),
        PortfolioFile(
          kind: .project, path: "projects/SNAP3/SNAP3-017.json", bytes: Array(text.utf8)),
      ], at: Self.instant(day))
  }

  private func evaluate(on day: String) throws {
    let instant = Self.instant(day)
    _ = try world.evaluation(asOf: Self.day(day), knownAt: instant).projects(
      ["SNAP3-017"], recording: Recording(at: instant, telling: nil))
  }

  private func receive(_ file: String, on day: String, _ lines: String...) throws {
    let header = "indicateur;periode;profil;valeur;preuve;jalon;date"
    let bytes = Array(([header] + lines).joined(separator: "\n").utf8) + [0x0A]
    let arrival = Arrival(
      told: "SNAP3-017", file: file, name: Array(file.utf8),
      content: .bytes(bytes, SHA256.hash(bytes)))
    _ = try world.file([arrival], at: Self.instant(day))
  }

  /// What was known at an instant, judged as of a day.
  public func evaluation(asOf day: Day, knownAt: Instant) throws -> Evaluation {
    try world.evaluation(asOf: day, knownAt: knownAt, isPresent: knownAt == Self.now)
  }

  /// Why the first gate stood where it stood, asked in December.
  public func explanation() throws -> Explanation {
    try evaluation(asOf: Self.day, knownAt: Self.then).fullExplanation(
      "SNAP3-017", "P1", now: evaluation(asOf: Self.day, knownAt: Self.now))
  }

  /// What changed the first gate's verdict until December.
  public func comparison() throws -> GateComparison {
    try evaluation(asOf: Self.day, knownAt: Self.then).compare(
      "SNAP3-017", "P1", with: evaluation(asOf: Self.day("2021-12-01"), knownAt: Self.now))
  }

  /// The adopted versions of the plan, and how far the project strays from them.
  public func plans() throws -> (versions: [PlanVersion], deviations: [PlanDeviation]) {
    let evaluation = try evaluation(asOf: Self.day("2021-12-01"), knownAt: Self.now)
    let versions = try evaluation.planVersions("SNAP3-017")
    return (versions, try evaluation.planDeviations("SNAP3-017", versions))
  }

  /// Where the project stood, and where its measures were heading.
  public func status() throws -> ProjectStatus {
    let judged = try evaluation(asOf: Self.day, knownAt: Self.then)
      .projects(["SNAP3-017"], recording: nil)[0]
    return ProjectStatus(
      plan: judged.plan, gates: try judged.gates.get(), missing: [],
      warnings: judged.earlyWarnings(asOf: Self.day))
  }

  static func instant(_ text: String) -> Instant { Instant(utc: day(text)) }

  static func day(_ text: String) -> Day {
    guard let day = Day(text) else { preconditionFailure("no such day: \(text)") }
    return day
  }
}

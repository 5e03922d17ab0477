import JalonCore
import JalonPages
import JalonRound
import JalonTesting
import Testing

@Suite("Explaining: the file and line behind every figure")
struct ExplainingTests {
  func world() throws -> InMemoryWorld {
    let world = try sampleWorld()
    try world.receive(
      ["postes;2021-Q1;;120;;;", "depenses;2021-Q1;;10,5;;;", ";;;;;M1;2021-03-12"], "t1.csv",
      on: "2021-04-10")
    try world.receive(["postes;2021-Q1;;130;;;"], "t1-corrige.csv", on: "2021-05-02")
    try world.receive(
      ["depenses;2021-Q2;;4;;;", "postes;2021-Q2;;250;;;"], "t2.csv", on: "2021-07-10")
    return world
  }

  /// Every figure behind a criterion: `period value file:line`.
  func figures(_ explanation: Explanation, _ criterion: String) -> [String] {
    (explanation.citations[criterion] ?? []).map { row in
      let file = explanation.files[row.source.submission]?.file ?? "?"
      let value = row.observation.value?.description ?? "-"
      return "\(row.period) \(value) \(file):\(row.source.line)"
    }
  }

  @Test("a threshold cites the row its measure rests on")
  func threshold() throws {
    let explanation = try world().evaluation(
      asOf: day("2021-07-20"), knownAt: instant("2021-07-20")
    ).explain("SNAP3-017", "P1")
    #expect(explanation.gate.recommendation == .withhold)
    #expect(figures(explanation, "threshold:postes") == ["2021-Q2 250 t2.csv:3"])
    #expect(figures(explanation, "deviation:postes") == ["2021-Q2 250 t2.csv:3"])
    let file = explanation.files.values.first { $0.file == "t2.csv" }
    #expect(file?.receipt == "J00000003" && file?.receivedAt == instant("2021-07-10"))
  }

  @Test("a milestone names the line that says it was reached")
  func milestone() throws {
    let explanation = try world().evaluation(
      asOf: day("2021-07-20"), knownAt: instant("2021-07-20")
    ).explain("SNAP3-017", "P1")
    guard case .milestone(_, _, let reach?) = explanation.gate.criteria.first?.finding else {
      Issue.record("the milestone is reached")
      return
    }
    #expect(reach.source.line == 4)
    #expect(explanation.files[reach.source.submission]?.file == "t1.csv")
  }

  @Test(
    "what was known then is what is cited",
    arguments: [
      ("2021-04-20", ["2021-Q1 120 t1.csv:2"]), ("2021-05-20", ["2021-Q1 130 t1-corrige.csv:2"]),
    ])
  func past(_ knownAt: String, _ expected: [String]) throws {
    let explanation = try world().evaluation(
      asOf: day("2021-05-20"), knownAt: instant(knownAt), isPresent: false
    ).explain("SNAP3-017", "P1")
    #expect(figures(explanation, "threshold:postes") == expected)
    #expect(explanation.version.adoptedAt == instant("2021-01-01"))
  }

  @Test("an unknown phase is named, with the nearest known one")
  func unknownPhase() throws {
    let evaluation = try world().evaluation(
      asOf: day("2021-07-20"), knownAt: instant("2021-07-20"))
    #expect(throws: RoundError.unknownPhase("P3", nearest: "P1")) {
      try evaluation.explain("SNAP3-017", "P3")
    }
  }

  @Test("a flag keeps the last three rows behind each reason, whatever of a ratio they are")
  func flag() throws {
    let world = InMemoryWorld()
    let ratio = SampleFiles.project(minimum: "2000").replacing(
      "\"indicator\": \"postes\"", "\"indicator\": \"postes\", \"per\": \"depenses\"")
    _ = try world.adopt([SampleFiles.programme(), ratio], at: instant("2021-01-01"))
    try world.receive(
      [
        "postes;2021-Q1;;120;;;", "depenses;2021-Q1;achats;9;;;", "depenses;2021-Q1;études;10,5;;;",
      ],
      on: "2021-04-10")
    try world.receive(
      ["postes;2021-Q2;;250;;;", "depenses;2021-Q2;;4;;;"], "t2.csv", on: "2021-07-10")
    let evaluation = try world.evaluation(asOf: day("2021-07-20"), knownAt: instant("2021-07-20"))
    let page = FlagsPage(
      [Flag(try evaluation.explain("SNAP3-017", "P1"))], asOf: day("2021-07-20"),
      knownAt: instant("2021-07-20"), in: .english)
    let text = page.text(width: 200)
    #expect(
      text.contains("depenses 2021-Q1 (études): €10.50, estimated — t1.csv, line\u{A0}4, J00000001")
    )
    #expect(text.contains("depenses 2021-Q2: €4, estimated — t2.csv, line\u{A0}3, J00000002"))
    #expect(text.contains("postes 2021-Q2: 250\u{A0}postes, estimated — t2.csv, line\u{A0}2"))
    #expect(text.contains("… 1 more row: jalon explain SNAP3-017 P1"))
  }
}

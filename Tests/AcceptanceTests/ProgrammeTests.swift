import Foundation
import Testing

private struct Findings: Decodable {
  struct Finding: Decodable {
    let path: String
    let message: String
  }
  let errors: [Finding]
  let warnings: [Finding]
}

/// What is published of each scheme besides its rules; what is not published is not written.
private let facts:
  [(programme: String, form: String, opens: String?, closes: String?, envelope: Int?)] = [
    ("ITN1", "guichet", "2021-01-04", nil, 32_000_000),
    ("ITN2", "guichet", "2020-11-02", nil, 15_000_000),
    ("ITN3", "call", "2020-12-01", "2021-01-31", 12_000_000),
    ("ITN4", "guichet", "2021-01-07", nil, 6_000_000),
    ("ITN5-AAP", "call", "2020-11-16", "2020-12-19", 19_000_000),
    ("ITN5-GUICHET", "guichet", "2021-01-18", nil, 4_000_000),
    ("ITN6", "guichet", "2021-01-18", nil, 6_000_000),
    ("ITN8A", "call", "2020-11-16", nil, 20_000_000),
    ("ITN8B", "call", "2020-11-16", nil, 21_000_000),
    ("ITN8C", "call", "2020-11-16", nil, 21_000_000),
    ("ITN8D", "call", "2020-11-16", nil, 21_000_000),
    ("SNAP1", "guichet", "2020-12-01", nil, 55_000_000),
    ("SNAP2A", "guichet", "2020-12-01", nil, 11_000_000),
    ("SNAP2B", "guichet", "2020-12-01", nil, 17_000_000),
    ("SNAP3", "guichet", "2020-11-09", nil, 15_000_000),
    ("SNAP4", "guichet", "2020-11-09", nil, 82_000_000),
    ("SNAP5", "guichet", "2021-01-04", nil, 22_000_000), ("CAMPUS", "guichet", nil, nil, 2_000_000),
    ("FTAP", "call", nil, nil, 700_000_000), ("FITN", "guichet", nil, nil, nil),
    ("FITN7", "guichet", nil, nil, 34_000_000),
  ]

@Suite(
  "Every published programme: what check says of a project that breaks one of its rules",
  .serialized)
struct ProgrammeTests {
  static let all = [
    "CAMPUS", "FITN", "FITN7", "FTAP", "ITN1", "ITN2", "ITN3", "ITN4", "ITN5-AAP", "ITN5-GUICHET",
    "ITN6", "ITN8A", "ITN8B", "ITN8C", "ITN8D", "SNAP1", "SNAP2A", "SNAP2B", "SNAP3", "SNAP4",
    "SNAP5",
  ]

  @Test("the portfolio has the twenty-one programmes")
  func programmes() throws {
    let folder = Place.samplePortfolio.appendingPathComponent("programmes")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == Self.all.map { $0 + ".json" }.sorted())
  }

  @Test("form, dates and envelope are as published, each rule with its source", arguments: facts)
  private func published(
    programme: String, form: String, opens: String?, closes: String?, envelope: Int?
  ) throws {
    let rules = try SampleVariation.read(SampleVariation.rules(of: programme))
    #expect(rules["id"] as? String == programme)
    #expect(rules["form"] as? String == form && rules["envelope"] as? Int == envelope)
    #expect(rules["opens"] as? String == opens && rules["closes"] as? String == closes)
    let parts = ["indicators", "commitments", "conditions"].flatMap {
      rules[$0] as? [[String: Any]] ?? []
    }
    for part in [rules] + parts {
      let source = part["source"] as? String ?? ""
      #expect(source.hasPrefix("Livret des thèmes") || source.hasPrefix("Page d"), "\(part)")
    }
  }

  @Test("its sample project keeps to its rules, strictly", arguments: all)
  func conforming(programme: String) async throws {
    let findings = try await check(SampleVariation(of: programme))
    #expect(findings.errors.map(\.message) == [])
    #expect(findings.warnings.map(\.message) == [])
  }

  @Test(
    "a project that breaks just one rule is named with it and its source",
    arguments: RuleCase.funding + RuleCase.size + RuleCase.dossier + RuleCase.template)
  func broken(rule: RuleCase) async throws {
    var variation = try SampleVariation(of: rule.programme)
    try variation.edit(rule.edits.map { ($0.place, $0.json) })
    let errors = try await check(variation).errors
    guard let path = rule.path else {
      #expect(errors.map(\.message) == [])
      return
    }
    #expect(errors.count == 1, "\(errors)")
    let error = try #require(errors.first)
    #expect(error.path == path || path.hasPrefix(".") && error.path.hasSuffix(path), "\(errors)")
    #expect((error.message + " ").contains(rule.word), "\(error.message)")
    if rule.isPublished {
      let rules = try SampleVariation.read(SampleVariation.rules(of: rule.programme))
      let source = try #require(rules["source"] as? String)
      #expect(error.message.contains(source.prefix(40)), "\(error.message)")
    }
  }

  private func check(_ variation: SampleVariation) async throws -> Findings {
    let outcome = try await variation.installation().run("check", "--strict", "--json")
    let findings = try outcome.json(Findings.self)
    #expect(outcome.status == (findings.errors.isEmpty ? 0 : 1))
    return findings
  }
}

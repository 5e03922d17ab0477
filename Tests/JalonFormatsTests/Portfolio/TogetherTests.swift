import JalonCore
import Testing

@testable import JalonFormats

@Suite("Mistakes of one file are all told at once, and no other")
struct TogetherTests {
  static let broken = (CheckTests.errors + CheckTests.warnings + CheckTests.exceptions)
    .map { Mistake($0) }
  static let shapes = DecodingTests.shapes.map {
    Mistake("\($0.1) for \($0.0)", $0.0, $0.1, at: $0.2)
  }
  static let programmeMistakes =
    CheckTests.programmeErrors.map { Mistake($0) }
    + DecodingTests.programmeShapes.map {
      Mistake("\($0.1) for \($0.0)", $0.0, $0.1, at: $0.2)
    }

  @Test("a value that cannot be read is told once, and nothing else with it")
  func alone() throws {
    for (path, text) in try Mistake.unreadable(PortfolioSamples.project) {
      #expect(Told.of(project: text).map(\.path) == [path])
    }
    for (path, text) in try Mistake.unreadable(PortfolioSamples.programme) {
      #expect(Told.of(programme: text).map(\.path) == [path])
    }
  }

  @Test(
    "a broken rule is told beside any value that cannot be read, but one it rests on",
    arguments: broken)
  func besideUnreadable(_ mistake: Mistake) throws {
    let text = mistake.text(PortfolioSamples.project)
    let alone = Set(Told.of(project: text).map(\.path))
    let reads = TogetherTests.reads(mistake)
    for (path, text) in try Mistake.unreadable(text)
    where !TogetherTests.changes(mistake, without: path) {
      let told = Set(Told.of(project: text).map(\.path))
      let all = alone.filter { !Mistake.isAround(path, $0) }.union([path])
      if Mistake.touches(path, reads) {
        #expect(told.isSubset(of: all), "with \(path)")
      } else {
        #expect(told == all, "with \(path)")
      }
    }
  }

  @Test("two mistakes of a project are told as each is alone", arguments: broken + shapes)
  func two(_ mistake: Mistake) {
    let sample = PortfolioSamples.project
    let alone = Told.of(project: mistake.text(sample))
    for other in TogetherTests.broken + TogetherTests.shapes
    where other.testDescription > mistake.testDescription {
      guard let text = Mistake.text(sample, with: [mistake, other]),
        !TogetherTests.rests(mistake, on: other), !TogetherTests.rests(other, on: mistake)
      else { continue }
      let union = alone.union(Told.of(project: other.text(sample)))
      #expect(Told.of(project: text) == union, "with \(other)")
    }
  }

  @Test("two mistakes of a programme are told as each is alone", arguments: programmeMistakes)
  func twoOfProgramme(_ mistake: Mistake) {
    let sample = PortfolioSamples.programme
    let alone = Told.of(programme: mistake.text(sample))
    for other in TogetherTests.programmeMistakes
    where other.testDescription > mistake.testDescription {
      guard let text = Mistake.text(sample, with: [mistake, other]) else { continue }
      let union = alone.union(Told.of(programme: other.text(sample)))
      #expect(Told.of(programme: text) == union, "with \(other)")
    }
  }
}

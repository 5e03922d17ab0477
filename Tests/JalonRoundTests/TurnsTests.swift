import JalonRound
import Testing

@Suite("Turns: whose files are taken next, and how many")
struct TurnsTests {
  private let second: UInt64 = 1_000_000_000
  private var day: UInt64 { 86_400 * second }

  @Test("a door may send a day's files at once, and then one each time that its share has gone by")
  func allowance() {
    var turns = Turns(filesPerDay: 100)
    let start = 5 * second
    #expect(turns.allowance(of: "A", at: start) == 100)
    for taken in 1...100 {
      turns.take("A", at: start)
      #expect(turns.allowance(of: "A", at: start) == 100 - taken)
    }
    #expect(turns.allowance(of: "B", at: start) == 100)
    let next = turns.earliest(for: "A", from: start)
    #expect(next == start + 864 * second)
    #expect(turns.earliest(for: "B", from: start) == start)
    #expect(turns.earliest(for: "A", from: next + 1) == next + 1, "it may be later, too")
    #expect(turns.allowance(of: "A", at: next - 1) == 0)
    #expect(turns.allowance(of: "A", at: next) == 1)
    turns.take("A", at: next)
    #expect(turns.allowance(of: "A", at: next) == 0)
    #expect(turns.allowance(of: "A", at: next + day) == 100)
  }

  @Test("what is forgotten is only what no longer matters")
  func tidy() {
    var turns = Turns(filesPerDay: 10)
    for _ in 1...10 { turns.take("A", at: 0) }
    turns.tidy(at: day / 2)
    #expect(turns.allowance(of: "A", at: day / 2) == 5)
    turns.tidy(at: day)
    #expect(turns.allowance(of: "A", at: day) == 10)
  }

  @Test("who had no turn comes first, then whose turn is longest ago")
  func order() {
    var turns = Turns(filesPerDay: 10)
    for door in ["B", "A", "C", "B"] { turns.take(door, at: 0) }
    #expect(turns.order(["A", "B", "C", "D"]) == ["D", "A", "C", "B"])
    #expect(turns.order(["C"]) == ["C"])
  }

  @Test("one with thousands of files does not hold up one with a single file")
  func deal() {
    var turns = Turns(filesPerDay: 10_000)
    let flood = Array(1...5_000)
    let first = turns.deal([("A", flood), ("B", [7])])
    #expect(first.map(\.door) == ["A", "B", "A"])
    #expect(first.map(\.files.count) == [16, 1, 4_984])
    #expect(first[0].files + first[2].files == flood[...], "in their order")
    turns.take("A", at: 0)
    #expect(turns.deal([("A", flood), ("B", [7])]).map(\.door) == ["B", "A", "A"])
  }
}

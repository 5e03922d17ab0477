import JalonRound
import Testing

@Suite("Files are taken in the order in which they were seen")
struct SettlingOrderTests {
  private let names = ["d", "b", "e", "a", "c", "f"]

  private func settling() -> Settling<String, Int> {
    Settling(.none)
  }

  @Test("of files that one look finds, the first seen comes first")
  func oneLook() {
    var settling = settling()
    for name in names { settling.see(name, 1, .scanned, at: 5) }
    #expect(settling.settled(at: 5).map(\.name) == names)
  }

  @Test("a file that is seen again keeps its place")
  func seenAgain() {
    var settling = settling()
    for name in names + names.reversed() { settling.see(name, 1, .renamed, at: 5) }
    #expect(settling.settled(at: 5).map(\.name) == names)
  }

  @Test("of more names than one look keeps in mind the first are kept, and none is counted twice")
  func tooMany() {
    var settling = Settling<Int, Int>(.none)
    let limit = Settling<Int, Int>.limit
    for name in 0..<limit + 5 { settling.see(name, 1, .renamed, at: 5) }
    #expect(settling.settled(at: 5).map(\.name) == Array(0..<limit))
    settling.see(3, 2, .renamed, at: 6)
    #expect(settling.settled(at: 6).last?.name == 3, "a known one may change")
    settling.forget(7)
    settling.see(limit + 1, 1, .renamed, at: 7)
    #expect(settling.settled(at: 7).last?.name == limit + 1)
  }

  @Test("a file that has changed comes after the others")
  func changed() {
    var settling = settling()
    for name in names { settling.see(name, 1, .scanned, at: 5) }
    settling.see("d", 2, .scanned, at: 5)
    #expect(settling.settled(at: 5).map(\.name) == ["b", "e", "a", "c", "f", "d"])
  }
}

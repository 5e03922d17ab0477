import JalonCore
import Testing

@Suite("A message that did not get through is tried again for five days, ever more seldom")
struct DeliveryScheduleTests {
  @Test(
    "After so many failures, so many minutes",
    arguments: [
      (1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (6, 60), (120, 60), (.max, 60), (0, 5), (-1, 5),
    ])
  func delays(attempts: Int, minutes: Int64) {
    #expect(DeliverySchedule.delay(afterAttempts: attempts) == minutes * 60_000_000)
    let next = DeliverySchedule.next(afterAttempts: attempts, at: Instant(microseconds: 7))
    #expect(next.microseconds == minutes * 60_000_000 + 7)
  }

  @Test("It is given up after five days, not before, and not by a clock that was set back")
  func lifetime() {
    let start = Instant(microseconds: 1_600_000_000_000_000)
    func isOver(_ microseconds: Int64) -> Bool {
      DeliverySchedule.isOver(
        waitingSince: start, at: Instant(microseconds: start.microseconds + microseconds))
    }
    #expect(!isOver(0))
    #expect(!isOver(432_000_000_000))
    #expect(isOver(432_000_000_001))
    #expect(!isOver(-900_000_000_000))
  }
}

import JalonDisk
import JalonPages
import JalonRound

/// Tells those whose files have to wait, because they sent a day's allowance (``Turns``).
extension Rounds {
  /// Beside the receipts, and the name of none of them.
  private static let notice = FileName(written: "EN-ATTENTE.txt")

  /// Puts a notice where a team reads its receipts, and takes it away when all is read.
  ///
  /// - `isStart`: also takes away what a process before has left.
  func tellHeldBack(isStart: Bool = false) {
    let heldBack = doors.heldBack
    for door in heldBack.subtracting(toldToWait).sorted() {
      Log.warning(
        "\(door): \(doors.turns.filesPerDay) files in a day; the others wait in the depot")
      writeNotice(for: door)
    }
    let over = isStart ? doors.all : toldToWait.subtracting(heldBack)
    for door in over {
      _ = try? doors.door(door).receipts().remove(Self.notice)
    }
    toldToWait = heldBack
  }

  private func writeNotice(for door: String) {
    let page = WaitingPage(filesPerDay: doors.turns.filesPerDay, in: language)
    do throws(DiskError) {
      try AtomicFile.write(
        Array(page.text.utf8), to: Self.notice, in: doors.door(door).receipts(), mode: 0o644,
        durable: false)
    } catch {
      Log.warning("\(door): cannot say that files have to wait: \(error)")
    }
  }
}

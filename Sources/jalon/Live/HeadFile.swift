import Glibc
import JalonCore
import JalonDisk

/// The file beside the notebook that tells where the ledger ends: `SEQUENCE SHA256`, one line.
///
/// It is written after the commit, so that a crash leaves it behind the ledger and never ahead: a
/// ledger that is shorter was cut off. Between two processes that commit at once the older head may
/// stay, which is behind too. A head that the ledger does not bear out is left as it is: whatever
/// comes after a cut must not cover it up.
struct HeadFile {
  private static let name = "ledger.head"
  /// Bytes that such a file may have.
  private static let sizeLimit = 4_096

  private let path: String

  /// The file of a state folder.
  init(state: String) { path = state }

  /// What was found in the file.
  enum Content {
    case head(KeptHead)
    case absent
    case unreadable
  }

  /// Writes the head of what was just committed, unless what is there does not fit the ledger.
  ///
  /// What was committed stands whether this succeeds or not: on a full disk the file stays behind.
  ///
  /// - `digest`: the digest that the ledger has at a place now.
  func write(_ head: LedgerHead, given digest: (Int64) throws -> Digest?) {
    do {
      guard let name = FileName(Self.name.utf8) else { return }
      switch try read() {
      case .absent: break
      case .head(let kept) where kept.sequence <= head.sequence:
        guard try digest(kept.sequence)?.hexadecimal == kept.digits else { return complain() }
      // Another process was faster, or the ledger was cut off.
      case .head: return
      case .unreadable: return complain()
      }
      try AtomicFile.write(
        Array(head.line.utf8), to: name, in: Folder.open(path), durable: false)
    } catch {
      Output.complain("jalon: \(Self.name) stays behind the ledger: \(Failure(error).message)")
    }
  }

  private func complain() {
    Output.complain("jalon: \(Self.name) does not fit the ledger: run 'jalon verify'")
  }

  /// Reads it.
  func read() throws -> Content {
    let descriptor = open(path + "/" + Self.name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { return .unreadable }
      return .absent
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: Self.sizeLimit)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    // Nothing is synced here: of what was just written a power cut may leave the name alone, or
    // zeros. Whoever wanted to hide a cut end could as well remove the file.
    guard count < 0 || bytes.prefix(count).contains(where: { $0 != 0 }) else { return .absent }
    guard count > 0, bytes[count - 1] == 0x0A,
      let head = KeptHead(line: String(decoding: bytes[..<(count - 1)], as: UTF8.self))
    else { return .unreadable }
    return .head(head)
  }
}

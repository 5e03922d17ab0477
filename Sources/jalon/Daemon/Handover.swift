import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonPages
import JalonRound

/// Gives receipts out and clears depots, after the notebook knows the files.
///
/// Receipts are on disk before a file leaves its depot, and both are before the notebook notes that
/// the file is done: whatever kills the process in between, the next one does the rest.
struct Handover {
  /// How long receipt names may be with their endings.
  private static let nameLimit = 255
  static let endings = (json: ".receipt.json", text: ".receipt.txt")

  let language: Language

  /// Writes the two forms of a receipt.
  func write(_ json: String, _ receipt: Receipt, for name: FileName, in receipts: Folder)
    throws(DiskError)
  {
    let text = ReceiptPage(receipt, in: language).text
    let names = Handover.names(for: name)
    try AtomicFile.write(
      Array(json.utf8), to: names.json, in: receipts, mode: 0o644, durable: false)
    try AtomicFile.write(
      Array(text.utf8), to: names.text, in: receipts, mode: 0o644, durable: false)
  }

  /// The names of a file's receipts: its own, made plain and short enough.
  static func names(for name: FileName) -> (json: FileName, text: FileName) {
    var base = Array(name.escaped.utf8)
    let room = nameLimit - endings.json.utf8.count
    if base.count > room {
      let mark = "~" + SHA256.hash(name.bytes).hexadecimal.prefix(16)
      var cut = base.prefix(room - mark.utf8.count)
      // Not inside a character.
      while let last = cut.last, last & 0xC0 == 0x80 { cut.removeLast() }
      if let last = cut.last, last & 0x80 != 0 { cut.removeLast() }
      base = Array(cut) + mark.utf8
    }
    base = base.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
    return (named(base + endings.json.utf8), named(base + endings.text.utf8))
  }

  /// A name known to be one: neither empty, nor `.` or `..`, nor too long.
  private static func named(_ bytes: [UInt8]) -> FileName {
    guard let name = FileName(bytes) else { preconditionFailure("a receipt's name is a name") }
    return name
  }

  /// What marks the sidecar of a file while it is being removed.
  static func sidecarToken(_ receipt: Receipt) -> String { receipt.id + "-sha256" }

  /// Takes a file that was read out of its depot, unless something else has its name by now.
  ///
  /// - Returns: what to say of it, if anything.
  func clear(_ taken: TakenArrival, _ receipt: Receipt, in depot: Folder) throws(DiskError)
    -> String?
  {
    if let sidecar = taken.sidecar {
      _ = try depot.remove(
        sidecar.name, ifStill: sidecar.stamp, token: Handover.sidecarToken(receipt))
    }
    guard let stamp = taken.stamp else { return try setAside(taken.name, receipt, in: depot) }
    switch try depot.remove(taken.name, ifStill: stamp, token: receipt.id) {
    case .removed, .vanished: return nil
    case .changed: return "\(taken.name) was replaced while it was read; the new one comes next"
    case .putBack(let name): return "\(taken.name) was replaced while it was read; now \(name)"
    }
  }

  /// Gives what cannot be read a name that is left alone.
  func setAside(_ name: FileName, _ receipt: Receipt, in depot: Folder) throws(DiskError)
    -> String?
  {
    // A team that guesses the next receipt may have taken the name: what stays would be refused
    // again at every look.
    for attempt in 1...100 {
      let suffix = attempt == 1 ? "" : "-\(UInt32.random(in: .min ... .max))"
      guard let aside = FileName(".refused-" + receipt.id + suffix) else { return nil }
      if try depot.move(name, to: aside) { return "\(name) is set aside as \(aside)" }
    }
    throw DiskError(code: EEXIST, action: "setting aside", path: "\(depot.path)/\(name)")
  }
}

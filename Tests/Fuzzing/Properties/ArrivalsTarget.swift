import JalonCore
import JalonDisk
import JalonRound

extension FuzzTarget {
  /// What lies in a depot beside the reports: the names of files, and sidecars.
  ///
  /// The first line is the name; what follows is the sidecar.
  static let arrivals = FuzzTarget("arrivals", longest: 1_024, ArrivalProperties.check)
}

/// What holds of every name and of every sidecar.
enum ArrivalProperties {
  @Sendable
  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    try checkName(Array(bytes[..<end]))
    try checkSidecar(Array(bytes[min(end + 1, bytes.count)...]))
    try checkSidecar(bytes)
  }

  private static func checkName(_ name: [UInt8]) throws(BrokenProperty) {
    let sidecar = name + Array(".sha256".utf8)
    if !name.isEmpty { try agree(fileAnnounced(by: sidecar), name, "a sidecar names its file") }
    if let file = fileAnnounced(by: name) {
      try agree(file + Array(".sha256".utf8), name, "a file is named by its sidecar")
    }
    for ending in [".part", ".filepart", ".tmp", ".crdownload", "~", ".0123456789"] {
      try hold(
        name.isEmpty || isLeftAlone(name + ending.utf8), "what is being written is left alone")
    }
    try agree(isLeftAlone(name + [0x2E, 0x63]), name.first ?? 0x2E == 0x2E, "a .c is a file")
    guard let file = FileName(name) else {
      let isHopeless =
        name.isEmpty || name.count > 255 || name.contains(0) || name.contains(UInt8(ascii: "/"))
        || name == [0x2E] || name == [0x2E, 0x2E]
      return try hold(isHopeless, "any name that a file can have is taken")
    }
    try agree(file.bytes, name, "a name is its bytes")
    let shown = file.escaped
    try hold(Shown.isHarmless(shown), "a name is shown harmless")
    try agree(unescaped(shown), name, "names that differ are shown differently")
  }

  /// The bytes of a name from how it is shown.
  private static func unescaped(_ shown: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(shown.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
      bytes.append(UInt8(digits, radix: 16) ?? 0)
      rest = rest.dropFirst(3)
    }
    return bytes
  }

  private static func checkSidecar(_ text: [UInt8]) throws(BrokenProperty) {
    let digest = SHA256.hash(text).hexadecimal
    for line in ["\(digest)  name\n", "\(digest) *name\r\n", "\\\(digest)  a\\nb\n", digest] {
      let announced = digestAnnounced(in: Array(line.utf8))
      try agree(announced, digest, "what sha256sum prints is read")
    }
    guard let announced = digestAnnounced(in: text) else { return }
    let isDigest =
      announced.utf8.count == 64 && announced.allSatisfy { "0123456789abcdef".contains($0) }
    try hold(isDigest, "a digest is 64 digits")
    let written = String(decoding: text.prefix(66), as: UTF8.self).lowercased()
    try hold(written.contains(announced), "a digest is what the sidecar says")
    let again = digestAnnounced(in: Array("\(announced)  x\n".utf8))
    try agree(again, announced, "a digest is read as it is printed")
  }
}

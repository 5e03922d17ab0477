import Foundation
import JalonCore
import Testing

@Suite("SHA-256 of bytes")
struct SHA256Tests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let message: String
    let digest: String
  }

  /// FIPS 180-4's examples, as NIST publishes them with intermediate values.
  static let vectors = [
    Vector(
      testDescription: "nothing", message: "",
      digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Vector(
      testDescription: "one block", message: "abc",
      digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    Vector(
      testDescription: "448 bits, padding makes a second block",
      message: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      digest: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    Vector(
      testDescription: "896 bits, two blocks",
      message: "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      digest: "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
    Vector(
      testDescription: "one million times a", message: String(repeating: "a", count: 1_000_000),
      digest: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]

  @Test("gives the digest of the standard", arguments: vectors)
  func standard(_ vector: Vector) {
    #expect(SHA256.hash(Array(vector.message.utf8)).hexadecimal == vector.digest)
    #expect(SHA256.hash(vector.message.utf8).hexadecimal == vector.digest)
  }

  /// Every length around the edges of one and two blocks, and some larger ones; fixed bytes, so
  /// that a failure can be seen again.
  static let samples: [[UInt8]] = {
    var state: UInt64 = 20210315
    return ((0...130) + [1000, 4096, 65_537]).map { length in
      (0..<length).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
      }
    }
  }()

  @Test("agrees with sha256sum on every length around the edges of a block")
  func agreesWithSha256sum() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = Self.samples.indices.map { "sample-\($0)" }
    for (name, sample) in zip(names, Self.samples) {
      try Data(sample).write(to: folder.appending(path: name))
    }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = names
    process.currentDirectoryURL = folder
    process.standardOutput = output
    try process.run()
    let printed = try #require(try output.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    let ours = zip(names, Self.samples).map { "\(SHA256.hash($1).hexadecimal)  \($0)\n" }
    #expect(String(decoding: printed, as: UTF8.self) == ours.joined())
  }

  @Test("does not care in what pieces the bytes come", arguments: [1, 3, 55, 63, 64, 65, 127, 128])
  func pieces(_ size: Int) {
    for sample in Self.samples {
      var hash = SHA256()
      for start in stride(from: 0, to: sample.count, by: size) {
        hash.update(sample[start..<min(start + size, sample.count)])
      }
      #expect(hash.finish() == SHA256.hash(sample), "\(sample.count) bytes")
    }
  }

  @Test("takes bytes that are not contiguous")
  func notContiguous() {
    let lazy = (0..<200).lazy.map { UInt8($0) }
    #expect(SHA256.hash(lazy) == SHA256.hash(Array(lazy)))
  }

  @Test("a copy goes its own way")
  func copies() {
    var hash = SHA256()
    hash.update(Array("ab".utf8))
    var other = hash
    hash.update(Array("c".utf8))
    other.update(Array("d".utf8))
    #expect(hash.finish() == SHA256.hash(Array("abc".utf8)))
    #expect(other.finish() == SHA256.hash(Array("abd".utf8)))
  }
}

@Suite("Digests as text and bytes")
struct DigestTests {
  let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test("text and bytes give the digest back")
  func roundTrip() throws {
    let digest = SHA256.hash(Array("abc".utf8))
    #expect(Digest(hexadecimal: abc) == digest)
    #expect(Digest(hexadecimal: abc.uppercased()) == digest)
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(digest.bytes.prefix(3) == [0xba, 0x78, 0x16])
    #expect(digest.bytes.count == 32)
    #expect("\(digest)" == abc)
  }

  @Test(
    "refuses what is not a digest",
    arguments: ["", "ba78", String(repeating: "g", count: 64), String(repeating: "0", count: 65)])
  func refused(_ text: String) {
    #expect(Digest(hexadecimal: text) == nil)
    #expect(Digest(bytes: Array(text.utf8)) == nil || text.utf8.count == 32)
  }
}

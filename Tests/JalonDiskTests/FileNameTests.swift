import JalonDisk
import Testing

@Suite("File names are bytes, and are shown without harm")
struct FileNameTests {
  struct Shown: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let escaped: String

    init(_ description: String, _ bytes: [UInt8], _ escaped: String) {
      testDescription = description
      self.bytes = bytes
      self.escaped = escaped
    }
  }

  static let shown = [
    Shown("plain", Array("rapport 2021.csv".utf8), "rapport 2021.csv"),
    Shown("accents", Array("remontée-œuvre €.csv".utf8), "remontée-œuvre €.csv"),
    Shown("line end", Array("a\nb".utf8), "a\\x0Ab"),
    Shown("terminal escape", Array("\u{1B}[31mred".utf8), "\\x1B[31mred"),
    Shown("delete", [0x61, 0x7F], "a\\x7F"),
    Shown("backslash", Array("a\\x0Ab".utf8), "a\\x5Cx0Ab"),
    Shown("Windows-1252", [0x72, 0xE9, 0x2E, 0x63], "r\\xE9.c"),
    Shown("cut sequence", [0x61, 0xE2, 0x82], "a\\xE2\\x82"),
    Shown("overlong slash", [0xC0, 0xAF], "\\xC0\\xAF"),
    Shown("surrogate", [0xED, 0xA0, 0x80, 0x61], "\\xED\\xA0\\x80a"),
    Shown("right-to-left override", Array("a\u{202E}vsc.b".utf8), "a\\xE2\\x80\\xAEvsc.b"),
    Shown("isolate", Array("\u{2066}a".utf8), "\\xE2\\x81\\xA6a"),
    Shown("line separator", Array("a\u{2028}b".utf8), "a\\xE2\\x80\\xA8b"),
    Shown("C1 control", Array("a\u{85}".utf8), "a\\xC2\\x85"),
    Shown("no-break space", Array("a\u{A0}b".utf8), "a\\xC2\\xA0b"),
    Shown("zero width", Array("a\u{200B}b".utf8), "a\\xE2\\x80\\x8Bb"),
    Shown("byte order mark", Array("\u{FEFF}a".utf8), "\\xEF\\xBB\\xBFa"),
    Shown("emoji", Array("😀".utf8), "😀"),
  ]

  @Test("shows what is printable and escapes the rest", arguments: shown)
  func escapes(_ name: Shown) throws {
    #expect(try #require(FileName(name.bytes)).escaped == name.escaped)
  }

  @Test("two names are never shown alike, byte for byte")
  func injective() {
    var seen: [[UInt8]: [UInt8]] = [:]
    let odd: [UInt8] = [0x5C, 0x78, 0x30, 0x41, 0x0A, 0xC3, 0xA9, 0xFF, 0xE2, 0x80, 0xAE]
    for first in odd {
      for second in odd {
        for third in odd {
          let bytes = [first, second, third]
          let shown = Array(FileName.escaping(bytes).utf8)
          #expect(seen.updateValue(bytes, forKey: shown) == nil)
        }
      }
    }
  }

  @Test("two spellings of é are two names")
  func spellings() {
    let composed: FileName = "\u{E9}"
    let decomposed: FileName = "e\u{301}"
    #expect(composed != decomposed)
  }

  @Test(
    "refuses what cannot be a name",
    arguments: ["", ".", "..", "a/b", "a\0b", String(repeating: "a", count: 256)])
  func refused(_ text: String) {
    #expect(FileName(text) == nil)
  }

  @Test("accepts what can", arguments: ["...", ".a", "a.", String(repeating: "é", count: 127)])
  func accepted(_ text: String) {
    #expect(FileName(text)?.text == text)
    #expect(FileName(text)?.bytes == Array(text.utf8))
  }
}

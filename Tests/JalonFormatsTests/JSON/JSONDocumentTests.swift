import JalonCore
import Testing

@testable import JalonFormats

@Suite("JSON is read with lines, columns and equal keys")
struct JSONDocumentTests {
  struct Good: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    var options = JSONOptions.strict
    var equals: String?
  }

  static let good = [
    Good(testDescription: "a lone number", text: " -12.50e+3 ", equals: "-12.50e+3"),
    Good(testDescription: "an empty object", text: "{}"),
    Good(testDescription: "an empty list", text: "[ ]"),
    Good(testDescription: "a byte order mark", text: "\u{FEFF}true"),
    Good(
      testDescription: "escapes", text: #""\"\\\/\b\f\n\r\t\u00e9""#,
      equals: "\"\\/\u{8}\u{C}\n\r\té"),
    Good(testDescription: "a pair of surrogates", text: #""\uD83D\uDE00!""#, equals: "😀!"),
    Good(
      testDescription: "accents and other scripts", text: "\"févr. 日本 😀\"", equals: "févr. 日本 😀"),
    Good(
      testDescription: "comments", text: "// a\n/* b * / \n **/ \"x\" // c", options: .written,
      equals: "x"),
    Good(
      testDescription: "a comment inside a text is text", text: "\"a // b /* c */\"",
      options: .written, equals: "a // b /* c */"),
    Good(testDescription: "trailing commas", text: "{\"a\": [1, 2,],}", options: .written),
    Good(testDescription: "64 levels", text: nested(64)),
  ]

  @Test(
    "the lines of a hundred thousand values on one line are found without counting it each time",
    .timeLimit(.minutes(1)))
  func manyOnOneLine() throws {
    let text = "[" + String(repeating: "\"é\",", count: 100_000) + "1]"
    let root = try JSONDocument(Array(text.utf8)).root
    #expect(root.elements.allSatisfy { $0.line == 1 })
  }

  @Test("what is JSON is read", arguments: good)
  func reads(_ example: Good) throws {
    let root = try JSONDocument(Array(example.text.utf8), options: example.options).root
    if let expected = example.equals { #expect(root.text ?? root.numberText == expected) }
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let line: Int
    let column: Int
    let says: String
    var options = JSONOptions.strict

    init(
      _ name: String, _ text: String, _ line: Int, _ column: Int, _ says: String,
      _ options: JSONOptions = .strict
    ) {
      self.init(name, Array(text.utf8), line, column, says, options)
    }

    init(
      _ name: String, _ bytes: [UInt8], _ line: Int, _ column: Int, _ says: String,
      _ options: JSONOptions = .strict
    ) {
      testDescription = name
      self.bytes = bytes
      self.line = line
      self.column = column
      self.says = says
      self.options = options
    }
  }

  static let bad = [
    Bad("nothing", "", 1, 1, "holds nothing"),
    Bad("only a comment", "// x", 1, 5, "holds nothing", .written),
    Bad("cut short", "{\"a\": [1,", 1, 10, "stops too early"),
    Bad("two values", "{}\n{}", 2, 1, "remove what follows"),
    Bad("a comma too many", "[1,\n 2,\n]", 2, 3, "comma too many"),
    Bad("two commas", "[1,, 2]", 1, 4, "value was expected", .written),
    Bad("a lone comma", "[,]", 1, 2, "value was expected", .written),
    Bad("no comma between keys", "{\"a\": 1\n\"b\": 2}", 2, 1, "comma was expected"),
    Bad("no comma between elements", "[1 2]", 1, 4, "comma was expected"),
    Bad("no colon", "{\"a\" 1}", 1, 6, "“:” was expected"),
    Bad("a key without quotes", "{a: 1}", 1, 2, "key in double quotes"),
    Bad("single quotes", "['a']", 1, 2, "double quotes"),
    Bad("a comment where none may be", "[1] // x", 1, 5, "comments are not allowed"),
    Bad("an open comment", "[1] /* x", 1, 5, "not closed", .written),
    Bad("half a comment", "[1] / x", 1, 6, "starts with //", .written),
    Bad("an open text", "[\"abc]\n", 1, 2, "not closed on its line"),
    Bad("a tab in a text", "\"a\tb\"", 1, 3, "control character"),
    Bad("a wrong escape", #""a\x""#, 1, 3, "after \\"),
    Bad("three hexadecimal digits", #""\u12g4""#, 1, 2, "after \\"),
    Bad("the first half of a character alone", #""\uD83D!""#, 1, 2, "half a character"),
    Bad("two first halves", #""\uD83D\uD83D""#, 1, 2, "half a character"),
    Bad("the second half alone", #""\uDE00""#, 1, 2, "half a character"),
    Bad("a leading zero", "[007]", 1, 2, "no leading zero"),
    Bad("a plus sign", "[+1]", 1, 2, "starts with a digit"),
    Bad("a leading point", "[.5]", 1, 2, "starts with a digit"),
    Bad("a point at the end", "[1.]", 1, 4, "digit was expected"),
    Bad("an empty exponent", "[1e]", 1, 4, "digit was expected"),
    Bad("not a number", "[NaN]", 1, 2, "value was expected"),
    Bad("a word cut short", "[tru]", 1, 2, "value was expected"),
    Bad("65 levels", nested(65), 1, 65, "64 levels"),
    Bad("a column counted in characters", "[\"é日\" 1]", 1, 7, "comma was expected"),
    Bad("Windows-1252", [0x22, 0xE9, 0x22], 1, 2, "not UTF-8"),
    Bad("a byte of UTF-8 in two ways", [0x22, 0xC0, 0xAF, 0x22], 1, 2, "not UTF-8"),
    Bad("a surrogate in UTF-8", [0x22, 0xED, 0xA0, 0x80, 0x22], 1, 2, "not UTF-8"),
    Bad("beyond Unicode", [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1, 2, "not UTF-8"),
    Bad("a character cut short", [0x22, 0xE2, 0x82], 1, 2, "not UTF-8"),
    Bad("UTF-16", [0xFF, 0xFE, 0x7B, 0x00], 1, 1, "value was expected"),
  ]

  @Test("what is not JSON is refused at its place", arguments: bad)
  func refuses(_ example: Bad) throws {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONDocument(example.bytes, options: example.options)
    }
    #expect(error?.line == example.line)
    #expect(error?.column == example.column)
    #expect(
      error?.message.english.contains(example.says) == true, "\(error?.message.english ?? "")")
  }

  @Test("lines end with LF, CR LF or CR", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ end: String) throws {
    let text = ["\u{FEFF}{", "  // é", "  \"a\": 1, /* ", "*/ \"b\":", "  [2]}"].joined(
      separator: end)
    let root = try JSONDocument(Array(text.utf8), options: .written).root
    let members = Array(root.members)
    #expect(root.line == 1 && root.column == 1)
    #expect(members.map(\.key.line) == [3, 4])
    #expect(members.map(\.key.column) == [3, 4])
    #expect(members.map(\.value.line) == [3, 5])
  }

  @Test("equal keys all stay, in order")
  func equalKeys() throws {
    let root = try JSONDocument(Array(#"{"b": 1, "a": 2, "b": 3}"#.utf8)).root
    #expect(root.members.map { $0.key.text } == ["b", "a", "b"])
    #expect(root.members.map { $0.value.numberText } == ["1", "2", "3"])
  }

  @Test("numbers stay as written")
  func numbers() throws {
    let root = try JSONDocument(Array("[0.10, 1E5, -0, 123456789012345678901234567890]".utf8)).root
    #expect(
      root.elements.map(\.numberText) == ["0.10", "1E5", "-0", "123456789012345678901234567890"])
  }

  @Test("the number of values is bounded")
  func nodes() throws {
    let text = Array("[1, 2, 3]".utf8)
    _ = try JSONDocument(text, options: JSONOptions(maximumNodes: 4))
    #expect(throws: JSONSyntaxError.self) {
      try JSONDocument(text, options: JSONOptions(maximumNodes: 3))
    }
  }

  @Test("every value knows its path, and the path leads back")
  func paths() throws {
    let text = #"{"a": {"b": [0, {"c.d": 1, "e": [[2]]}]}, "f": 3}"#
    let document = try JSONDocument(Array(text.utf8))
    let inner = try #require(
      document.root.member("a")?.member("b")?.elements.dropFirst().first { _ in true })
    #expect(inner.path == "a.b[1]")
    #expect(inner.member("c.d")?.path == #"a.b[1]["c.d"]"#)
    #expect(
      inner.member("e")?.elements.first { _ in true }?.elements.first { _ in true }?.path
        == "a.b[1].e[0][0]")
    for entry in document.entries.indices {
      let node = JSONNode(document: document, index: entry)
      let found = JSONPath.nearest(node.path, in: document)
      #expect(found.found && found.node.path == node.path)
    }
  }

  private static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }
}

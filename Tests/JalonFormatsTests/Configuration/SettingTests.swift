import JalonCore
import JalonFormats
import Testing

/// What the manual says of a key is held against what the reader does with it.
@Suite("Every key of the configuration as its manual tells it")
struct SettingTests {
  /// Whether the reader takes a value, written as JSON, for a key.
  private func decode(_ setting: Setting, _ value: String) -> Decoded<Configuration> {
    let keys = setting.path.split(separator: ".")
    let text = keys.map { "{\"\($0)\": " }.joined() + value + keys.map { _ in "}" }.joined()
    return decodeConfiguration(Array(text.utf8), file: "jalon.json")
  }

  @Test("no key is there twice, and none without a sentence")
  func sentences() {
    #expect(Set(Configuration.settings.map(\.path)).count == Configuration.settings.count)
    #expect(Configuration.settings.allSatisfy { $0.meaning.hasSuffix(".") })
    #expect(Configuration.settings.map(\.path).contains("mail.smtp.timeoutSeconds"))
  }

  @Test("a key written with its default changes nothing", arguments: Configuration.settings)
  func defaults(_ setting: Setting) {
    guard let fallback = setting.fallback else { return }
    let decoded = decode(setting, fallback)
    #expect(decoded.problems.isEmpty)
    #expect(decoded.value == Configuration())
  }

  @Test("what the manual allows is taken, and what lies beyond is refused")
  func bounds() {
    for setting in Configuration.settings {
      let (good, bad) = setting.value.cases
      #expect(!good.isEmpty && !bad.isEmpty)
      for value in good {
        #expect(decode(setting, value).problems.isEmpty, "\(setting.path): \(value)")
      }
      for value in bad {
        #expect(!decode(setting, value).problems.isEmpty, "\(setting.path): \(value)")
      }
    }
  }
}

extension Setting.Value {
  /// Values on either side of the border, as JSON.
  fileprivate var cases: (good: [String], bad: [String]) {
    switch self {
    case .path, .line: (["\"essai\"", "\"/a/b c\""], ["1", "\"a\\nb\""])
    case .timeZone: (["\"Europe/Paris\""], ["\"/etc/passwd\"", "\"a b\""])
    case .word(let words): (words.map { "\"\($0)\"" }, ["\"autre\"", "true"])
    case .whole(let range):
      (
        ["\(range.lowerBound)", "\(range.upperBound)"],
        ["\(range.lowerBound - 1)", "\(range.upperBound + 1)", "\(range.lowerBound).5"]
      )
    case .seconds(let range):
      (
        ["\(range.lowerBound)", "\(range.upperBound)"],
        [
          "\(Quantity(micros: range.lowerBound.micros - 1_000))",
          "\(Quantity(micros: range.upperBound.micros + 1_000))",
        ]
      )
    case .truth: (["true", "false"], ["1", "\"true\""])
    case .sender: (["\"a@example.org\"", "\"A <a@example.org>\""], ["\"a\"", "\"A <a>\""])
    case .url(let schemes): (schemes.map { "\"\($0)a\"" }, ["\"ftp://a\"", "\"\(schemes[0])\""])
    }
  }
}

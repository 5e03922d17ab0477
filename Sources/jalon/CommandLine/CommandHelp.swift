/// What a command takes, and what it says of itself.
struct CommandHelp: Sendable {
  /// One option of a command.
  struct Option: Sendable {
    /// Such as `--as-of`.
    let name: String
    /// What its value is called; `nil` for a flag.
    let value: String?
    /// What it does.
    let text: String

    init(_ name: String, _ value: String? = nil, _ text: String) {
      self.name = name
      self.value = value
      self.text = text
    }
  }

  /// The command's name.
  let name: String
  /// One line for the list of commands.
  let summary: String
  /// The words it takes, as the usage line shows them.
  let synopsis: String
  /// How many words it takes.
  let words: ClosedRange<Int>
  /// Its own options.
  var options: [Option] = []
  /// A few sentences more.
  var details = ""
  /// A line that can be copied.
  let example: String

  static let common = [
    Option("--config", "FILE", "the configuration (default: JALON_CONFIG, /etc/jalon/jalon.json)"),
    Option("--help", nil, "this text"),
  ]

  var allOptions: [Option] { options + CommandHelp.common }

  func option(_ name: String) -> Option? { allOptions.first { $0.name == name } }

  var usageLine: String {
    "usage: jalon " + ([name] + (synopsis.isEmpty ? [] : [synopsis])).joined(separator: " ")
  }

  /// The whole text of `jalon COMMAND --help`.
  var text: String {
    let width = allOptions.map { $0.signature.count }.max() ?? 0
    let options = allOptions.map { option in
      "  " + option.signature
        + String(repeating: " ", count: width - option.signature.count + 2) + option.text
    }
    var lines = [summary, "", usageLine, "", "options:"] + options
    if !details.isEmpty { lines += ["", details] }
    return (lines + ["", "example:", "  " + example]).joined(separator: "\n") + "\n"
  }
}

extension CommandHelp.Option {
  fileprivate var signature: String { value.map { "\(name) \($0)" } ?? name }
}

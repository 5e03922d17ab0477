/// One metric with its samples, in Prometheus' text format (version 0.0.4).
struct MetricFamily {
  /// What a metric does over time.
  enum Kind: String {
    /// It only rises.
    case counter
    /// It goes up and down.
    case gauge
  }

  /// The label that tells one sample of a family from the others.
  struct Label {
    let name: String
    let value: String
  }

  /// Such as `jalon_files_total`: unit as suffix, `_total` for a counter.
  let name: String
  let kind: Kind
  /// One sentence.
  let help: String
  private var samples: [(label: Label?, value: String)] = []

  init(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
  }

  /// A family with one sample, or with none where the value is not known.
  init(_ name: String, _ kind: Kind, _ help: String, _ value: (some BinaryInteger)?) {
    self.init(name, kind, help)
    if let value { samples = [(nil, "\(value)")] }
  }

  /// A family with one sample in seconds, given in microseconds.
  init(_ name: String, _ kind: Kind, _ help: String, microseconds: Int64?) {
    self.init(name, kind, help)
    if let microseconds { samples = [(nil, MetricFamily.seconds(microseconds))] }
  }

  /// Adds a sample.
  mutating func add(_ label: String, _ labelled: String, _ value: some BinaryInteger) {
    samples.append((Label(name: label, value: labelled), "\(value)"))
  }

  /// The family as it is written; nothing where there is no sample.
  var text: String {
    guard !samples.isEmpty else { return "" }
    let lines = samples.map { sample in
      let label = sample.label.map { "{\($0.name)=\"\(MetricFamily.escaped($0.value, "\""))\"}" }
      return "\(name)\(label ?? "") \(sample.value)\n"
    }
    return "# HELP \(name) \(MetricFamily.escaped(help))\n# TYPE \(name) \(kind.rawValue)\n"
      + lines.joined()
  }

  /// Backslashes and line ends escaped, and one more character where it would end the text.
  static func escaped(_ text: String, _ end: Unicode.Scalar? = nil) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case end: escaped += "\\\(scalar)"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Seconds with a fraction as long as it has to be.
  static func seconds(_ microseconds: Int64) -> String {
    let (seconds, rest) = microseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    let sign = microseconds < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(seconds)" }
    var digits = String(String(1_000_000 + rest).dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(seconds).\(digits)"
  }
}

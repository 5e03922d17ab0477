/// One format that is fuzzed: what has to hold of every input, whatever its bytes.
///
/// The properties stand here once. libFuzzer looks for inputs that break them (`make fuzz`), and
/// `swift test` holds them for the corpus that is kept.
public struct FuzzTarget: Sendable {
  /// Its name: the folder of its corpus and the file of its dictionary.
  public let name: String
  /// The longest input worth trying, in bytes.
  public let longest: Int
  /// Holds an input against the properties.
  public let check: @Sendable ([UInt8]) throws(BrokenProperty) -> Void

  init(
    _ name: String, longest: Int,
    _ check: @escaping @Sendable ([UInt8]) throws(BrokenProperty) -> Void
  ) {
    self.name = name
    self.longest = longest
    self.check = check
  }

  /// Every format; one a file.
  public static let all: [FuzzTarget] = [
    .csvReport, .jsonReport, .programme, .project, .portfolio, .configuration, .notations,
    .laureates, .decisions, .arrivals, .receipts,
  ]
}

/// A property that an input breaks: what was promised, and what came instead.
public struct BrokenProperty: Error, CustomStringConvertible {
  /// The promise, in words.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Holds a promise.
@inline(__always)
func hold(
  _ isKept: Bool, _ promise: @autoclosure () -> String
) throws(BrokenProperty) {
  if !isKept { throw BrokenProperty(promise()) }
}

/// Holds that two things which should say the same do.
@inline(__always)
func agree<Value: Equatable>(
  _ one: Value, _ other: Value, _ promise: @autoclosure () -> String
) throws(BrokenProperty) {
  if one != other { throw BrokenProperty("\(promise()): \(one), and then \(other)") }
}

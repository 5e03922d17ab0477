/// The places of a file whose values could not be read: `phases[1].milestones[0].due`.
///
/// A rule asks for the places that it reads, and is left out where one of them is here: it would
/// only repeat the problem, or judge a placeholder.
struct BrokenPaths: Sendable {
  private var broken: Set<String> = []
  /// Every place that a broken one is inside of.
  private var around: Set<String> = []

  /// Whether everything was read.
  var isEmpty: Bool { broken.isEmpty }

  /// Notes a place as broken.
  mutating func insert(_ path: String) {
    guard broken.insert(path).inserted else { return }
    around.formUnion(BrokenPaths.places(around: path))
  }

  /// Whether the value there was read, whatever is wrong inside it.
  func isThere(_ path: @autoclosure () -> String) -> Bool {
    if broken.isEmpty { return true }
    let path = path()
    return !broken.contains(path)
      && BrokenPaths.places(around: path).allSatisfy { !broken.contains($0) }
  }

  /// Whether the value there was read, with everything inside it.
  func isWhole(_ path: @autoclosure () -> String) -> Bool {
    if broken.isEmpty { return true }
    let path = path()
    return !around.contains(path) && isThere(path)
  }

  /// `phases[1]`, `phases` and the file itself, for `phases[1].id`.
  ///
  /// What follows a quoted key counts as one step with it: a key of nothing but brackets would
  /// otherwise be as many places as it has.
  private static func places(around path: String) -> [String] {
    var places: [String] = []
    var rest = path[...]
    if let quoted = path.utf8.indices.first(where: { path.utf8[$0...].starts(with: "[\"".utf8) }) {
      rest = path[..<quoted]
      places.append(String(rest))
    }
    while let cut = rest.utf8.lastIndex(where: { ".[".utf8.contains($0) }) {
      rest = rest[..<cut]
      places.append(String(rest))
    }
    if path.isEmpty || places.last == "" { return places }
    return places + [""]
  }
}

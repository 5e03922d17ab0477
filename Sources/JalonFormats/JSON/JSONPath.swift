/// Where a value stands inside a document: `phases[1].gate.thresholds[0].min`.
extension JSONNode {
  /// The path of this value, or of the value that this key names; empty for the root.
  public var path: String {
    var path = ""
    var place = document.root
    while place.index < index {
      if let member = place.members.first(where: { $0.value.endIndex > index }) {
        path += JSONPath.step(member.key.text ?? "", after: path)
        if member.key.index == index { return path }
        place = member.value
      } else if let (offset, element) = place.elements.enumerated().first(where: {
        $0.element.endIndex > index
      }) {
        path += "[\(offset)]"
        place = element
      } else {
        return path
      }
    }
    return path
  }

  /// The index after everything inside this value.
  private var endIndex: Int { Int(document.entries[index].next) }
}

/// Paths as text, and the values they lead to.
enum JSONPath {
  /// A key as the next step of a path; keys that would blur it are quoted.
  static func step(_ key: String, after path: String) -> String {
    let isPlain =
      !key.isEmpty
      && key.utf8.allSatisfy { $0 > 0x20 && !#".[]""#.utf8.contains($0) && $0 != 0x7F }
    guard isPlain else { return "[\"" + key + "\"]" }
    return path.isEmpty ? key : "." + key
  }

  /// The value at a path, or the innermost one around it that there is.
  static func nearest(_ path: String, in document: JSONDocument) -> (node: JSONNode, found: Bool) {
    var place = document.root
    var rest = path[...]
    while !rest.isEmpty {
      guard let step = popStep(&rest) else { return (place, false) }
      let next =
        switch step {
        case .key(let key): place.member(key)
        case .index(let index): place.elements.dropFirst(index).first { _ in true }
        }
      guard let next else { return (place, false) }
      place = next
    }
    return (place, true)
  }

  private enum Step {
    case key(String)
    case index(Int)
  }

  private static func popStep(_ rest: inout Substring) -> Step? {
    if rest.hasPrefix("[") {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      let inside = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      return Int(inside).map { Step.index($0) } ?? .key(String(inside.dropFirst().dropLast()))
    }
    if rest.hasPrefix(".") { rest.removeFirst() }
    let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
    defer { rest = rest[end...] }
    return .key(String(rest[..<end]))
  }
}

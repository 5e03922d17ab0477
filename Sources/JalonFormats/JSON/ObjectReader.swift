import JalonCore

/// Reads values out of a document and collects everything that is wrong with them.
///
/// Every method returns `nil` when it has reported a problem (or, for optional values, when there
/// is nothing to read), so that a shape is read to its end whatever is wrong in the middle.
struct ObjectReader {
  let file: String
  private(set) var problems: [PortfolioProblem] = []
  /// The places whose values are not to be relied on.
  private(set) var broken = BrokenPaths()

  /// The most problems reported of one file: a person mends these first.
  static let maximumProblems = 500

  init(file: String) { self.file = file }

  /// Reports a problem with a value or a key.
  ///
  /// It breaks the value when rules that read it would only repeat the problem.
  mutating func report(_ node: JSONNode, _ message: Sentence, breaks: Bool = true) {
    guard !isFull() else { return }
    let said = node.isToBeChosen ? .toBeChosen : message
    report(at: node.path, line: node.line, said, breaks: breaks)
  }

  private mutating func report(at path: String, line: Int, _ message: Sentence, breaks: Bool) {
    problems.append(.shown(file: file, line: line, path: path, message: message))
    if breaks { broken.insert(path) }
  }

  /// Whether no more problems are reported; nothing of the file is then to be relied on.
  private mutating func isFull() -> Bool {
    guard problems.count >= ObjectReader.maximumProblems else { return false }
    broken.insert("")
    return true
  }

  /// Reads an object of one shape: unknown and repeated keys are problems.
  mutating func object<Key: ObjectKey>(
    _ node: JSONNode?, _ keys: Key.Type
  ) -> ObjectFields<Key>? {
    guard let node else { return nil }
    guard node.kind == .object else {
      report(node, .expectedObject)
      return nil
    }
    var fields = ObjectFields<Key>(node)
    for member in node.members {
      if let position = member.key.withText(Key.names.position) {
        if !fields.set(member.value, at: position) { reportRepeated(member.key) }
      } else {
        reportUnknown(member.key, in: node, among: Key.names.texts)
      }
    }
    return fields
  }

  /// The value of a key that has to be there.
  mutating func required<Key: ObjectKey>(
    _ fields: ObjectFields<Key>, _ key: Key
  ) -> JSONNode? {
    if let value = fields[key] { return value }
    guard !isFull() else { return nil }
    let name = Key.names.texts[key.rawValue]
    let around = fields.node.path
    let path = around + JSONPath.step(name, after: around)
    report(at: path, line: fields.node.line, .missingKey(name), breaks: true)
    return nil
  }

  /// Reads each element of a list; what could not be read has a placeholder, so that every element
  /// stands where the file has it.
  ///
  /// - Returns: `nil` when there is no list.
  mutating func list<Element>(
    _ node: JSONNode?, _ read: (inout ObjectReader, JSONNode) -> Element
  ) -> [Element]? {
    guard let node else { return nil }
    guard node.kind == .array else {
      report(node, .expectedList)
      return nil
    }
    var elements: [Element] = []
    for element in node.elements {
      elements.append(read(&self, element))
    }
    return elements
  }

  /// Reports a key that stands twice in one object; its first value is kept.
  mutating func reportRepeated(_ key: JSONNode) {
    report(key, .repeatedKey(key.shown), breaks: false)
  }

  private mutating func reportUnknown(
    _ key: JSONNode, in object: JSONNode, among known: [String]
  ) {
    let near = nearestName(to: key.text ?? "", among: known)
    report(key, .unknownKey(key.shown, near: near, known: known), breaks: false)
    // What was meant is not there: rules about it would say it a second time.
    if let near, object.member(near) == nil, !isFull() {
      let around = object.path
      broken.insert(around + JSONPath.step(near, after: around))
    }
  }
}

extension Sentence {
  static let expectedObject = Sentence(
    french: "il faut un objet : { … }", english: "an object was expected: { … }")
  static let expectedList = Sentence(
    french: "il faut une liste : [ … ]", english: "a list was expected: [ … ]")

  static func missingKey(_ name: String) -> Sentence {
    Sentence(
      french: "il manque la clé « \(name) »", english: "the key “\(name)” is missing")
  }

  static func repeatedKey(_ name: String) -> Sentence {
    Sentence(
      french: "la clé « \(name) » figure deux fois dans cet objet ; gardez-en une",
      english: "the key “\(name)” stands twice in this object; keep one")
  }

  static func unknownKey(_ name: String, near: String?, known: [String]) -> Sentence {
    if let near {
      return Sentence(
        french: "clé « \(name) » inconnue ; vouliez-vous dire « \(near) » ?",
        english: "unknown key “\(name)”; did you mean “\(near)”?")
    }
    let list = known.joined(separator: ", ")
    return Sentence(
      french: "clé « \(name) » inconnue ; clés possibles : \(list)",
      english: "unknown key “\(name)”; possible keys: \(list)")
  }
}

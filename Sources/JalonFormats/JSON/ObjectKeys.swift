/// The keys of one shape of object: an enumeration whose case names are the keys.
protocol ObjectKey: RawRepresentable<Int>, CaseIterable, Sendable {
  /// The names, made once.
  static var names: KeyNames<Self> { get }
}

/// The names of an object's keys, as bytes to compare and as text to suggest.
struct KeyNames<Key: ObjectKey>: Sendable {
  let texts: [String]
  private let bytes: [[UInt8]]

  /// The case names of the enumeration.
  init() {
    texts = Key.allCases.map { String(describing: $0) }
    bytes = texts.map { Array($0.utf8) }
    precondition(texts.count <= ObjectFields<Key>.capacity, "more keys than an object's fields")
  }

  /// The position of a key's name.
  func position(of key: UnsafeBufferPointer<UInt8>) -> Int? {
    bytes.firstIndex { $0.count == key.count && $0.elementsEqual(key) }
  }
}

/// The members of one object, each found at its key.
struct ObjectFields<Key: ObjectKey> {
  /// The most keys that a shape may have.
  static var capacity: Int { 24 }

  let node: JSONNode
  private var places = InlineArray<24, Int32>(repeating: -1)

  init(_ node: JSONNode) { self.node = node }

  /// The value of a key, if the object has it.
  subscript(_ key: Key) -> JSONNode? {
    let place = places[key.rawValue]
    return place < 0 ? nil : JSONNode(document: node.document, index: Int(place))
  }

  /// Notes the value at a position among the key names.
  ///
  /// - Returns: `false` when there already is one.
  mutating func set(_ value: JSONNode, at position: Int) -> Bool {
    guard places[position] < 0 else { return false }
    places[position] = Int32(truncatingIfNeeded: value.index)
    return true
  }
}

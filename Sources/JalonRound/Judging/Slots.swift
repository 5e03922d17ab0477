/// Places that several threads fill, each its own, before one reads them all.
///
/// Unchecked, because the compiler cannot see that no two iterations share an index: every index is
/// written by the one iteration that owns it, and read after all have ended.
final class Slots<Value: Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Value?>

  init(count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil)
  }

  deinit {
    storage.deinitialize()
    storage.deallocate()
  }

  subscript(index: Int) -> Value? {
    get { storage[index] }
    set { storage[index] = newValue }
  }

  /// The filled places, in order.
  func values() -> [Value] { storage.compactMap(\.self) }
}

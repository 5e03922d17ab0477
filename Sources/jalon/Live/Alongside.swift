import Dispatch
import Synchronization

/// Does two things at the same time, and goes on when both have ended.
///
/// - Parameters:
///   - other: what another thread does.
///   - work: what this thread does meanwhile.
/// - Returns: what both made.
/// - Throws: what `work` throws, after `other` has ended, too.
func alongside<Other: Sendable, Value>(
  _ other: @escaping @Sendable () -> Other, _ work: () throws -> Value
) throws -> (Other, Value) {
  let place = Place<Other>()
  let running = DispatchWorkItem { place.value.withLock { $0 = other() } }
  DispatchQueue.global().async(execute: running)
  let worked = Result { try work() }
  running.wait()
  guard let made = place.value.withLock({ $0 }) else {
    preconditionFailure("work that was waited for has ended")
  }
  return (made, try worked.get())
}

/// Where one thread leaves something for another.
private final class Place<Value: Sendable>: Sendable {
  let value = Mutex<Value?>(nil)
}

@preconcurrency import Dispatch
import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonStore
import Synchronization

/// The courier beside a daemon or on its own: looks every few seconds whether something is due.
///
/// Unchecked, because the compiler cannot see that everything but ``stop(then:)`` happens on its own
/// serial queue.
final class CourierService: @unchecked Sendable {
  /// How often the outbox is looked at: one read of an index.
  private static let seconds = 5.0
  /// How long a stop waits for the message under way; killed, it would be sent twice.
  private static let patience = 10.0

  private let queue = DispatchQueue(label: "jalon.courier")
  private let isStopping = Mutex(false)
  private let connection: Connection
  private var configuration: Configuration
  private var mailroom: Mailroom
  private var timer: (any DispatchSourceTimer)?
  private var lock: LockFile?
  private var hasComplained = false
  /// After a failure of our own nothing is tried again before this moment, or a reload.
  private var notBefore: UInt64 = 0
  private let failed: @Sendable (any Error) -> Void

  /// A courier with a connection of its own; `failed` hears of what it must not outlive.
  init(_ configuration: Configuration, failed: @escaping @Sendable (any Error) -> Void) throws {
    self.configuration = configuration
    self.failed = failed
    connection = try NotebookFile(state: configuration.state).open()
    mailroom = Mailroom(connection, configuration)
  }

  /// Begins to look.
  func start() {
    queue.async {
      let timer = DispatchSource.makeTimerSource(queue: self.queue)
      timer.setEventHandler { self.look() }
      timer.schedule(
        deadline: .now(), repeating: CourierService.seconds, leeway: .milliseconds(500))
      self.timer = timer
      timer.activate()
    }
  }

  /// Sends by another configuration from now on.
  func reload(_ configuration: Configuration) {
    queue.async {
      self.configuration = configuration
      self.mailroom = Mailroom(self.connection, configuration)
      self.notBefore = 0
    }
  }

  /// Stops after the message under way, or at the latest after ten seconds.
  func stop(then end: @escaping @Sendable () -> Void) {
    isStopping.withLock { $0 = true }
    queue.async(execute: end)
    DispatchQueue.global().asyncAfter(deadline: .now() + CourierService.patience, execute: end)
  }

  private func look() {
    guard Clock.monotonic >= notBefore else { return }
    do {
      guard try hasLock() else { return }
      guard let due = try mailroom.nextDue(), due <= Clock.now else { return try mailroom.tidy() }
      _ = try mailroom.round(shouldStop: { self.isStopping.withLock { $0 } })
      mailroom.releaseMemory()
    } catch {
      failed(error)
      // A password file that is missing stays missing for a while: said once in five minutes.
      notBefore = Clock.monotonic &+ 300_000_000_000
      Log.error(
        "mail: \(Failure(error).message); nothing is lost, trying again in five minutes")
    }
  }

  private func hasLock() throws -> Bool {
    if lock != nil { return true }
    lock = try Mailroom.lock(configuration)
    if lock == nil, !hasComplained {
      Log.notice("mail is left to the courier that is at work already")
      hasComplained = true
    }
    return lock != nil
  }
}

extension Mailroom {
  /// The lock that makes sure that only one process sends; `nil` while another holds it.
  static func lock(_ configuration: Configuration) throws -> LockFile? {
    _ = try Folder.openOrCreate(configuration.state)
    return try LockFile.acquire(configuration.state + "/courier.lock")
  }
}

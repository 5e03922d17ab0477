@preconcurrency import Dispatch
import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonRound
import JalonStore
import Synchronization

/// The daemon's life: what wakes it, and how it ends.
///
/// Unchecked, because the compiler cannot see that everything after ``run()`` happens on the one
/// serial queue: no two of its methods ever run at once.
final class Daemon: @unchecked Sendable {
  private let queue = DispatchQueue(label: "jalon.round")
  private let program: Program
  private let rounds: Rounds
  private let doors: Doors
  private let notifier: ServiceNotifier?
  /// Sends the mail, unless that is left to another process.
  private let courier: CourierService?
  private var sources: [any DispatchSourceProtocol] = []
  private var settleTimer: (any DispatchSourceTimer)?
  private var rescanTimer: (any DispatchSourceTimer)?
  private var restTimer: (any DispatchSourceTimer)?
  private var configuration: Configuration
  /// Whether a reload is on its way to the queue; the only thing that the main thread touches, too.
  private let reloadWaits = Atomic(false)
  /// After a failure nothing is tried again before this moment.
  private var notBefore: UInt64 = 0
  private var nextTidying: UInt64 = 0
  /// Held as long as the process lives: two daemons on one state would fight over the depots.
  private let lock: LockFile

  init(_ program: Program, sendsMail: Bool) throws {
    ProcessMemory.shareOneHeap()
    self.program = program
    configuration = program.configuration
    let state = try Folder.openOrCreate(configuration.state)
    guard let lock = try LockFile.acquire(state.path + "/daemon.lock") else {
      throw Failure(.tryAgain, "another jalon serve works on \(configuration.state)")
    }
    self.lock = lock
    try NotebookFile(state: configuration.state).check(program.connection())
    doors = try Doors(root: configuration.doors, intake: configuration.intake)
    rounds = try Rounds(program, doors)
    courier = sendsMail ? try CourierService(configuration) { exitIfFatal($0) } : nil
    notifier = try getenv("NOTIFY_SOCKET").map { address throws(DiskError) in
      try ServiceNotifier(address: String(cString: address))
    }
  }

  /// Starts, and never returns: the process ends by a signal, or by a failure that it must not
  /// outlive.
  ///
  /// The main thread does nothing but wait for signals, which every thread blocks: blocked ones stay
  /// pending. Dispatch's own signal sources lost one in thirty that came while they were set up.
  func run() -> Never {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&signals, number) }
    // Before the queue makes its first thread, which inherits it.
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    queue.async { self.start() }
    while true {
      var number: Int32 = 0
      guard sigwait(&signals, &number) == 0 else { continue }
      let isReload = number == SIGHUP
      // One that has not begun will read what this one would: more would only hold up a stop.
      if isReload, reloadWaits.exchange(true, ordering: .acquiringAndReleasing) { continue }
      queue.async { isReload ? self.reload() : self.stop() }
    }
  }

  private func start() {
    recover()
    doors.make(for: rounds.adoptedProjects(), rounds.world)
    let events = DispatchSource.makeReadSource(fileDescriptor: doors.fileDescriptor, queue: queue)
    events.setEventHandler { self.listen() }
    keep(events)
    doors.scan(at: Clock.monotonic)
    rounds.tellHeldBack(isStart: true)
    setRescanTimer()
    setWatchdog()
    Log.info("ready: \(configuration.doors), state \(configuration.state)")
    try? notifier?.ready()
    courier?.start()
    work()
    tell()
    tidy()
  }

  private func keep(_ source: any DispatchSourceProtocol) {
    sources.append(source)
    source.activate()
  }

  // MARK: Work

  /// Finishes what was interrupted; what fails now is tried again before the next batch.
  private func recover() {
    do {
      try rounds.recover()
    } catch {
      exitIfFatal(error)
      Log.error("cannot finish interrupted files: \(Failure(error).message)")
    }
  }

  private func listen() {
    if doors.listen(at: Clock.monotonic) { doors.scan(at: Clock.monotonic) }
    work()
  }

  /// Takes one batch, then makes way for signals and events before the next.
  private func work() {
    let now = Clock.monotonic
    guard now >= notBefore else { return arm(notBefore) }
    do {
      if try rounds.takeBatch(at: now, intake: configuration.intake) || doors.scanOverfull(at: now)
      {
        queue.async { self.work() }
      } else {
        doors.nextDeadline.map(arm)
        restLater()
      }
    } catch {
      exitIfFatal(error)
      Log.error("\(Failure(error).message); nothing is lost, trying again in 30 seconds")
      notBefore = now &+ 30_000_000_000
      arm(notBefore)
    }
  }

  /// Wakes at a monotonic moment.
  private func arm(_ moment: UInt64) {
    let timer = settleTimer ?? DispatchSource.makeTimerSource(queue: queue)
    if settleTimer == nil {
      settleTimer = timer
      timer.setEventHandler { self.work() }
      keep(timer)
    }
    let now = Clock.monotonic
    let wait = moment > now ? moment - now : 0
    timer.schedule(deadline: .now() + .nanoseconds(Int(clamping: wait)), leeway: .milliseconds(5))
  }

  /// Rests a second after the last work, so that a file that follows at once finds all at hand.
  private func restLater() {
    let timer = restTimer ?? DispatchSource.makeTimerSource(queue: queue)
    if restTimer == nil {
      restTimer = timer
      timer.setEventHandler { self.rounds.rest() }
      keep(timer)
    }
    timer.schedule(deadline: .now() + 1, leeway: .milliseconds(500))
  }

  private func setRescanTimer() {
    let timer = rescanTimer ?? DispatchSource.makeTimerSource(queue: queue)
    if rescanTimer == nil {
      rescanTimer = timer
      timer.setEventHandler { self.rescan() }
      keep(timer)
    }
    let rescan = configuration.intake.rescan.components
    let seconds = Double(rescan.seconds) + Double(rescan.attoseconds) / 1e18
    timer.schedule(deadline: .now() + seconds, repeating: seconds)
  }

  private func rescan() {
    recover()
    doors.make(for: rounds.adoptedProjects(), rounds.world)
    doors.scan(at: Clock.monotonic)
    work()
    tell()
    tidy()
    // Where files come all the time there never is a second of rest: what the allocator keeps grew to
    // 22 MB in an hour, of which 4.6 MB were in use (`make soak`); so it stays at 6 MB.
    rounds.rest()
  }

  /// Tells what waits; what fails now is tried again at the next look.
  private func tell() {
    do {
      try rounds.tellWaiting()
    } catch {
      exitIfFatal(error)
      Log.error("cannot tell what waits: \(Failure(error).message)")
    }
  }

  /// Once a day, removes what killed processes have left half written in the archive
  /// and beside the notebook.
  private func tidy() {
    guard Clock.monotonic >= nextTidying else { return }
    nextTidying = Clock.monotonic &+ 86_400_000_000_000
    do {
      try Archive(path: configuration.state + "/archive")
        .removeLeftovers(modifiedBefore: Clock.anHourAgo, limit: 10_000)
      // A head of the ledger that was never finished.
      try AtomicFile.removeLeftovers(
        in: Folder.open(configuration.state), modifiedBefore: Clock.anHourAgo, limit: 10_000)
    } catch {
      Log.warning("cannot tidy up: \(Failure(error).message)")
    }
  }

  /// On the round's own queue: a round that hangs stops feeding it, and systemd restarts us.
  private func setWatchdog() {
    guard let notifier, let text = getenv("WATCHDOG_USEC"),
      let microseconds = Int(String(cString: text)), microseconds > 0
    else { return }
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler { try? notifier.watchdog() }
    timer.schedule(deadline: .now(), repeating: .microseconds(microseconds / 2))
    keep(timer)
  }

  // MARK: Signals

  private func stop() {
    try? notifier?.stopping()
    // On the round's own queue: no file is taken while the message under way ends.
    if let courier {
      let hasStopped = DispatchSemaphore(value: 0)
      courier.stop { hasStopped.signal() }
      hasStopped.wait()
    }
    Log.info("stopped: every file taken has its receipt, the others wait in their depots")
    exit(ExitStatus.done.rawValue)
  }

  /// Reads the configuration again; a broken one changes nothing.
  private func reload() {
    reloadWaits.store(false, ordering: .releasing)
    try? notifier?.reloading(monotonicMicroseconds: Clock.monotonic / 1_000)
    defer { try? notifier?.ready() }
    do {
      let new = try ConfigurationFile.load(program.configurationFile).configuration
      if (new.state, new.doors) != (configuration.state, configuration.doors) {
        Log.warning("state and doors change only with a restart")
      }
      try Clock.setTimeZone(new.timeZone)
      configuration = new
      doors.delays = new.intake.delays
      doors.turns.filesPerDay = new.intake.filesPerDay
      rounds.language = new.locale
      rounds.terms = Deciding.Terms(new)
      rounds.quota = new.intake.projectQuotaBytes
      courier?.reload(new)
      setRescanTimer()
      Log.notice("configuration read again")
    } catch {
      Log.error("the old configuration stays in force: \(Failure(error).message)")
    }
    rescan()
  }
}

extension Configuration.Intake {
  /// The settling times as the round takes them.
  var delays: Settling<FileName, FileStamp>.Delays {
    .init(settle: settle, scanSettle: scanSettle)
  }
}

/// How a command ended, as the contract numbers it (SPEC §10, after `sysexits.h`).
enum ExitStatus: Int32, CaseIterable, Error {
  case done = 0
  case finding = 1
  case usage = 64
  case noInput = 66
  case internalError = 70
  case inputOutput = 74
  case tryAgain = 75
  case configuration = 78
}

/// Why a command cannot go on: a status, and a sentence that says what to do.
struct Failure: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}

import Glibc
import JalonCore
import JalonDisk
import JalonFormats
import JalonPages
import JalonRound
import JalonStore

/// `jalon verify`: ledger, tables and archive held against each other.
struct VerifyCommand: Command {
  static let help = CommandHelp(
    name: "verify",
    summary: "Hold ledger, notebook and archive against each other, and name what does not fit.",
    synopsis: "[--head SEQUENCE:DIGITS]… [--json]", words: 0...0,
    options: [
      .init("--head", "SEQUENCE:DIGITS", "a head of the ledger that a message or a note carries"),
      .init("--json", nil, "print JSON"),
    ],
    details:
      "Messages end with the ledger's head, as in “Registre n° 1234 · 0a1b2c3d4e5f6789”: give it\n"
      + "as 1234:0a1b2c3d4e5f6789. What arrives meanwhile is left out. Nothing is changed.",
    example: "jalon verify --head 1234:0a1b2c3d4e5f6789")

  private let heads: [KeptHead]
  private let isJSON: Bool

  init(_ arguments: Arguments) throws(Failure) {
    var heads: [KeptHead] = []
    for text in arguments.all("--head") {
      guard let head = KeptHead(given: text) else {
        throw Failure(
          .usage,
          "--head '\(text)' is not a head: write it as 1234:0a1b2c3d4e5f6789, the number and at "
            + "least \(KeptHead.fewestDigits) digits")
      }
      heads.append(head)
    }
    self.heads = heads
    isJSON = arguments.has("--json")
  }

  func run(_ program: Program) throws -> ExitStatus {
    let state = program.configuration.state
    guard access(state + "/jalon.sqlite", F_OK) == 0 else {
      throw Failure(.noInput, "there is no notebook in \(state): nothing to verify")
    }
    let report = try report(program, state)
    let page = VerificationPage(report, in: program.language)
    if isJSON {
      try Output.write(page.json.indented)
    } else {
      try Output.write(page.text(width: Output.width))
    }
    return report.misfitCount == 0 ? .done : .finding
  }

  private func report(_ program: Program, _ state: String) throws -> VerificationReport {
    // Before the ledger's own end is read: a head that is written meanwhile would be ahead of it.
    let kept = try HeadFile(state: state).read()
    let connection = try program.connection()
    let verification = Verification(
      LiveKept.notebook(connection), LiveKept.archive(try Archive(path: state + "/archive")),
      program.world)
    do {
      var report = try verification.run(heads + kept.heads)
      report.take(kept)
      return report
    } catch StoreError.corrupt(let message, let doing) {
      return VerificationReport(damaged: "\(doing): \(message)")
    }
  }
}

extension HeadFile.Content {
  /// The head that the file has.
  fileprivate var heads: [KeptHead] {
    guard case .head(let head) = self else { return [] }
    return [head]
  }
}

extension VerificationReport {
  /// The report of a notebook that SQLite cannot read.
  fileprivate init(damaged message: String) {
    let misfit = Misfit(
      .damaged,
      Sentence(
        french: "Le fichier du registre est endommagé ou modifié, et ne se lit pas "
          + "entièrement (\(message)).",
        english: "The notebook's file is damaged or changed, and cannot be read whole "
          + "(\(message))."))
    self.init(
      head: .none, entries: 0, files: 0, bytes: 0, misfits: [misfit], misfitCount: 1, notes: [])
  }

  /// Adds what there is to say of the file of the head itself.
  fileprivate mutating func take(_ content: HeadFile.Content) {
    switch content {
    case .head: break
    case .unreadable:
      misfitCount += 1
      misfits.append(
        Misfit(
          .headUnreadable,
          Sentence(
            french: "Le fichier ledger.head ne contient pas un numéro et une empreinte.",
            english: "The file ledger.head does not hold a number and a digest.")))
    case .absent where head.sequence > 0:
      notes.append(
        Sentence(
          french: "Il n’y a pas de fichier ledger.head : une fin coupée ne se voit qu’avec une "
            + "empreinte conservée ailleurs (--head).",
          english: "There is no file ledger.head: an end that was cut off shows only against a "
            + "head kept elsewhere (--head)."))
    case .absent: break
    }
  }
}

public import JalonCore

/// What stood about a project before a file: its adopted rules, and what was known.
public struct ProjectContext: Sendable {
  /// The project's rules in force.
  public let plan: Plan
  /// What was known of it.
  public let knowledge: Knowledge

  /// A context.
  public init(plan: Plan, knowledge: Knowledge) {
    self.plan = plan
    self.knowledge = knowledge
  }
}

/// What a report file says: facts that count, or everything that is wrong with it.
public struct ReadReport: Sendable {
  /// The project, if the folder or the file told it.
  public var project: String?
  /// How many rows counted; 0 when the file is rejected.
  public var rows = 0
  /// Indicators and what it reports of them, in order of first appearance.
  ///
  /// The submission's number is 0 until the store gives one.
  public var units: [(indicator: String, unit: ReportedUnit)] = []
  /// Its milestone rows, in file order; the submission's number is 0 until the store gives one.
  public var milestones: [MilestoneReach] = []
  /// The periods that its rows speak of, in order; empty when it is rejected.
  public var periods: [Period] = []
  /// Why it is rejected, in order of line.
  public var errors: [Problem] = []
  /// What is odd about it, in order of line.
  public var warnings: [Problem] = []

  /// Whether it counts: a file counts whole or not at all.
  public var isAccepted: Bool { errors.isEmpty }

  /// Nothing read yet.
  public init() {}
}

/// Reads report files, whatever their format (SPEC §6).
///
/// The format is found from the content: names of files prove nothing.
public struct ReportReader {
  private let toldProject: String?
  private let receivedOn: Day
  private let context: (String) -> ProjectContext?

  /// A reader of one file or of many.
  ///
  /// - Parameters:
  ///   - toldProject: the project that the depot or `--project` tells.
  ///   - receivedOn: the civil day of receipt; nothing that lies after it can be reported.
  ///   - context: what stood about a project; `nil` for an unknown one.
  public init(
    toldProject: String?, receivedOn: Day, context: @escaping (String) -> ProjectContext?
  ) {
    self.toldProject = toldProject
    self.receivedOn = receivedOn
    self.context = context
  }

  /// Reads the bytes of one file.
  public func read(_ bytes: [UInt8]) -> ReadReport {
    if let message = ReportReader.spreadsheet(bytes) {
      return rejected(Problem(.syntax, message: message))
    }
    var text: [UInt8]
    do throws(TextDecoding.Failure) {
      text = try TextDecoding.utf8(bytes)
    } catch {
      // Without a line: it is the whole file that cannot be read; the sentence tells where.
      return rejected(
        Problem(.encoding, text: error.text, message: error.message))
    }
    var intake = ReportIntake(
      project: ReportProject(told: toldProject, context: context), receivedOn: receivedOn)
    guard intake.takeToldProject() else { return intake.report() }
    let first = text.first { $0 > 0x20 }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      JSONReport.read(text, into: &intake)
      return intake.report()
    }
    return text.withUnsafeMutableBufferPointer { text in
      CSVReport.read(text, into: &intake)
      return intake.report()
    }
  }

  private func rejected(_ problem: Problem) -> ReadReport {
    var report = ReadReport()
    report.project = toldProject
    report.errors = [problem]
    return report
  }

  static func spreadsheet(_ bytes: [UInt8]) -> Sentence? {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    {
      return workbook.with()
    }
    return bytes.starts(with: Array("%PDF".utf8)) ? document.with() : nil
  }

  private static let workbook = Wording(
    "ce fichier est un classeur (Excel ou LibreOffice) ; "
      + "enregistrez la feuille au format « CSV UTF-8 » et déposez ce fichier-là",
    "this file is a workbook (Excel or LibreOffice); "
      + "save the sheet as \"CSV UTF-8\" and send that file")
  private static let document = Wording(
    "ce fichier est un PDF ; déposez le tableau au format « CSV UTF-8 »",
    "this file is a PDF; send the table as \"CSV UTF-8\"")
}

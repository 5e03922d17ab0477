/// One command of the program.
protocol Command: Sendable {
  /// What it takes and says of itself.
  static var help: CommandHelp { get }
  /// Reads its arguments.
  init(_ arguments: Arguments) throws(Failure)
  /// Does it.
  func run(_ program: Program) throws -> ExitStatus
}

/// Every command, in the order that `jalon --help` lists them.
let commands: [any Command.Type] = [
  ServeCommand.self, TeamCommand.self,
  NewCommand.self, CheckCommand.self, AdoptCommand.self, IngestCommand.self,
  EvaluateCommand.self, FlagsCommand.self, StatusCommand.self, ExplainCommand.self,
  DecideCommand.self, WaiveCommand.self, ContestCommand.self, ConfirmCommand.self,
  ExpungeCommand.self, TemplateCommand.self, ProgrammesCommand.self, SilenceCommand.self,
  SilencesCommand.self,
  CourierCommand.self, MailCommand.self, ExportCommand.self, BackupCommand.self,
  VerifyCommand.self,
]

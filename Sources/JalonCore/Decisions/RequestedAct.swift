/// What a row of an officer's file asks for.
public struct RequestedAct: Hashable, Sendable {
  /// What is asked for.
  public enum Wish: Hashable, Sendable {
    /// An act about a project; `nil` where the project follows from what is done.
    case act(OfficerAct.Deed, about: String?)
    /// A second person's word about the act of a number.
    case confirm(Int64)
  }

  /// A cell as it stands in the file.
  public struct Cell: Hashable, Sendable {
    /// The field's number in its line, from 1; `nil` where the format has none.
    public var column: Int?
    /// Its text, fit to be shown.
    public var text: String

    /// A cell.
    public init(column: Int?, text: String) {
      self.column = column
      self.text = text
    }
  }

  /// What is asked for.
  public var wish: Wish
  /// Why.
  public var reason: String
  /// The label to record; `nil` for the officer's name.
  public var name: String?
  /// Whether to go on where the verdict has changed, or somebody has decided otherwise.
  public var goesOnAnyway: Bool
  /// The row's line in the file, from 1.
  public var line: Int
  /// Its cells that hold something.
  public var cells: [DecisionField: Cell]

  /// A row.
  public init(
    wish: Wish, reason: String, name: String?, goesOnAnyway: Bool, line: Int,
    cells: [DecisionField: Cell]
  ) {
    self.wish = wish
    self.reason = reason
    self.name = name
    self.goesOnAnyway = goesOnAnyway
    self.line = line
    self.cells = cells
  }
}

/// What a row of an officer's file may hold.
public enum DecisionField: Int, CaseIterable, Hashable, Sendable {
  case act, project, phase, criterion, indicator, period, sha256, number, reason, by, anyway
}

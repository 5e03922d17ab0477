public import JalonCore

extension Notebook {
  /// What officers did.
  public struct Acts {
    /// Records an act, and gives its number.
    public var record: (OfficerAct) throws -> Int64
    /// Records a second person's word about an act.
    public var confirm: (Int64, Signature) throws -> Void
    /// An act by number.
    public var act: (Int64) throws -> OfficerAct?
    /// The acts about a project, oldest first.
    public var about: (String) throws -> [OfficerAct]
    /// The acts that wait for a second person, oldest first.
    public var waiting: () throws -> [OfficerAct]
    /// The projects whose files had these bytes, in order of arrival.
    public var projectsWith: (Digest) throws -> [String]
    /// Whether the archived bytes of a digest were removed for good.
    public var isExpunged: (Digest) throws -> Bool
    /// Every digest whose archived bytes were removed for good.
    public var expunged: () throws -> [Digest]

    /// A port.
    public init(
      record: @escaping (OfficerAct) throws -> Int64,
      confirm: @escaping (Int64, Signature) throws -> Void,
      act: @escaping (Int64) throws -> OfficerAct?,
      about: @escaping (String) throws -> [OfficerAct],
      waiting: @escaping () throws -> [OfficerAct],
      projectsWith: @escaping (Digest) throws -> [String],
      isExpunged: @escaping (Digest) throws -> Bool, expunged: @escaping () throws -> [Digest]
    ) {
      self.record = record
      self.confirm = confirm
      self.act = act
      self.about = about
      self.waiting = waiting
      self.projectsWith = projectsWith
      self.isExpunged = isExpunged
      self.expunged = expunged
    }
  }
}

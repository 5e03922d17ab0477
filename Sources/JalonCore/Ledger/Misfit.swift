/// What can be found wrong when ledger, tables and archive are held against each other.
///
/// Raw values are the codes that programs rely on.
public enum MisfitCode: String, CaseIterable, Sendable {
  /// What an entry says is not what its digest was made of.
  case entryChanged = "entry-changed"
  /// Entries are missing before this one.
  case entriesMissing = "entries-missing"
  /// An entry carries another digest than that of the one before.
  case entryOrder = "entry-order"
  /// An entry of a known kind that cannot be read.
  case entryUnreadable = "entry-unreadable"
  /// A file that two entries tell.
  case toldTwice = "told-twice"
  /// The ledger is shorter than a head that was kept elsewhere.
  case truncated
  /// The ledger has another digest where a head was kept elsewhere.
  case rewritten
  /// The file of the head cannot be read.
  case headUnreadable = "head-unreadable"
  /// An entry tells of a row that is not there.
  case rowMissing = "row-missing"
  /// A row is not what its entry says.
  case rowChanged = "row-changed"
  /// A row that no entry speaks of.
  case rowUntold = "row-untold"
  /// The rows of a file are not what its entry says.
  case factsChanged = "facts-changed"
  /// Rows of a file that was never accepted.
  case factsUntold = "facts-untold"
  /// Bytes that the archive should have.
  case bytesMissing = "bytes-missing"
  /// Bytes that are not what they were.
  case bytesChanged = "bytes-changed"
  /// SQLite cannot read the notebook.
  case damaged
}

/// One thing that does not fit.
public struct Misfit: Hashable, Sendable {
  /// What kind of thing.
  public var code: MisfitCode
  /// The ledger entry concerned; `nil` where none is.
  public var sequence: Int64?
  /// What is wrong, for somebody without training.
  public var message: Sentence

  /// A misfit.
  public init(_ code: MisfitCode, at sequence: Int64? = nil, _ message: Sentence) {
    self.code = code
    self.sequence = sequence
    self.message = message
  }
}

/// The end of the ledger as somebody kept it: its place and the first digits of its digest.
public struct KeptHead: Hashable, Sendable {
  /// Digits that are enough to tell one digest from another.
  public static let fewestDigits = 8

  /// Where it was kept.
  public enum Source: Hashable, Sendable {
    /// In the file beside the notebook.
    case file
    /// On the command line, from a message or a note.
    case given
  }

  /// The entry's place.
  public let sequence: Int64
  /// The first hexadecimal digits of its digest, in lower case.
  public let digits: String
  /// Where it was kept.
  public let source: Source

  /// A head as written on the command line, `1234:0a1b2c3d4e5f6789`; `nil` for anything else.
  public init?(given text: String) {
    self.init(text, separator: ":", source: .given)
  }

  /// A head as the file has it, `1234 ` and 64 digits; `nil` for anything else.
  public init?(line: String) {
    self.init(line, separator: " ", source: .file)
    guard digits.utf8.count == 64, line.utf8.elementsEqual("\(sequence) \(digits)".utf8) else {
      return nil
    }
  }

  private init?(_ text: String, separator: Character, source: Source) {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 2, let sequence = Int64(parts[0]), sequence > 0,
      String(sequence) == parts[0]
    else { return nil }
    let digits = parts[1].lowercased()
    let isHexadecimal = digits.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    guard isHexadecimal, (Self.fewestDigits...64).contains(digits.utf8.count) else { return nil }
    self.sequence = sequence
    self.digits = digits
    self.source = source
  }
}

extension LedgerHead {
  /// The head as the file beside the notebook has it, one line.
  public var line: String { "\(sequence) \(sha256.hexadecimal)\n" }
}

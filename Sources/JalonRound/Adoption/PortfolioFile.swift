public import JalonCore

/// One file of the portfolio's folder, as it is now.
public struct PortfolioFile: Sendable {
  /// Programme or project, by the folder it lies in.
  public var kind: PortfolioKind
  /// Where it is, relative to the portfolio's folder.
  public var path: String
  /// Its bytes.
  public var bytes: [UInt8]

  /// A file.
  public init(kind: PortfolioKind, path: String, bytes: [UInt8]) {
    self.kind = kind
    self.path = path
    self.bytes = bytes
  }
}

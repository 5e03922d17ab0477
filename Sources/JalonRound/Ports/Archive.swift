public import JalonCore

/// The round's port to the archive of received bytes.
public struct ReportArchive {
  /// Keeps bytes under their digest, from any thread; a no-op when they are there.
  public var store: @Sendable ([UInt8], Digest) throws -> Void
  /// Makes everything stored durable: files and folders.
  public var sync: () throws -> Void

  /// A port.
  public init(
    store: @escaping @Sendable ([UInt8], Digest) throws -> Void,
    sync: @escaping () throws -> Void
  ) {
    self.store = store
    self.sync = sync
  }
}

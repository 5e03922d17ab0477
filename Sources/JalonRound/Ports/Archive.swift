public import JalonCore

/// The round's port to the archive of received bytes.
public struct ReportArchive {
  /// Keeps bytes under their digest, from any thread; a no-op when they are there.
  public var store: @Sendable ([UInt8], Digest) throws -> Void
  /// Makes everything stored durable: files and folders.
  public var sync: () throws -> Void

  /// Removes the bytes of a digest for good; a no-op when they are not there.
  public var remove: (Digest) throws -> Void

  /// A port.
  public init(
    store: @escaping @Sendable ([UInt8], Digest) throws -> Void,
    sync: @escaping () throws -> Void, remove: @escaping (Digest) throws -> Void
  ) {
    self.store = store
    self.sync = sync
    self.remove = remove
  }

  /// Keeps the bytes of arrivals, several at once, and makes them durable; what was expunged and
  /// comes again stays expunged.
  func keep(_ arrivals: [Arrival], expunged: (Digest) throws -> Bool, _ world: World) throws {
    let gone = Set(try arrivals.compactMap(\.digest).filter(expunged))
    let store = store
    let stored = world.map(arrivals) { arrival in
      Result {
        switch arrival.content {
        case .bytes(let bytes, let digest), .mismatch(let bytes, let digest, _):
          if !gone.contains(digest) { try store(bytes, digest) }
        case .tooLarge, .overQuota, .refused: break
        }
      }
    }
    for result in stored { try result.get() }
    try sync()
  }
}

extension Arrival {
  /// The digest of bytes that are to be archived.
  var digest: Digest? {
    switch content {
    case .bytes(_, let digest), .mismatch(_, let digest, _): digest
    case .tooLarge, .overQuota, .refused: nil
    }
  }
}

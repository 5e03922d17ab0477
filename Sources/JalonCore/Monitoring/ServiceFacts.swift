/// What can be seen of the service from outside at one moment.
public struct ServiceFacts: Hashable, Sendable {
  /// The files that wait in the depots.
  public struct Depots: Hashable, Sendable {
    /// How many depots there are.
    public var count = 0
    /// Depots that could not be looked into.
    public var unreadable = 0
    /// Files that wait, those left alone apart.
    public var files = 0
    /// Since when the one that waits longest has been as it is.
    public var oldest: Instant?
    /// Whether the look saw everything, or had to stop at its bound.
    public var isComplete = true

    /// None.
    public init() {}
  }

  /// The file system that a folder is on.
  public struct Space: Hashable, Sendable {
    /// Which of Jalon's folders, in a word.
    public var folder: String
    /// Its size in bytes.
    public var size: Int64
    /// Bytes that Jalon may still write.
    public var free: Int64
    /// Files that may still be made.
    public var freeFiles: Int64

    /// The space around a folder.
    public init(folder: String, size: Int64, free: Int64, freeFiles: Int64) {
      self.folder = folder
      self.size = size
      self.free = free
      self.freeFiles = freeFiles
    }
  }

  /// The program's version.
  public var version: String
  /// The moment.
  public var now: Instant
  /// What the notebook holds.
  public var census = NotebookCensus()
  /// The size of the notebook's file in bytes; 0 where there is none.
  public var databaseBytes: Int64 = 0
  /// When the latest backup was finished, where that was noted.
  public var lastBackup: Instant?
  /// The depots.
  public var depots = Depots()
  /// The file systems.
  public var spaces: [Space] = []

  /// A service of which nothing is known yet.
  public init(version: String, now: Instant) {
    self.version = version
    self.now = now
  }
}

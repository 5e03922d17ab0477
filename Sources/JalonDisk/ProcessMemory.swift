import CDisk

/// The memory of the process as the system sees it.
public enum ProcessMemory {
  /// Gives back what was freed: the allocator would keep what a burst of work needed, for the next.
  public static func giveBack() {
    _ = malloc_trim(0)
  }
}

import CDisk

/// The memory of the process as the system sees it.
public enum ProcessMemory {
  /// Has all threads share one heap: each would keep a heap of its own, full of gaps.
  ///
  /// Call it before there are threads.
  public static func shareOneHeap() {
    _ = mallopt(Int32(JALON_M_ARENA_MAX), 1)
  }

  /// Gives back what was freed: the allocator would keep what a burst of work needed, for the next.
  public static func giveBack() {
    _ = malloc_trim(0)
  }
}

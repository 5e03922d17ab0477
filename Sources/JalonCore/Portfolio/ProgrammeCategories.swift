extension Programme {
  /// The categories of projects that its rules tell apart, in order.
  public var categories: [String] {
    let sizes = projectSize.map { Array($0.categories.keys) } ?? []
    let lists = indicators.map(\.onlyFor) + conditions.map(\.onlyFor)
    return Set(lists.compactMap(\.self).joined()).union(sizes).sorted()
  }
}

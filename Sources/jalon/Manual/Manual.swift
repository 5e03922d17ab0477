import JalonPages

/// The manual's pages, made of what the program says of itself: `jalon help --man PAGE`.
enum Manual {
  /// Every page, by the name of its file.
  static let pages: [(file: String, page: @Sendable () -> ManualPage)] = [
    ("jalon.1", CommandManual.page), ("jalon.json.5", ConfigurationManual.page),
    ("jalon-report.5", ReportManual.page),
  ]

  /// An empty page.
  static func page(_ name: String, section: Int, summary: String) -> ManualPage {
    ManualPage(name, section: section, source: "jalon \(Program.version)", summary: summary)
  }

  /// Adds a reference to every page but one.
  static func seeAlso(
    _ page: inout ManualPage, except file: String, and others: [(name: String, section: Int)] = []
  ) {
    let own = pages.map(\.file).filter { $0 != file }.map { file in
      (name: String(file.dropLast(2)), section: file.hasSuffix("1") ? 1 : 5)
    }
    page.seeAlso(own + others)
  }
}

import JalonFormats

extension FuzzTarget {
  /// Configuration files (SPEC §11).
  static let configuration = FuzzTarget("configuration", longest: 4_096) {
    bytes throws(BrokenProperty) in
    let decoded = decodeConfiguration(bytes, file: "jalon.json")
    try PortfolioProperties.check(decoded, bytes) { decodeConfiguration($0, file: "jalon.json") }
    guard let value = decoded.value else { return }
    try ConfigurationProperties.check(value)
  }
}

/// What holds of every configuration that is accepted.
enum ConfigurationProperties {
  static func check(_ value: Configuration) throws(BrokenProperty) {
    let resolved = value.resolved(against: "/etc/jalon")
    for path in [resolved.state, resolved.portfolio, resolved.doors] {
      try hold(path.hasPrefix("/") && !path.utf8.contains(0), "a path leads somewhere: \(path)")
    }
    try agree(resolved.resolved(against: "/else"), resolved, "paths are resolved once")
    let texts = [
      value.mail.from, value.mail.smtp.url, value.timeZone, value.site.url ?? "",
      value.mail.smtp.user ?? "",
    ]
    for text in texts {
      let isOneLine = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
      try hold(isOneLine, "what goes into a header or a log is one line: \(text)")
    }
    try hold(isMailAddress(mailAddress(ofSender: value.mail.from)), "the sender has an address")
    let (intake, hour) = (value.intake, Duration.seconds(3_600))
    let isBounded =
      (1_000...1_000_000_000).contains(intake.maxFileBytes)
      && (.zero...hour).contains(intake.settle)
      && (.zero...hour).contains(intake.scanSettle) && intake.rescan > .zero
    try hold(isBounded, "sizes and waiting times are bounded")
  }
}

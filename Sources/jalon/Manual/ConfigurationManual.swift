import JalonCore
import JalonFormats
import JalonPages

/// jalon.json(5): every key of the configuration.
enum ConfigurationManual {
  static func page() -> ManualPage {
    var page = Manual.page("jalon.json", section: 5, summary: "the configuration of Jalon")
    page.section("DESCRIPTION")
    page.paragraph(
      "The configuration is one JSON object, with `//` and `/* */` comments and trailing commas. "
        + "It is the file that `jalon --config` names, else the one of the environment's "
        + "`JALON_CONFIG`, else `/etc/jalon/jalon.json`.")
    page.paragraph(
      "Every key has a default, so that `{}` is a whole configuration. An unknown key is an error, "
        + "and so is a key that is there twice. Relative paths are read from the folder that the "
        + "file lies in.")
    page.paragraph(
      "The daemon and the courier read it at their start and on SIGHUP (`systemctl reload jalon`). "
        + "A wrong one is refused with the line and key of every error, and the one before stays "
        + "in force. `jalon check` reads it, too, and so does every other command.")
    page.section("KEYS")
    page.paragraph(
      "A key with a point stands in an object: `mail.smtp.url` is "
        + "`{\"mail\": {\"smtp\": {\"url\": …}}}`.")
    for setting in Configuration.settings {
      page.term(
        setting.path, setting.value.words, setting.meaning,
        setting.fallback.map { "Default: `\($0)`." } ?? "No default.")
    }
    page.section("EXAMPLE")
    page.example(example)
    Manual.seeAlso(&page, except: "jalon.json.5", and: [("systemd.exec", 5)])
    return page
  }

  private static let example = """
    {
      "state": "/var/lib/jalon",            // jalon's own
      "portfolio": "/etc/jalon/portfolio",  // the follow-up team's
      "doors": "/srv/jalon",                // the teams'
      "mail": {
        "transport": "smtp",
        "from": "Jalon <jalon@example.gouv.fr>",
        "smtp": { "url": "smtp://relais.example.gouv.fr:587", "user": "jalon" },
      },
    }
    """
}

extension Setting.Value {
  /// What a reader may write, in a few words.
  fileprivate var words: String {
    switch self {
    case .path: "path"
    case .line: "text"
    case .timeZone: "time zone"
    case .word(let words): words.map { "\"\($0)\"" }.joined(separator: " or ")
    case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .seconds(let range): "\(range.lowerBound) to \(range.upperBound) seconds"
    case .truth: "true or false"
    case .sender: "address, or \"Name <address>\""
    case .url(let schemes): schemes.map { $0 + "…" }.joined(separator: " or ")
    }
  }
}

import JalonCore

/// Reads a configuration file (SPEC §11), with every problem.
///
/// Whether a time zone exists, only the system knows; here its name has the right shape.
public func decodeConfiguration(_ bytes: [UInt8], file: String) -> Decoded<Configuration> {
  Decoded(bytes, file: file) { $0.configuration($1) }
}

enum ConfigurationKey: Int, ObjectKey {
  case state, portfolio, doors, timeZone, locale, intake, alerts, mail, decisions, site
  static let names = KeyNames<ConfigurationKey>()
}

enum IntakeKey: Int, ObjectKey {
  case maxFileBytes, projectQuotaBytes, filesPerDay, settleSeconds, scanSettleSeconds, rescanSeconds
  static let names = KeyNames<IntakeKey>()
}

enum AlertsKey: Int, ObjectKey {
  case repeatDays, escalateDays, evaluationDays, dueSoonDays, digest
  static let names = KeyNames<AlertsKey>()
}

enum MailKey: Int, ObjectKey {
  case transport, from, smtp
  static let names = KeyNames<MailKey>()
}

enum SmtpKey: Int, ObjectKey {
  case url, startTLS, user, passwordFile, caFile, timeoutSeconds
  static let names = KeyNames<SmtpKey>()
}

enum DecisionsKey: Int, ObjectKey {
  case secondPerson
  static let names = KeyNames<DecisionsKey>()
}

enum SiteKey: Int, ObjectKey {
  case url
  static let names = KeyNames<SiteKey>()
}

extension ObjectReader {
  fileprivate mutating func configuration(_ node: JSONNode) -> Configuration? {
    guard let fields = object(node, ConfigurationKey.self) else { return nil }
    var result = Configuration()
    result.state = line(fields[.state]) ?? result.state
    result.portfolio = line(fields[.portfolio]) ?? result.portfolio
    result.doors = line(fields[.doors]) ?? result.doors
    result.timeZone = timeZone(fields[.timeZone]) ?? result.timeZone
    result.locale = word(fields[.locale], Language.self) ?? result.locale
    intake(fields[.intake], &result.intake)
    alerts(fields[.alerts], &result.alerts)
    mail(fields[.mail], &result.mail)
    if let fields = object(fields[.decisions], DecisionsKey.self) {
      result.decisions.secondPerson = truth(fields[.secondPerson]) ?? false
    }
    if let fields = object(fields[.site], SiteKey.self) {
      result.site.url = url(fields[.url], ["https://", "http://"])
    }
    return result
  }

  private mutating func intake(_ node: JSONNode?, _ intake: inout Configuration.Intake) {
    guard let fields = object(node, IntakeKey.self) else { return }
    let (file, quota) = (fields[.maxFileBytes], fields[.projectQuotaBytes])
    intake.maxFileBytes = whole(file, in: 1_000...1_000_000_000) ?? intake.maxFileBytes
    intake.projectQuotaBytes =
      whole(quota, in: 1_000...1_000_000_000_000_000) ?? intake.projectQuotaBytes
    intake.filesPerDay = whole(fields[.filesPerDay], in: 1...10_000_000) ?? intake.filesPerDay
    let hour = Quantity(3_600)
    intake.settle = seconds(fields[.settleSeconds], from: .zero, to: hour) ?? intake.settle
    intake.scanSettle =
      seconds(fields[.scanSettleSeconds], from: .zero, to: hour) ?? intake.scanSettle
    intake.rescan =
      seconds(fields[.rescanSeconds], from: Quantity(micros: 100_000), to: Quantity(86_400))
      ?? intake.rescan
  }

  private mutating func alerts(_ node: JSONNode?, _ alerts: inout Configuration.Alerts) {
    guard let fields = object(node, AlertsKey.self) else { return }
    alerts.repeatDays = whole(fields[.repeatDays], in: 1...3_650) ?? alerts.repeatDays
    alerts.escalateDays = whole(fields[.escalateDays], in: 0...3_650) ?? alerts.escalateDays
    alerts.evaluationDays = whole(fields[.evaluationDays], in: 1...3_650) ?? alerts.evaluationDays
    alerts.dueSoonDays = whole(fields[.dueSoonDays], in: 0...365) ?? alerts.dueSoonDays
    alerts.digest = truth(fields[.digest]) ?? alerts.digest
  }

  private mutating func mail(_ node: JSONNode?, _ mail: inout Configuration.Mail) {
    guard let fields = object(node, MailKey.self) else { return }
    mail.transport =
      word(fields[.transport], Configuration.Mail.Transport.self) ?? mail.transport
    mail.from = sender(fields[.from]) ?? mail.from
    guard let smtp = object(fields[.smtp], SmtpKey.self) else { return }
    mail.smtp.url = url(smtp[.url], ["smtp://", "smtps://"]) ?? mail.smtp.url
    mail.smtp.startTLS =
      word(smtp[.startTLS], Configuration.Smtp.StartTLS.self) ?? mail.smtp.startTLS
    mail.smtp.user = line(smtp[.user])
    mail.smtp.passwordFile = line(smtp[.passwordFile])
    mail.smtp.caFile = line(smtp[.caFile])
    mail.smtp.timeout =
      seconds(smtp[.timeoutSeconds], from: Quantity(1), to: Quantity(600)) ?? mail.smtp.timeout
  }
}

extension ObjectReader {
  /// A text of one line: a path with a line end or a NUL byte leads nowhere good.
  private mutating func line(_ node: JSONNode?) -> String? {
    guard let node, let text = text(node) else { return nil }
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), text.utf8.count <= 4_096 { return text }
    report(node, .expectedLine)
    return nil
  }

  /// Seconds, with fractions to the millisecond.
  private mutating func seconds(
    _ node: JSONNode?, from least: Quantity, to most: Quantity
  ) -> Duration? {
    quantity(node, in: least...most).map { .milliseconds($0.micros / 1_000) }
  }

  private mutating func url(_ node: JSONNode?, _ schemes: [String]) -> String? {
    guard let node, let text = line(node) else { return nil }
    let scheme = schemes.first { text.hasPrefix($0) }
    if let scheme, text.utf8.count > scheme.utf8.count,
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    {
      return text
    }
    report(node, .expectedURL(node.shown, schemes))
    return nil
  }

  /// `Europe/Paris`: letters, digits, `_ + - /`, and no way out of the zones' folder.
  private mutating func timeZone(_ node: JSONNode?) -> String? {
    guard let node, let text = line(node) else { return nil }
    let isName = text.utf8.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "_+-/".utf8.contains($0)
      }
    }
    if isName, !text.hasPrefix("/") { return text }
    report(node, .expectedTimeZone(node.shown))
    return nil
  }

  /// An address, alone or as `Name <address>`.
  private mutating func sender(_ node: JSONNode?) -> String? {
    guard let node, let text = line(node) else { return nil }
    var address = text[...]
    if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
      address = text[text.index(after: open)...].dropLast()
      if text[..<open].contains(where: { "<>@\"".contains($0) }) { address = "" }
    }
    if isMailAddress(String(address)) { return text }
    report(node, .expectedSender(node.shown))
    return nil
  }
}

extension Sentence {
  fileprivate static let expectedLine = Sentence(
    french: "il faut un texte d’une seule ligne, de 4096 octets au plus",
    english: "text of one line, of at most 4096 bytes, was expected")

  fileprivate static func expectedURL(_ shown: String, _ schemes: [String]) -> Sentence {
    Sentence(
      french: "« \(shown) » : il faut une adresse en \(schemes.joined(separator: " ou "))",
      english: "“\(shown)”: an address in \(schemes.joined(separator: " or ")) was expected")
  }

  fileprivate static func expectedTimeZone(_ shown: String) -> Sentence {
    Sentence(
      french: "« \(shown) » n’est pas un fuseau horaire ; écrivez Europe/Paris",
      english: "“\(shown)” is not a time zone; write Europe/Paris")
  }

  fileprivate static func expectedSender(_ shown: String) -> Sentence {
    Sentence(
      french: "« \(shown) » : écrivez Jalon <jalon@exemple.gouv.fr> ou l’adresse seule",
      english: "“\(shown)”: write Jalon <jalon@example.org> or the address alone")
  }
}

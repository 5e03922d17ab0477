public import JalonCore

/// One key of the configuration, as its manual page tells it: `jalon.json(5)`.
public struct Setting: Hashable, Sendable {
  /// What a key's value may be.
  public enum Value: Hashable, Sendable {
    /// A file or folder; a relative one is read from the configuration's folder.
    case path
    /// A text of one line.
    case line
    /// A zone's name, such as `Europe/Paris`.
    case timeZone
    /// One of these words.
    case word([String])
    /// A whole number.
    case whole(ClosedRange<Int>)
    /// Seconds, with fractions to the millisecond.
    case seconds(ClosedRange<Quantity>)
    /// `true` or `false`.
    case truth
    /// An address, alone or as `Name <address>`.
    case sender
    /// An address that begins with one of these.
    case url([String])
  }

  /// The keys from the outermost object to this one, such as `mail.smtp.url`.
  public let path: String
  /// What it may be.
  public let value: Value
  /// The value that an absent key has, as JSON writes it; `nil` where absence means none.
  public let fallback: String?
  /// What it does, in a sentence or two.
  public let meaning: String
}

extension Configuration {
  /// Every key there is, in the order of the example.
  public static let settings: [Setting] = ConfigurationKey.settings(inside: "")
}

/// What stands beside a key: a value that is explained, or an object with keys of its own.
enum SettingNote {
  case value(Setting.Value, default: String?, String)
  case object(any ExplainedKey.Type)
}

/// A key of the configuration that says what it is for.
///
/// ``note`` switches over the cases: a key without an explanation does not compile.
protocol ExplainedKey: ObjectKey {
  var note: SettingNote { get }
}

extension ExplainedKey {
  static func settings(inside path: String) -> [Setting] {
    zip(allCases, names.texts).flatMap { key, name in
      switch key.note {
      case .value(let value, let fallback, let meaning):
        [Setting(path: path + name, value: value, fallback: fallback, meaning: meaning)]
      case .object(let keys): keys.settings(inside: path + name + ".")
      }
    }
  }
}

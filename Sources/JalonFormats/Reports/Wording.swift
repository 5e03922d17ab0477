import JalonCore

/// What a rule says, as data: `{0}`, `{1}`… stand for what it found.
///
/// Texts are typed with ordinary spaces; French typography is applied before anything is filled in,
/// so that what a team wrote is quoted as it stands.
struct Wording: Sendable {
  let french: String
  let english: String

  init(_ french: String, _ english: String) {
    self.french = french.typesetInFrench
    self.english = english
  }

  /// The sentence with its blanks filled.
  func with(_ findings: String...) -> Sentence {
    Sentence(
      french: Wording.fill(french, findings), english: Wording.fill(english, findings))
  }

  /// The sentence with its blanks filled, each in its language.
  func with(_ finding: Sentence, _ more: Sentence...) -> Sentence {
    let findings = [finding] + more
    return Sentence(
      french: Wording.fill(french, findings.map(\.french)),
      english: Wording.fill(english, findings.map(\.english)))
  }

  private static func fill(_ template: String, _ findings: [String]) -> String {
    var result = String.UnicodeScalarView()
    var rest = template.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "{", let digit = rest.first, let number = Int(String(digit)),
        findings.indices.contains(number)
      else {
        result.append(scalar)
        continue
      }
      result.append(contentsOf: findings[number].unicodeScalars)
      rest = rest.dropFirst(2)
    }
    return String(result)
  }
}

extension Sentence {
  /// This sentence after another one.
  func after(_ opening: Sentence) -> Sentence {
    Sentence(french: opening.french + french, english: opening.english + english)
  }
}

extension String {
  /// What a file said, fit to be shown: of bounded length, in bytes, control characters made visible.
  init(shown cell: Cell, limit: Int = 200) {
    if cell.count <= limit, cell.allSatisfy({ (0x20..<0x7F).contains($0) }) {
      self.init(decoding: cell, as: UTF8.self)
      return
    }
    var end = Swift.min(cell.count, limit)
    // A character is not cut in two.
    while end < cell.count, end > 0, cell[end] & 0xC0 == 0x80 { end -= 1 }
    var visible = String.UnicodeScalarView()
    for scalar in String(decoding: cell[..<end], as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0..<0x20: visible.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      // What hides, breaks or turns round the text around it.
      case 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
        visible.append("\u{FFFD}")
      default: visible.append(scalar)
      }
    }
    if end < cell.count { visible.append("…") }
    self.init(visible)
  }

  /// A name from a plan or a file, fit to be shown.
  init(shown name: String, limit: Int = 200) {
    let bytes = Array(name.utf8)
    self = bytes.withUnsafeBufferPointer { cell in String(shown: cell, limit: limit) }
  }
}

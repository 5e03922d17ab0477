import JalonCore

extension ProjectRule {
  /// Ids that a spreadsheet rewrites come back changed in the teams' files.
  static let spreadsheetIDs = ProjectRule { context, findings in
    let project = context.project
    findings.checkSpreadsheet(project.id, at: "id")
    for checked in context.entries where checked.isOwn {
      findings.checkSpreadsheet(checked.entry, at: checked.path)
    }
    for (index, phase) in project.phases.enumerated() {
      findings.checkSpreadsheet(phase.id, at: "phases[\(index)].id")
      for (place, milestone) in phase.milestones.enumerated() {
        findings.checkSpreadsheet(milestone.id, at: "phases[\(index)].milestones[\(place)].id")
      }
    }
  }
}

extension Findings {
  /// Warns of an indicator's id and profiles that a spreadsheet rewrites.
  mutating func checkSpreadsheet(_ entry: IndicatorEntry, at path: String) {
    checkSpreadsheet(entry.id, at: "\(path).id")
    for (index, profile) in (entry.profiles ?? []).enumerated() {
      checkSpreadsheet(profile, at: "\(path).profiles[\(index)]")
    }
  }

  /// Warns of an id that a spreadsheet rewrites.
  mutating func checkSpreadsheet(_ id: String, at path: String) {
    if SpreadsheetHabit.rewrites(id) { warning(path, .rewritten(id)) }
  }
}

/// What French and English spreadsheets do to a text typed in a cell.
enum SpreadsheetHabit {
  /// Whether the text may come back as something else: `1-2`, `007`, `1E5`, `mars-21`, `22.5`.
  static func rewrites(_ text: String) -> Bool {
    var text = text
    guard let folded = text.withUTF8({ FoldedText($0) }), folded.count > 0 else { return false }
    let bytes = (0..<folded.count).map { folded[$0] }
    if "=+-@".utf8.contains(bytes[0]) { return true }
    if ["true", "false", "vrai", "faux"].contains(where: { bytes.elementsEqual($0.utf8) }) {
      return true
    }
    return rewritesNumber(bytes) || isDate(bytes)
  }

  /// `007` and numbers of more than eleven digits lose digits; `1E5` becomes 100000; `1.50`, 1.5.
  private static func rewritesNumber(_ bytes: [UInt8]) -> Bool {
    let isDigits = bytes.allSatisfy(isDigit)
    if isDigits { return bytes.count > 11 || (bytes[0] == 0x30 && bytes.count > 1) }
    let parts = bytes.split(separator: UInt8(ascii: "e"), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy({ isDigit($0) || $0 == 0x2E })
    else { return false }
    let exponent =
      parts[1].first == 0x2D || parts[1].first == 0x2B ? parts[1].dropFirst() : parts[1]
    return !exponent.isEmpty && exponent.allSatisfy(isDigit)
  }

  /// Numbers and month names set apart by `-`, `/`, `.`, `,`, `:` or a space, or a month name run
  /// into a number (`sept2`): two or three of them, at least one a number.
  private static func isDate(_ bytes: [UInt8]) -> Bool {
    var parts: [[UInt8]] = [[]]
    var previous: UInt8 = 0
    for byte in bytes {
      defer { previous = byte }
      if "-/.,: ".utf8.contains(byte) {
        // Only the point of a shortened month may stand before another mark.
        if !parts[parts.count - 1].isEmpty {
          parts.append([])
        } else if previous != UInt8(ascii: ".") {
          return false
        }
      } else {
        if let last = parts[parts.count - 1].last, isDigit(last) != isDigit(byte) {
          parts.append([])
        }
        parts[parts.count - 1].append(byte)
      }
    }
    guard (2...3).contains(parts.count) else { return false }
    let numbers = parts.filter { (1...4).contains($0.count) && $0.allSatisfy(isDigit) }
    let names = parts.filter { MonthName.month($0) != nil }
    return numbers.count + names.count == parts.count && names.count <= 1
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}

extension Sentence {
  fileprivate static func rewritten(_ id: String) -> Sentence {
    Sentence(
      french:
        "un tableur change « \(id) » en nombre, date ou formule ; prenez un autre identifiant",
      english: "a spreadsheet turns “\(id)” into a number, date or formula; take another id")
  }
}

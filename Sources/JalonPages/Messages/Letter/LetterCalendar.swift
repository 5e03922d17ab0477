import JalonCore

/// Deadlines for a calendar (RFC 5545).
struct LetterCalendar {
  /// A calendar that asks more of somebody is not read.
  private static let most = 50

  let deadlines: [Deadline]
  let frame: MessageFrame
  let figures: Figures

  /// The file, or `nil` when nothing is due.
  var attachment: MessageAttachment? {
    guard !deadlines.isEmpty else { return nil }
    return MessageAttachment(
      name: figures.say("echeances.ics", "deadlines.ics"),
      type: "text/calendar; charset=utf-8; method=PUBLISH", bytes: Array(text.utf8))
  }

  private var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Jalon//Jalon//\(figures.say("FR", "EN"))",
      "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    ]
    lines += deadlines.prefix(LetterCalendar.most).flatMap(event)
    lines.append("END:VCALENDAR")
    return lines.map { LetterCalendar.folded($0) + "\r\n" }.joined()
  }

  private func event(_ deadline: Deadline) -> [String] {
    let page = DeadlinePage(deadline: deadline, figures: figures)
    let domain = MailAddress(frame.from).domain
    return [
      "BEGIN:VEVENT",
      "UID:\(deadline.name)@jalon.\(domain)",
      "DTSTAMP:" + frame.now.compact,
      "DTSTART;VALUE=DATE:" + deadline.day.compact,
      "DTEND;VALUE=DATE:" + deadline.day.adding(days: 1).compact,
      "SUMMARY:" + page.summary.shown(upTo: Limit.title).calendarText,
      "DESCRIPTION:" + page.description.map { $0.shown() }.joined(separator: "\n").calendarText,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]
  }

  /// A line in pieces of at most 75 octets, no character cut in two.
  private static func folded(_ line: String) -> String {
    var result = ""
    var room = 75
    for character in line {
      // Accents that alone would fill a line are parted from one another.
      let pieces =
        character.utf8.count < 75
        ? [String(character)] : character.unicodeScalars.map { String($0) }
      for piece in pieces {
        if piece.utf8.count > room {
          result += "\r\n "
          room = 74
        }
        result += piece
        room -= piece.utf8.count
      }
    }
    return result
  }
}

extension Deadline {
  /// The same whatever the day, so that a deadline that moves is the same event; a report is known
  /// by the day it was due, before any grace.
  fileprivate var name: String {
    switch matter {
    case .report(let due): "\(project.inName)-report-\(due)"
    case .milestone(let id): "\(project.inName)-milestone-\(id.inName)"
    case .gate(let phase): "\(project.inName)-gate-\(phase.inName)"
    case .verdict(let phase): "\(project.inName)-verdict-\(phase.inName)"
    }
  }
}

extension Day {
  /// Such as `20210715`.
  fileprivate var compact: String { description.split(separator: "-").joined() }
}

extension Instant {
  /// Such as `20210720T060000Z`.
  fileprivate var compact: String {
    description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }
}

extension String {
  /// The text as a value of a calendar (RFC 5545, section 3.3.11).
  fileprivate var calendarText: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\\", ";", ",": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Letters, digits and dashes; any other byte as `_` and two digits, so that no two names meet.
  fileprivate var inName: String {
    var result = ""
    for byte in utf8.prefix(64) {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"):
        result.append(Character(Unicode.Scalar(byte)))
      default: result += "_" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
    }
    return result
  }
}

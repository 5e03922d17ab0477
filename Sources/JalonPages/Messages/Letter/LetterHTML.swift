/// A letter for a mail reader's window or a phone: tables and inline style, because Outlook knows
/// nothing else; no image, no script, nothing from elsewhere.
struct LetterHTML {
  private let body: LetterBody

  init(_ body: LetterBody) { self.body = body }

  /// The page.
  var text: String {
    """
    <!DOCTYPE html>
    <html lang="\(body.language)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light">
    <title>\(body.title.escaped)</title>
    </head>
    <body style="margin:0;padding:0;background:\(Colour.ground)">
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
    bgcolor="\(Colour.ground)"><tr><td align="center" style="padding:12px">
    <!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
    style="max-width:600px;table-layout:fixed">
    \(body.parts.map(part).joined(separator: "\n"))
    \(footer)
    </table>
    <!--[if mso]></td></tr></table><![endif]-->
    </td></tr></table>
    </body>
    </html>

    """
  }

  private func part(_ part: LetterBody.Part) -> String {
    switch part {
    case .heading(let text):
      row(
        "<h2 style=\"margin:8px 0 0 0;font-size:18px;line-height:24px\">\(text.escaped)</h2>",
        padding: "0 2px 8px 2px")
    case .paragraph(let text): row(paragraph(text.escaped), padding: "0 2px 8px 2px")
    case .item(let item): self.item(item)
    }
  }

  private func item(_ item: LetterItem) -> String {
    let colour = Colour.of(item.tone)
    let label =
      "<span style=\"background:\(colour);color:#FFFFFF;padding:2px 8px;font-size:13px;"
      + "font-weight:bold\">\(item.label.escaped)</span>"
    // Outlook draws a cell's border, and not a table's.
    let card =
      "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
      + "style=\"table-layout:fixed\"><tr><td bgcolor=\"\(Colour.card)\" style=\""
      + "background:\(Colour.card);border-left:5px solid \(colour);padding:12px 14px 6px 14px;"
      + "\(Style.words)\">\n" + paragraph(label)
      + paragraph("<strong>\(item.title.escaped)</strong>")
      + lines(item.lines) + "\n</td></tr></table>"
    return row(card, padding: "0 0 12px 0")
  }

  /// Bullets that follow one another are one list.
  private func lines(_ lines: [LetterItem.Line]) -> String {
    var html = ""
    var isInList = false
    for line in lines {
      if case .bullet(let text) = line {
        html += isInList ? "" : "<ul style=\"margin:0 0 8px 0;padding:0 0 0 20px\">\n"
        html += "<li style=\"margin:0 0 4px 0\">\(text.escaped)</li>\n"
        isInList = true
        continue
      }
      html += isInList ? "</ul>\n" : ""
      isInList = false
      html += self.line(line)
    }
    return html + (isInList ? "</ul>\n" : "")
  }

  private func line(_ line: LetterItem.Line) -> String {
    switch line {
    case .text(let text), .bullet(let text): paragraph(text.escaped)
    case .action(let text): paragraph("<strong>→</strong> \(text.escaped)")
    case .command(let text):
      "<p style=\"margin:0 0 8px 0;padding:6px 8px;background:\(Colour.ground);"
        + "font-family:Consolas,Menlo,monospace;font-size:14px;line-height:20px\">"
        + "\(text.escaped)</p>\n"
    }
  }

  private var footer: String {
    let notes = body.notes.map { note in
      switch note {
      case .text(let text): text.escaped
      case .mail(let words, let address):
        words.escaped + " " + link("mailto:" + address.inLink, address)
      case .link(let words, let page): words.escaped + " " + link(page, page)
      }
    }
    let small = "margin:0 0 6px 0;font-size:13px;line-height:18px;color:\(Colour.muted)"
    return row(
      notes.map { "<p style=\"\(small)\">\($0)</p>\n" }.joined(), padding: "8px 2px 16px 2px")
  }

  private func link(_ target: String, _ words: String) -> String {
    "<a href=\"\(target.escaped)\" style=\"color:\(Colour.link)\">\(words.escaped)</a>"
  }

  private func paragraph(_ html: String) -> String {
    "<p style=\"margin:0 0 8px 0\">\(html)</p>\n"
  }

  private func row(_ html: String, padding: String) -> String {
    "<tr><td style=\"padding:\(padding);\(Style.words)\">\n\(html)\n</td></tr>"
  }
}

private enum Style {
  /// On every cell, because Outlook passes nothing on to a table inside a table.
  static let words =
    "font-family:Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:23px;"
    + "color:\(Colour.words);overflow-wrap:anywhere;word-break:break-word"
}

/// Neither pure black nor pure white, so that a reader that darkens pages keeps the contrast; each
/// pair is at least 4.5 to 1.
private enum Colour {
  static let ground = "#EDF0F3"
  static let card = "#FCFDFD"
  static let words = "#1F2933"
  static let muted = "#4A5763"
  static let link = "#1A4F8B"

  static func of(_ tone: LetterItem.Tone) -> String {
    switch tone {
    case .alarm: "#A32017"
    case .warning: "#8A5200"
    case .good: "#1B6B3A"
    case .plain: "#44546A"
    }
  }
}

extension String {
  /// The text in a page or an attribute of it.
  fileprivate var escaped: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// An address in a link, where `%`, `?` and `&` would mean something else.
  fileprivate var inLink: String {
    var result = ""
    for byte in utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "@"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"):
        result.append(Character(Unicode.Scalar(byte)))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}

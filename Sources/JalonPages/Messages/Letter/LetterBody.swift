/// What a letter says, before it is text or a page: both say the same.
struct LetterBody {
  /// A stretch of the letter.
  enum Part {
    /// A programme, or what the items below have in common.
    case heading(String)
    case paragraph(String)
    case item(LetterItem)
  }

  /// A line of the footer.
  enum Note {
    case text(String)
    /// Words, then an address.
    case mail(String, String)
    /// Words, then a page.
    case link(String, String)
  }

  /// In the language of what follows.
  var language: String
  var title: String
  var parts: [Part] = []
  var notes: [Note] = []
}

/// One thing told.
struct LetterItem {
  /// How grave it is: a colour, never without its word.
  enum Tone {
    case alarm
    case warning
    case good
    case plain
  }

  /// What stands below an item's title.
  enum Line {
    case text(String)
    case bullet(String)
    /// What the reader is asked to do.
    case action(String)
    /// What to type.
    case command(String)
  }

  var tone: Tone
  /// One or two words: `Suspendre`, `À risque`.
  var label: String
  var title: String
  var lines: [Line] = []
}

extension LetterBody {
  /// The same with every text on one line and harmless, whoever wrote it.
  var shown: LetterBody {
    var body = LetterBody(language: language, title: title.shown(upTo: Limit.subject))
    body.parts = parts.map { part in
      switch part {
      case .heading(let text): .heading(text.shown(upTo: 2 * Limit.title))
      case .paragraph(let text): .paragraph(text.shown())
      case .item(let item): .item(item.shown)
      }
    }
    body.notes = notes.map { note in
      switch note {
      case .text(let text): .text(text.shown())
      case .mail(let words, let address): .mail(words.shown(), address.shown())
      case .link(let words, let page): .link(words.shown(), page.shown())
      }
    }
    return body
  }
}

extension LetterItem {
  fileprivate var shown: LetterItem {
    LetterItem(
      tone: tone, label: label.shown(), title: title.shown(upTo: 2 * Limit.title),
      lines: lines.map { line in
        switch line {
        case .text(let text): .text(text.shown())
        case .bullet(let text): .bullet(text.shown())
        case .action(let text): .action(text.shown())
        case .command(let text): .command(text.shown())
        }
      })
  }
}

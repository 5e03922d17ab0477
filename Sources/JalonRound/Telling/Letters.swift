import JalonCore
import JalonPages

/// The letters of one run: what is told, gathered by reader.
struct Letters {
  /// How many files to fill in travel with one letter.
  private static let mostAttachments = 20
  /// How many dates a letter brings.
  private static let mostDeadlines = 50

  /// One reader's letter while it is gathered.
  private struct Draft {
    var news: [AlertNews] = []
    var silences: [Int64: Silence] = [:]
    var deadlines: [Deadline] = []
    private var known: Set<Deadline> = []
    var attachments: [MessageAttachment] = []

    mutating func add(
      _ more: [AlertNews], silences ended: [Silence], deadlines dates: [Deadline],
      attachment: MessageAttachment?
    ) {
      news += more
      for silence in ended { silences[silence.number] = silence }
      for date in dates where known.insert(date).inserted { deadlines.append(date) }
      guard let attachment, attachments.count < Letters.mostAttachments,
        !attachments.contains(where: { $0.name == attachment.name })
      else { return }
      attachments.append(attachment)
    }
  }

  private var drafts: [String: Draft] = [:]

  var isEmpty: Bool { drafts.isEmpty }

  /// Tells some readers some news, with what goes with it.
  mutating func tell(
    _ readers: [String], _ news: [AlertNews], silences: [Silence], deadlines: [Deadline] = [],
    attachment: MessageAttachment? = nil
  ) {
    for reader in Set(readers) {
      // In place: whoever follows ten thousand projects has a letter too long to copy each time.
      drafts[reader, default: Draft()].add(
        news, silences: silences, deadlines: deadlines, attachment: attachment)
    }
  }

  /// The letters, in order of address.
  func all() -> [AlertLetter] {
    drafts.sorted { $0.key < $1.key }.map { reader, draft in
      let deadlines = draft.deadlines.sorted { ($0.day, $0.project) < ($1.day, $1.project) }
      return AlertLetter(
        to: reader, news: draft.news,
        silences: draft.silences.values.sorted { $0.number < $1.number },
        deadlines: Array(deadlines.prefix(Letters.mostDeadlines)),
        attachments: draft.attachments)
    }
  }
}

import JalonCore
import Testing

@testable import JalonPages

/// A message that has the text wherever somebody outside can put one.
private struct HostileMessage {
  let text: String

  var frame: MessageFrame {
    var frame = MessageSample.frame(.french)
    frame.site = "https://suivi.example/" + text
    frame.ledgerHead = (1, text)
    return frame
  }

  var plan: Plan {
    MessageSample.plan(text, text) { project, programme in
      (project.lead, project.contacts) = (text, [text, text])
      (programme.title, programme.operatorName, programme.id) = (text, text, text)
      for index in project.indicators.indices { project.indicators[index].title = text }
      for index in project.phases.indices {
        project.phases[index].title = text
        for place in project.phases[index].milestones.indices {
          project.phases[index].milestones[place].title = text
        }
      }
    }
  }

  private func news(
    _ kind: AlertKind, _ action: AlertAction, _ matter: AlertNews.Matter,
    _ reason: AlertReason = .began
  ) -> AlertNews {
    AlertNews(MessageSample.decision(kind, plan, text, to: .team, action, reason), matter)
  }

  private var receipt: Receipt {
    var receipt = MessageSample.refused()
    (receipt.file, receipt.id) = (text, text)
    receipt.errors = [
      ReceiptProblem(code: "value", line: 1, column: 1, text: text, message: text)
    ]
    return receipt
  }

  private var failed: FailedMessage {
    FailedMessage(
      number: 1, address: text, subject: text, queuedAt: MessageStory.failed.queuedAt, reply: text)
  }

  private var silence: Silence {
    var silence = MessageSample.silence()
    (silence.project, silence.programme, silence.reason, silence.by) = (text, text, text, text)
    return silence
  }

  var deadlines: [Deadline] {
    [Deadline.Matter.report(due: MessageSample.day), .milestone(text), .gate(text), .verdict(text)]
      .map { matter in
        Deadline(
          day: MessageSample.day, project: text, projectTitle: text, matter: matter, title: text,
          fundsAtStake: Quantity(1))
      }
  }

  func news() throws -> [AlertNews] {
    let gate = try MessageSample.gate(plan)
    let missing = MessageSample.missing(plan, due: "2021-06-30")
    return [
      news(.gateWithhold, .fire, .gate(plan, gate)),
      news(.decisionContradicted, .repeat, .contradiction(plan, gate, then: .release)),
      news(.fileRejected, .fire, .rejection(plan, receipt), .silenceEnded(3)),
      news(.reportOverdue, .fire, .reports(plan, due: MessageSample.day, missing: missing)),
      news(
        .milestoneOverdue, .fire,
        .milestone(plan, "M1", gate.criteria.first { $0.id == "milestone:M1" })),
      news(.deviationStrong, .resolve, .deviation(plan, text, MessageStory.strong), .ended),
      news(
        .dueSoon, .fire,
        .dueSoon(
          plan, last: MessageSample.day, missing: missing, milestones: plan.milestones)),
      news(.mailUndeliverable, .fire, .undeliverable(failed)),
      news(.gateReleased, .resolve, .gone(nil), .ended),
    ]
  }

  /// Alone, one piece of news has nothing beside it: files are the same with any.
  func letter(_ news: [AlertNews]) throws -> RenderedMessage {
    let file = MessageAttachment(name: text, type: text, bytes: Array(text.utf8))
    let isAlone = news.count == 1
    return LetterPage(frame).letter(
      AlertLetter(
        to: text, news: news, silences: [silence], deadlines: isAlone ? [] : deadlines,
        attachments: isAlone ? [] : [file]))
  }

  func digest() throws -> RenderedMessage {
    let entry = DigestLetter.Entry(
      plan: plan, gates: [try MessageSample.gate(plan)], overdue: 3)
    let change = DigestLetter.Change(
      project: text, phase: text, before: nil, now: .withhold, on: MessageSample.day,
      fundsAtStake: Quantity(1))
    return LetterPage(frame).digest(
      DigestLetter(
        to: text, entries: [entry], changes: [change], deadlines: deadlines, silences: [silence]))
  }

  /// Every message, and one of each piece of news, whose subject then has the text too.
  func all() throws -> [RenderedMessage] {
    let news = try news()
    var named = frame
    named.from = "\(text) <jalon@example.gouv.fr>"
    var nameless = frame
    nameless.from = text
    return try news.map { try letter([$0]) } + [
      letter(news), digest(), LetterPage(named).test(to: text), LetterPage(nameless).test(to: text),
    ]
  }
}

@Suite("What others wrote is harmless in every part of a message")
struct HostileTests {
  static let headers = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id",
    "X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type",
  ]

  @Test("headers, text, page and calendar", arguments: HostileText.all)
  func harmless(_ hostile: HostileText) throws {
    let messages = try HostileMessage(text: hostile.text).all()
    for (message, read) in zip(messages, try ReadMessage.reading(messages)) {
      #expect(read.faults == [])
      #expect(read.headers.map { $0[0] } == Self.headers)
      #expect(read.recipients.count == 1 && read.sender.count == 1)
      #expect(read.header("Subject") == message.subject)
      #expect(message.subject.count <= 180)
      #expect(message.bytes.count < 400_000, "\(message.bytes.count) bytes")
      let texts =
        read.headers.map { $0[1] }
        + read.parts.filter { $0.type != "text/csv" }.dropLast(
          read.parts.last?.type == "application/octet-stream" ? 1 : 0
        ).map(\.text)
      for text in texts { expectHarmless(text) }
      expectHarmless(read.page)
      for part in read.parts where part.type == "text/calendar" { try expectCalendar(part.text) }
    }
  }

  private func expectHarmless(_ text: String) {
    let harmful = text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        true
      default: false
      }
    }
    #expect(harmful.isEmpty, "\(harmful.map { String($0.value, radix: 16) })")
  }

  private func expectHarmless(_ page: ReadMessage.Page) {
    let tags: Set = [
      "!DOCTYPE html", "html", "head", "meta", "title", "body", "table", "tr", "td", "h2", "p",
      "span", "strong", "ul", "li", "a",
    ]
    #expect(Set(page.tags).subtracting(tags).isEmpty, "\(page.tags)")
    let attributes: Set = [
      "lang", "charset", "name", "content", "style", "role", "width", "cellpadding", "cellspacing",
      "border", "bgcolor", "align", "href",
    ]
    #expect(Set(page.attributes).subtracting(attributes).isEmpty, "\(page.attributes)")
    let isKnown: (String) -> Bool = {
      $0.hasPrefix("https://suivi.example/") || ($0.hasPrefix("mailto:") && !$0.contains("?"))
    }
    #expect(page.links.allSatisfy(isKnown), "\(page.links)")
    #expect(page.comments.allSatisfy { $0.hasPrefix("[if mso]>") }, "\(page.comments)")
  }

  private func expectCalendar(_ text: String) throws {
    #expect(text.utf8.split(separator: 0x0A).allSatisfy { $0.count <= 75 })
    // By bytes: an accent at a line's start would make one character with what is before it.
    let names = text.utf8.split(separator: 0x0A).filter { $0.first != 0x20 }.map { line in
      String(decoding: line.prefix { $0 != 0x3A && $0 != 0x3B }, as: UTF8.self)
    }
    let event = [
      "BEGIN", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP", "END",
    ]
    let opening = ["BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD"]
    #expect(names == opening + Array(repeating: event, count: 4).flatMap { $0 } + ["END"])
  }

  @Test("harmless text stays as it was; a title is cut where it gets too long")
  func shown() {
    #expect(
      "Équipe « A » : 10\u{202F}000\u{A0}€, 日本 👩‍👩‍👧‍👦".shown()
        == "Équipe « A » : 10\u{202F}000\u{A0}€, 日本 👩‍👩‍👧‍👦")
    #expect(" a \r\n\t b ".shown() == "a b")
    #expect("a\u{202E}b".shown() == "a\u{FFFD}b")
    #expect(String(repeating: "x", count: 11).shown(upTo: 10) == "xxxxxxxxx…")
    #expect(String(repeating: "x", count: 10).shown(upTo: 10) == "xxxxxxxxxx")
    #expect("un deux trois".shown(upTo: 9) == "un deux…")
    #expect(
      ("e" + String(repeating: "\u{301}", count: 99) + "f").shown()
        == "e" + String(repeating: "\u{301}", count: 8) + "f")
  }

  @Test("a long title leaves room for what is said of it")
  func longTitle() throws {
    let plan = HostileMessage(text: String(repeating: "mot ", count: 2_500)).plan
    let mail = LetterPage(MessageSample.frame(.french)).mail(
      AlertLetter(to: MessageStory.followUp, news: [try MessageSample.withheld(plan)]))
    let text = mail.text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    #expect(text.contains("250\u{A0}postes en 2021-Q2, minimum 300\u{A0}postes"))
    #expect(text.contains("non atteint, échéance 31/03/2021"))
  }
}

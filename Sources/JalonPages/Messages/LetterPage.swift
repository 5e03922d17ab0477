import JalonCore

/// What people read in their mail.
public struct LetterPage: Sendable {
  private let frame: MessageFrame
  private let figures: Figures

  /// Messages of one run.
  public init(_ frame: MessageFrame) {
    self.frame = frame
    figures = Figures(frame.language)
  }

  /// Everything one run tells one reader.
  public func letter(_ letter: AlertLetter) -> RenderedMessage { mail(letter).rendered(in: frame) }

  /// The portfolio on a Monday morning.
  public func digest(_ digest: DigestLetter) -> RenderedMessage { mail(digest).rendered(in: frame) }

  /// A message that only shows that messages arrive.
  public func test(to recipient: String) -> RenderedMessage {
    testMail(to: recipient).rendered(in: frame)
  }

  func mail(_ letter: AlertLetter) -> MailMessage {
    let told = ToldNews.told(of: letter, on: frame.day, figures)
    let sections = LetterSections(told: told, silences: letter.silences, figures: figures)
    return message(
      to: letter.recipient, subject: LetterSubject(told: told, figures: figures).text,
      parts: sections.parts, notes: LetterNotes(frame: frame, figures: figures).notes(told),
      deadlines: letter.deadlines, attachments: letter.attachments)
  }

  func mail(_ digest: DigestLetter) -> MailMessage {
    let body = DigestBody(digest: digest, day: frame.day, figures: figures)
    let notes = LetterNotes(frame: frame, figures: figures)
      .notes(because: body.reason, restsOnLedger: true)
    return message(
      to: digest.recipient, subject: body.subject, parts: body.parts, notes: notes,
      deadlines: digest.deadlines, attachments: [])
  }

  func testMail(to recipient: String) -> MailMessage {
    let parts: [LetterBody.Part] = [
      .paragraph(
        figures.say(
          "Ceci est un essai : si vous lisez ces lignes, les messages de Jalon arrivent.",
          "This is a test: if you read these lines, Jalon’s messages arrive.")),
      .paragraph(
        figures.say(
          "Les accents (é, à, ç, œ), les montants (\(figures.euros(Quantity(1_350_000)))) et les "
            + "dates (\(figures.day(frame.day))) doivent se lire comme ici.",
          "Accents (é, à, ç, œ), amounts (\(figures.euros(Quantity(1_350_000)))) and dates "
            + "(\(figures.day(frame.day))) should read as they do here.")),
    ]
    let reason = figures.say(
      "Vous recevez ce message parce que quelqu’un a tapé : jalon mail --test.",
      "You receive this message because somebody typed: jalon mail --test.")
    return message(
      to: recipient, subject: "[Jalon] " + figures.say("message d’essai", "test message"),
      parts: parts, notes: LetterNotes(frame: frame, figures: figures).notes(because: reason),
      deadlines: [], attachments: [])
  }

  private func message(
    to recipient: String, subject: String, parts: [LetterBody.Part], notes: [LetterBody.Note],
    deadlines: [Deadline], attachments: [MessageAttachment]
  ) -> MailMessage {
    let body = LetterBody(
      language: frame.language.rawValue, title: subject, parts: parts, notes: notes
    ).shown
    let calendar = LetterCalendar(deadlines: deadlines, frame: frame, figures: figures)
    return MailMessage(
      recipient: recipient, subject: subject.shown(upTo: Limit.subject),
      text: LetterText(body).text, html: LetterHTML(body).text,
      attachments: [calendar.attachment].compactMap { $0 } + attachments)
  }
}

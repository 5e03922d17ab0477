import Foundation
import JalonCore
import Testing

@testable import JalonPages

extension MessageStory {
  /// What it has in common with the other messages of its run.
  func frame(_ language: Language) -> MessageFrame { MessageSample.frame(language, on: day) }

  /// The message before it becomes bytes.
  func mail(_ language: Language) throws -> MailMessage {
    let page = LetterPage(frame(language))
    return switch try content(language) {
    case .letter(let letter): page.mail(letter)
    case .digest(let digest): page.mail(digest)
    case .test: page.testMail(to: MessageStory.followUp)
    }
  }

  /// The message as it is sent.
  func rendered(_ language: Language) throws -> RenderedMessage {
    try mail(language).rendered(in: frame(language))
  }
}

@Suite("Messages read as they should, in French and in English")
struct MessagePagesTests {
  @Test("the subject and the text", arguments: MessageStory.all, Language.allCases)
  func text(_ story: MessageStory, _ language: Language) throws {
    let mail = try story.mail(language)
    try expectPage(mail.subject + "\n\n" + mail.text, "message-\(story.name)", language)
    let lines = mail.text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 72 }, "\(lines.filter { $0.count > 72 })")
  }

  @Test("the page", arguments: MessageStory.all, Language.allCases)
  func html(_ story: MessageStory, _ language: Language) throws {
    try expectPage(
      try story.mail(language).html, "message-\(story.name)", language, type: "html")
  }

  @Test("words longer than a phone is wide: the page breaks them, `make pictures` measures it")
  func longWords() throws {
    let word = "remontée_" + String(repeating: "définitive_", count: 30)
    let plan = MessageSample.plan("SNAP3-017", word) { project, _ in
      project.contacts = [String(repeating: "prenom.", count: 8) + "nom@ministere.example.gouv.fr"]
      for index in project.indicators.indices { project.indicators[index].title = word }
    }
    let mail = LetterPage(MessageSample.frame(.french)).mail(
      AlertLetter(to: MessageStory.followUp, news: [try MessageSample.withheld(plan)]))
    try expectPage(mail.subject + "\n\n" + mail.text, "message-long-words", .french)
    try expectPage(mail.html, "message-long-words", .french, type: "html")
  }

  @Test("the calendar", arguments: ["withhold", "overdue", "digest"], Language.allCases)
  func calendar(_ name: String, _ language: Language) throws {
    let story = try #require(MessageStory.all.first { $0.name == name })
    let file = try #require(
      try story.mail(language).attachments.first { $0.name.hasSuffix(".ics") })
    try expectPage(
      String(decoding: file.bytes, as: UTF8.self), "message-\(name)", language, type: "ics")
  }
}

@Suite("docs/messages.md shows one of each message as it is")
struct DocumentedMessagesTests {
  private static let mark = "<!-- rendered from here on -->\n"

  @Test("the texts are those that are sent")
  func fresh() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../docs/messages.md").standardizedFileURL
    let page = try String(contentsOf: file, encoding: .utf8)
    let prose = try #require(page.range(of: Self.mark)).upperBound
    let rendered = try MessageStory.all.map { story in
      let mail = try story.mail(.french)
      let files = mail.attachments.map { "`\($0.name)`" }.joined(separator: ", ")
      let beside = files.isEmpty ? "" : "\n\nPièces jointes : \(files)"
      return "\n### \(story.title)\n\n**\(mail.subject)**\n\n```text\n\(mail.text)```\(beside)\n"
    }.joined()
    if ProcessInfo.processInfo.environment["JALON_RECORD"] == "1" {
      try Data((page[..<prose] + rendered).utf8).write(to: file)
      return
    }
    #expect(
      page[prose...] == rendered,
      "docs/messages.md is stale: JALON_RECORD=1 swift test --filter DocumentedMessagesTests")
  }
}

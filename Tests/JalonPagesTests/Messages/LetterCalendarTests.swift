import JalonCore
import Testing

@testable import JalonPages

@Suite("A letter's calendar keeps an event where its day moves")
struct LetterCalendarTests {
  private func mail(_ news: [AlertNews], deadlines: [Deadline] = []) -> MailMessage {
    LetterPage(MessageSample.frame(.french)).mail(
      AlertLetter(to: MessageStory.followUp, news: news, deadlines: deadlines))
  }

  @Test("at most fifty days in a calendar; none, no calendar")
  func calendar() throws {
    let deadline = MessageStory.coming[0]
    let news = [try MessageSample.withheld(MessageSample.plan())]
    let file = mail(news, deadlines: Array(repeating: deadline, count: 60)).attachments[0]
    let text = String(decoding: file.bytes, as: UTF8.self)
    #expect(text.split(separator: "\r\n").count { $0 == "BEGIN:VEVENT" } == 50)
    #expect(mail(news).attachments.isEmpty)
  }

  @Test("a calendar's own marks are written as text")
  func calendarText() {
    var deadline = MessageStory.coming[0]
    deadline.title = "a,b;c\\d\ne"
    let file = mail([], deadlines: [deadline]).attachments[0]
    #expect(
      String(decoding: file.bytes, as: UTF8.self).contains(
        "\r\nSUMMARY:SNAP3-019\u{A0}: jalon recette (a\\,b\\;c\\\\d e)\r\n"))
  }

  @Test(
    "only a page of the web is linked to",
    arguments: ["javascript:alert(1)", "", "ftp://x.example"])
  func site(_ site: String) {
    var frame = MessageSample.frame(.french)
    frame.site = site
    #expect(!LetterPage(frame).testMail(to: "a@example.org").html.contains("Le suivi en ligne"))
  }

  @Test("a date that moves moves its event; another matter is another event")
  func events() throws {
    func names(_ deadlines: [Deadline]) -> [Substring] {
      let file = mail([], deadlines: deadlines).attachments[0]
      return String(decoding: file.bytes, as: UTF8.self).split(separator: "\r\n").filter {
        $0.hasPrefix("UID:")
      }
    }
    var deadline = MessageStory.coming[0]
    let before = names([deadline])
    deadline.day = deadline.day.adding(days: 30)
    #expect(names([deadline]) == before)
    #expect(before == ["UID:SNAP3-019-milestone-recette@jalon.example.gouv.fr"])
    let matters: [Deadline.Matter] = [
      .milestone("a b"), .milestone("a_b"), .milestone("é"), .gate("P1"), .verdict("P1"),
      .report(due: MessageSample.day), .report(due: MessageSample.day.adding(days: 1)),
    ]
    let all = names(
      matters.map { matter in
        var other = deadline
        other.matter = matter
        return other
      })
    #expect(Set(all).count == matters.count)
  }
}

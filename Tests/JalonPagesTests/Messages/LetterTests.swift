import JalonCore
import Testing

@testable import JalonPages

@Suite("A letter says the worst first, and no more than somebody reads")
struct LetterTests {
  typealias Sample = MessageSample

  private func mail(
    _ news: [AlertNews], silences: [Silence] = []
  ) -> MailMessage {
    LetterPage(Sample.frame(.french)).mail(
      AlertLetter(
        to: MessageStory.followUp, news: news, silences: silences))
  }

  private func subject(_ news: [AlertNews]) -> String {
    mail(news).subject.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
  }

  static func plan(_ number: Int, funds: Int = 450_000) -> Plan {
    Sample.plan("SNAP3-\(number)", "Projet \(number)") { project, _ in
      project.phases[1].funding = Quantity(funds)
    }
  }

  @Test("one gate: what to do, how much, why")
  func one() throws {
    #expect(
      subject([try Sample.withheld(Sample.plan())])
        == "[Jalon] SNAP3-017 : suspendre 450 000 € (phase P2) — 2 critères non remplis")
  }

  @Test("the last gate releases the balance")
  func balance() throws {
    let plan = Sample.plan()
    var knowledge = Sample.well
    let day = RuleStory.day("2022-02-01")
    let gates = try Judge(plan, knowing: knowledge).gates(asOf: day)
    #expect(
      subject([
        AlertNews(Sample.decision(.gateReleased, plan, "P2"), .gate(plan, gates[1]))
      ]).hasPrefix("[Jalon] SNAP3-017 : débloquer 90 000 € (solde) — "))
    knowledge.units = [:]
  }

  @Test("several of a kind: how many, the sum, and which")
  func several() throws {
    let news = try (101...103).map { try Sample.withheld(Self.plan($0)) }
    #expect(
      subject(news)
        == "[Jalon] 3 passages à suspendre : 1 350 000 € — SNAP3-101, SNAP3-102, SNAP3-103")
    let many = try (101...109).map { try Sample.withheld(Self.plan($0)) }
    #expect(
      subject(many).hasSuffix(
        ": 4 050 000 € — SNAP3-101, SNAP3-102, SNAP3-103, SNAP3-104, SNAP3-105…"))
  }

  @Test("several of a kind and something else")
  func severalAndMore() throws {
    var news = try (101...102).map { try Sample.withheld(Self.plan($0)) }
    news.append(MessageStory.overdue(.followUp, .fire, .began))
    #expect(
      subject(news)
        == "[Jalon] 2 passages à suspendre : 900 000 € — SNAP3-101, SNAP3-102 — et 1 autre alerte")
  }

  @Test("what is new leads, even where a reminder is about more money")
  func newFirst() throws {
    let reminder = try Sample.withheld(Self.plan(1, funds: 800_000), .mention, .alongside)
    let overdue = MessageStory.overdue(.followUp, .fire, .began)
    #expect(
      subject([reminder, overdue]) == "[Jalon] SNAP3-017 : remontée en retard — et 1 autre alerte")
    let end = try Sample.withheld(Self.plan(2), .resolve, .ended)
    #expect(subject([reminder, end]).hasPrefix("[Jalon] SNAP3-2 : fin d’alerte — passage P1 : "))
    let due = try Sample.withheld(Self.plan(3), .repeat, .stillHolds(days: 7))
    #expect(
      subject([reminder, due, end])
        == "[Jalon] Rappel · SNAP3-3 : suspendre 450 000 € (phase P2) — et 2 autres alertes")
  }

  @Test("a report and its end")
  func end() {
    let plan = Sample.plan()
    let end = AlertNews(
      Sample.decision(.reportOverdue, plan, "2021-03-31", to: .team, .resolve, .ended),
      .reports(plan, due: RuleStory.day("2021-03-31"), missing: []))
    #expect(
      subject([end]) == "[Jalon] SNAP3-017 : fin d’alerte — remontée à jour, échéance 31/03/2021")
  }

  @Test(
    "a team that has been silent for long reads of one thing, with every figure that is missing")
  func lateReports() {
    let plan = Sample.plan()
    let missing = plan.indicator("postes").map { plan.expectedPeriods(of: $0) } ?? []
    func late(_ place: Int, _ action: AlertAction = .fire) -> AlertNews {
      let expected = missing[place]
      return AlertNews(
        Sample.decision(
          .reportOverdue, plan, "\(expected.due)", to: .team, action, .began),
        .reports(
          plan, due: expected.due, missing: action == .resolve ? [] : [("postes", expected)]))
    }
    let letter = [late(2), late(0), late(1)]
    #expect(
      subject(letter)
        == "[Jalon] SNAP3-017 : 3 remontées en retard — échéances du 31/03/2021 au 30/09/2021")
    let text = mail(letter).text
    #expect(text.contains("3 remontées en retard, la première due le 31/03/2021"))
    #expect(text.contains("2021-Q1, 2021-Q2, 2021-Q3"), "in order, whatever the order of the news")
    #expect(text.split(separator: "[EN RETARD]").count == 2, "one item: \(text)")
    let both = letter + [late(3, .resolve)]
    #expect(mail(both).text.contains("Rien ne manque plus de la remontée due le 31/12/2021"))
    #expect(subject(both).hasSuffix("— et 1 autre alerte"))
  }

  @Test("what is over without having come is not said to have come")
  func moot() {
    let plan = Sample.plan()
    let missing = (plan.indicator("postes").map { plan.expectedPeriods(of: $0) } ?? []).prefix(1)
    let report = AlertNews(
      Sample.decision(.reportOverdue, plan, "2021-03-31", to: .team, .resolve, .ended),
      .reports(plan, due: RuleStory.day("2021-03-31"), missing: missing.map { ("postes", $0) }))
    let milestone = AlertNews(
      Sample.decision(.milestoneOverdue, plan, "M1", to: .team, .resolve, .ended),
      .milestone(plan, "M1", nil))
    for news in [report, milestone] {
      let text = mail([news]).text
      #expect(text.contains("plus attendu") && text.contains("arrêté"), "\(text)")
      #expect(!text.contains("Rien ne manque"))
    }
  }

  @Test("nothing but what a silence hid says so")
  func silence() throws {
    let news = try Sample.withheld(Sample.plan(), .fire, .silenceEnded(3))
    #expect(subject([news]).hasPrefix("[Jalon] Fin de silence · SNAP3-017 : suspendre"))
    let unknown = mail([news]).text
    #expect(unknown.contains("Fin du silence n° 3"), "even when nothing else is known of it")
    let known = mail([news], silences: [Sample.silence(9), Sample.silence(3)]).html
    #expect(known.contains("avenant en cours de signature"))
    #expect(!known.contains("n° 9"))
  }

  @Test("worst first: what lasts, then the kind, the money, the age, the name; by programme")
  func order() throws {
    let news: [AlertNews] = [
      try Sample.withheld(Self.plan(11, funds: 900_000), .resolve, .ended),
      MessageStory.overdue(.followUp, .fire, .began),
      try Sample.withheld(Self.plan(13), since: "2021-07-17"),
      try Sample.withheld(Self.plan(15)), try Sample.withheld(Self.plan(14)),
      try Sample.withheld(Self.plan(12, funds: 500_000), since: "2021-07-18"),
      try Sample.withheld(Sample.identity),
    ]
    let titles = mail(news.reversed()).text.split(separator: "\n").filter {
      $0.hasPrefix("[") || $0.hasPrefix("SNAP3 —") || $0.hasPrefix("ITN3 —")
    }.map { line in line.prefix { $0 != "—" }.drop { $0 != "]" }.dropFirst() }
    #expect(
      titles.map { String($0).split(separator: " ").joined() } == [
        "", "ITN3-004", "", "SNAP3-12", "SNAP3-14", "SNAP3-15", "SNAP3-13", "SNAP3-017", "SNAP3-11",
      ])
    #expect(mail(news).text == mail(news.reversed()).text)
  }

  @Test("at most two hundred items, and where to see the others")
  func bound() throws {
    let news = try (1000..<1203).map { try Sample.withheld(Self.plan($0)) }
    let text = mail(news).text
    #expect(text.split(separator: "\n").count { $0.hasPrefix("[SUSPENDRE]") } == 200)
    #expect(text.contains("… et 3 autres\u{A0}: jalon flags"))
    #expect(subject(news).hasPrefix("[Jalon] 203 passages à suspendre : 91 350 000 €"))
  }

  @Test("at most twenty errors of a file, and how many there are")
  func errors() {
    let plan = Sample.plan()
    let news = AlertNews(
      Sample.decision(.fileRejected, plan, "J00000042", to: .team),
      .rejection(plan, Sample.refused(errors: 57)))
    let text = mail([news]).text
    #expect(text.split(separator: "\n").count { $0.hasPrefix("  - ligne") } == 20)
    #expect(text.contains("- … et 37 autres, dans le récépissé"))
    #expect(subject([news]).hasSuffix("remontée T2.csv, 57 erreurs"))
  }

  @Test("a mark of the ledger stands where a gate is told of, and nowhere else")
  func ledger() throws {
    let gate = mail([try Sample.withheld(Sample.plan())]).text
    let report = mail([MessageStory.overdue(.team, .fire, .began)]).text
    #expect(gate.contains("Registre n° 1234 · 0a1b2c3d4e5f6789"))
    #expect(!report.contains("Registre"))
  }

  @Test("why the reader gets it: contacts of a project, a programme's follow-up, or both")
  func reason() throws {
    let both = mail([
      MessageStory.overdue(.team, .fire, .began),
      try Sample.withheld(Sample.plan()), try Sample.withheld(Sample.identity),
    ]).text.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
    #expect(
      both.contains(
        "votre adresse est parmi les contacts du projet SNAP3-017 et que votre adresse est celle "
          + "d’une équipe de suivi (programmes ITN3, SNAP3)."))
  }

  @Test("a project without contacts says that nobody else is told")
  func nobody() throws {
    let plan = Sample.plan { project, _ in project.contacts = [] }
    #expect(
      mail([try Sample.withheld(plan)]).text.contains("Aucune adresse d’équipe n’est connue"))
  }

  @Test("a page says what the text says", arguments: MessageStory.all, Language.allCases)
  func same(_ story: MessageStory, _ language: Language) throws {
    let mail = try story.mail(language)
    let page = mail.html.split(separator: "<body")[1]
    var words = ""
    var isInTag = true
    for character in page {
      if character == "<" { words += " " }
      isInTag = character == "<" || (isInTag && character != ">")
      if !isInTag, character != ">" { words.append(character) }
    }
    words = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
      .reduce(words) { $0.replacing($1.0, with: $1.1) }
    let drawn: (String) -> [String] = { text in
      text.lowercased().split { " \n[]>-→=".contains($0) }.map(String.init)
    }
    #expect(drawn(words) == drawn(mail.text))
  }
}

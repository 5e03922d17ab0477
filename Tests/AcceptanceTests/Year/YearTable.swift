import JalonCore

/// How much mail that is: for people to look at, and say whether it is too much.
struct YearTable {
  private let portfolio: YearPortfolio
  private let letters: [YearLetter]
  private let months: [String]

  init(_ portfolio: YearPortfolio, _ letters: [YearLetter]) {
    self.portfolio = portfolio
    self.letters = letters
    months = Set(letters.map(\.moment.month)).sorted()
  }

  var text: String {
    let teams = YearStories.all.map { sort in
      let addresses = Set(portfolio.members.filter { $0.story.name == sort.name }.map(\.team))
      return row(
        "\(addresses.count) \(sort.name)", letters.filter { addresses.contains($0.recipient) },
        readers: addresses.count)
    }
    let followers = YearPortfolio.followers.flatMap { address in
      let own = letters.filter { $0.recipient == address }
      return [
        row(address, own.filter { !$0.isDigest }, readers: 1),
        row("  and the digest", own.filter(\.isDigest), readers: 1),
      ]
    }
    return
      (["Messages to teams, by how they behave"] + [heading] + teams + [""]
      + ["Messages to the follow-up teams"] + [heading] + followers + [""]
      + ["What the messages tell: to teams"] + [heading] + news(toFollowers: false) + [""]
      + ["What the messages tell: to the follow-up teams"] + [heading] + news(toFollowers: true))
      .map { $0 + "\n" }.joined()
  }

  private func news(toFollowers: Bool) -> [String] {
    let some = letters.filter {
      YearPortfolio.followers.contains($0.recipient) == toFollowers && !$0.isDigest
    }
    let told = some.flatMap { letter in
      letter.news.map { news in
        let words = news.split(separator: " ")
        return (month: letter.moment.month, what: "\(words[1]) \(words[0])")
      }
    }
    return Set(told.map(\.what)).sorted().map { what in
      line(what, told.filter { $0.what == what }.map(\.month), readers: 1)
    }
  }

  private func row(_ title: String, _ letters: [YearLetter], readers: Int) -> String {
    line(title, letters.map(\.moment.month), readers: readers)
  }

  // MARK: Columns

  private var heading: String {
    pad("", 30) + months.map { pad(String($0.suffix(2)), 5, isNumber: true) }.joined()
      + pad("year", 7, isNumber: true) + pad("each", 7, isNumber: true)
  }

  private func line(_ title: String, _ told: [String], readers: Int) -> String {
    let counts = months.map { month in told.count { $0 == month } }
    let tenths = (told.count * 10 + readers / 2) / readers
    return pad(title, 30)
      + counts.map { pad($0 == 0 ? "." : String($0), 5, isNumber: true) }.joined()
      + pad(String(told.count), 7, isNumber: true)
      + pad("\(tenths / 10).\(tenths % 10)", 7, isNumber: true)
  }

  private func pad(_ text: String, _ width: Int, isNumber: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(1, width - text.count))
    return isNumber ? blanks + text : text + blanks
  }
}

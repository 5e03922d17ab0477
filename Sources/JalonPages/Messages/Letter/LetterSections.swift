import JalonCore

/// A letter's news under their programmes, then what silences hid.
struct LetterSections {
  let told: [ToldNews]
  let silences: [Silence]
  let figures: Figures

  /// Nobody reads more than this; `flags` shows what is left out.
  private static let most = 200

  /// The letter's parts.
  var parts: [LetterBody.Part] {
    let shown = Array(told.prefix(LetterSections.most))
    var parts = programmes(shown.filter { $0.silence == nil })
    for number in Set(told.compactMap(\.silence)).sorted() {
      let hidden = told.filter { $0.silence == number }
      parts.append(.heading(heading(number)))
      parts += opening(number, hidden)
      parts += shown.filter { $0.silence == number }.map { .item($0.item) }
    }
    if told.count > shown.count {
      let others = figures.others(told.count - shown.count)
      parts.append(.paragraph(others + figures.colon + "jalon flags"))
    }
    return parts
  }

  /// By programme, the one with the worst news first.
  private func programmes(_ shown: [ToldNews]) -> [LetterBody.Part] {
    var order: [String] = []
    var groups: [String: [ToldNews]] = [:]
    for news in shown {
      let programme = news.context.decision.alert.alert.programme
      if groups[programme] == nil { order.append(programme) }
      groups[programme, default: []].append(news)
    }
    return order.flatMap { programme -> [LetterBody.Part] in
      let news = groups[programme] ?? []
      return [.heading(name(programme, news))] + news.map { .item($0.item) }
    }
  }

  private func name(_ programme: String, _ news: [ToldNews]) -> String {
    if programme.isEmpty { return figures.say("Le service Jalon", "The service itself") }
    let title = news.lazy.compactMap { $0.plan?.programme.title }.first
    return title.map { "\(programme) — \($0)" } ?? programme
  }

  private func heading(_ number: Int64) -> String {
    figures.say("Fin du silence n° \(number)", "End of silence no. \(number)")
  }

  /// What the silence was, and what became of what it hid.
  private func opening(_ number: Int64, _ hidden: [ToldNews]) -> [LetterBody.Part] {
    let over = hidden.count { $0.isOver }
    let lasting = hidden.count - over
    let count = figures.count(
      hidden.count, ("alerte", "alertes"), ("alert", "alerts"))
    let state =
      figures.count(lasting, ("dure encore", "durent encore"), ("still holds", "still hold"))
      + ", "
      + figures.count(
        over, ("a pris fin entre-temps", "ont pris fin entre-temps"),
        ("has ended meanwhile", "have ended meanwhile"))
    let sum = LetterBody.Part.paragraph(
      figures.say("Ce silence a caché ", "This silence hid ") + count + figures.colon + state
        + ".")
    guard let silence = silences.first(where: { $0.number == number }) else { return [sum] }
    return [.paragraph(figures.words(silence)), sum]
  }
}

extension Figures {
  /// Such as `Demandé par Marie jusqu’au 15/07/2021 pour SNAP3-017 : avenant en cours`.
  func words(_ silence: Silence) -> String {
    let by = silence.by.shown(upTo: Limit.subjectTitle)
    return say("Demandé par ", "Asked for by ") + by
      + say(" jusqu’au ", " until ") + day(silence.until) + say(" pour ", " for ")
      + scope(of: silence) + colon + silence.reason.shown(upTo: Limit.title)
  }

  /// What a silence covers.
  func scope(of silence: Silence) -> String {
    let parts = [
      silence.project,
      silence.programme.map { say("le programme ", "programme ") + $0 },
      silence.kind.map { "« \(name($0, count: 1)) »".typesetInFrench },
    ].compactMap { $0 }
    return parts.isEmpty ? say("tout", "everything") : parts.joined(separator: ", ")
  }
}

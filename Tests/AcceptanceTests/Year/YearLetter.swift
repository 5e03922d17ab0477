import JalonCore

/// One message to one recipient, as the year's expectation and the program's outbox both put it.
struct YearLetter: Hashable, Comparable, CustomStringConvertible {
  let moment: YearMoment
  let recipient: String
  /// `ACTION KIND PROJECT SUBJECT`, sorted; none in a digest.
  let news: [String]
  let isDigest: Bool

  init(_ moment: YearMoment, to recipient: String, news: [String], isDigest: Bool = false) {
    self.moment = moment
    self.recipient = recipient
    self.news = news.sorted()
    self.isDigest = isDigest
  }

  static func < (one: YearLetter, other: YearLetter) -> Bool {
    (one.moment, one.recipient, one.news.count) < (other.moment, other.recipient, other.news.count)
  }

  var description: String {
    "\(moment.day) \(moment.hour), \(recipient): "
      + (isDigest ? "digest" : news.joined(separator: "; "))
  }
}

extension [YearLetter] {
  /// What is here more often than there, each as often as it is.
  func surplus(over other: [YearLetter]) -> [YearLetter] {
    var left = Dictionary(other.map { ($0, 1) }, uniquingKeysWith: +)
    return sorted().filter { letter in
      guard let count = left[letter], count > 0 else { return true }
      left[letter] = count - 1
      return false
    }
  }
}

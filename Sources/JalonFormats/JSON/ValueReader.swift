import JalonCore

/// Single values: texts, words, numbers, dates and periods.
extension ObjectReader {
  /// A text that is not empty.
  mutating func text(_ node: JSONNode?) -> String? {
    guard let node else { return nil }
    guard let text = node.text, !text.utf8.allSatisfy({ $0 <= 0x20 }), !node.isToBeChosen else {
      report(node, .expectedText)
      return nil
    }
    return text
  }

  /// Any text, an empty one too.
  mutating func freeText(_ node: JSONNode?) -> String? {
    guard let node else { return nil }
    if let text = node.text, !node.isToBeChosen { return text }
    report(node, .expectedFreeText)
    return nil
  }

  /// A text that others refer to: without space at its ends, and without control characters.
  mutating func identifier(_ node: JSONNode?) -> String? {
    guard let node, let text = text(node) else { return nil }
    let bytes = text.utf8
    // Cells of reports are trimmed, of no-break spaces too: nobody could ever name it.
    guard node.withText({ $0.trimmed.count == $0.count }), bytes.count <= 200,
      bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
    else {
      report(node, .expectedIdentifier)
      return nil
    }
    return text
  }

  /// `true` or `false`.
  mutating func truth(_ node: JSONNode?) -> Bool? {
    guard let node else { return nil }
    if let truth = node.truth { return truth }
    report(node, .expectedTruth)
    return nil
  }

  /// One word of an enumeration.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: JSONNode?, _ words: Word.Type
  ) -> Word? {
    // No key path: one of a generic type is made anew at each call.
    self.word(node, words) { $0.rawValue }
  }

  /// One of some words, each naming a value.
  ///
  /// Called with a closure: a generic key path is made anew at each call, which perf showed to be
  /// half of all decoding.
  mutating func word<Word: CaseIterable>(
    _ node: JSONNode?, _ words: Word.Type, _ name: (Word) -> String
  ) -> Word? {
    guard let node else { return nil }
    let text = node.text
    if let text, let word = Word.allCases.first(where: { name($0) == text }) { return word }
    let known = Word.allCases.map(name)
    let near = text.flatMap { nearestName(to: $0, among: known) }
    report(node, .expectedWord(node.shown, near: near, known: known))
    return nil
  }

  /// A whole number within bounds; `5.0` and `5e0` are one.
  mutating func whole(_ node: JSONNode?, in range: ClosedRange<Int>) -> Int? {
    guard let node else { return nil }
    if let number = node.wholeNumber, range.contains(number) { return number }
    report(node, .expectedWhole(node.shown, in: range))
    return nil
  }

  /// An exact decimal, as a number or a text, within bounds.
  mutating func quantity(
    _ node: JSONNode?, in range: ClosedRange<Quantity> = ObjectReader.anyQuantity
  ) -> Quantity? {
    guard let node else { return nil }
    guard node.kind == .number || node.kind == .string else {
      report(node, .notAQuantity(node.shown, .notANumber))
      return nil
    }
    let isNumber = node.kind == .number
    switch node.withText({ QuantityNotation.read($0, exponent: isNumber) }) {
    case .success(let quantity) where range.contains(quantity): return quantity
    case .success: report(node, .outside(node.shown, range))
    case .failure(let fault): report(node, .notAQuantity(node.shown, fault))
    }
    return nil
  }

  /// An amount of euros, at least 0.
  mutating func euros(_ node: JSONNode?) -> Quantity? {
    quantity(node, in: .zero...Quantity.maximum)
  }

  static let anyQuantity = Quantity(micros: -Quantity.maximum.micros)...Quantity.maximum

  /// A date.
  mutating func day(_ node: JSONNode?) -> Day? {
    guard let node else { return nil }
    if node.kind == .string, let day = node.withText({ DayNotation.read($0) }) { return day }
    report(node, .expectedDate(node.shown))
    return nil
  }
}

extension JSONNode {
  /// A whole number, however its file writes it.
  fileprivate var wholeNumber: Int? {
    guard let text = numberText else { return nil }
    if let number = Int(text) { return number }
    let read = try? withText { QuantityNotation.read($0, exponent: true) }.get()
    let parts = read?.micros.quotientAndRemainder(dividingBy: 1_000_000)
    return parts.flatMap { $0.remainder == 0 ? Int($0.quotient) : nil }
  }

  /// The value as a message quotes it: short, texts without their quotes.
  var shown: String {
    switch kind {
    case .object: "{…}"
    case .array: "[…]"
    default: String(shown: text ?? source, limit: 80)
    }
  }
}

extension Sentence {
  fileprivate static let expectedText = Sentence(
    french: "il faut un texte entre guillemets, non vide",
    english: "text in double quotes, not empty, was expected")
  fileprivate static let expectedFreeText = Sentence(
    french: "il faut un texte entre guillemets", english: "text in double quotes was expected")
  fileprivate static let expectedIdentifier = Sentence(
    french:
      "il faut un nom sans espace au début ni à la fin, sans saut de ligne, de 200 octets au plus",
    english:
      "a name without space at its ends, without line ends, of at most 200 bytes was expected")
  fileprivate static let expectedTruth = Sentence(
    french: "il faut true ou false, sans guillemets", english: "write true or false, without quotes"
  )

  fileprivate static func expectedWord(_ shown: String, near: String?, known: [String]) -> Sentence
  {
    let list = known.joined(separator: ", ")
    let french = near.map { " ; vouliez-vous dire « \($0) » ?" } ?? " ;"
    let english = near.map { "; did you mean “\($0)”?" } ?? ";"
    return Sentence(
      french: "« \(shown) » n’est pas admis\(french) mots possibles : \(list)",
      english: "“\(shown)” is not allowed\(english) possible words: \(list)")
  }

  fileprivate static func expectedWhole(_ shown: String, in range: ClosedRange<Int>) -> Sentence {
    let (low, high) = (range.lowerBound, range.upperBound)
    return Sentence(
      french: "« \(shown) » : il faut un nombre entier de \(low) à \(high)",
      english: "“\(shown)”: a whole number from \(low) to \(high) was expected")
  }

  fileprivate static func outside(_ shown: String, _ range: ClosedRange<Quantity>) -> Sentence {
    let (low, high) = (range.lowerBound.description, range.upperBound.description)
    return Sentence(
      french: "« \(shown) » : il faut une valeur de \(low) à \(high)",
      english: "“\(shown)”: a value from \(low) to \(high) was expected")
  }

  fileprivate static func notAQuantity(_ shown: String, _ fault: QuantityFault) -> Sentence {
    switch fault {
    case .notANumber:
      Sentence(
        french: "« \(shown) » n’est pas un nombre ; écrivez 1234.5 ou \"1234.5\"",
        english: "“\(shown)” is not a number; write 1234.5 or \"1234.5\"")
    case .exponent:
      Sentence(
        french: "« \(shown) » : écrivez tous les chiffres, sans exposant",
        english: "“\(shown)”: write all the digits, without exponent")
    case .fractionDigits:
      Sentence(
        french: "« \(shown) » : six décimales au plus", english: "“\(shown)”: at most six decimals")
    case .magnitude:
      Sentence(
        french: "« \(shown) » : 9 000 000 000 000 au plus, en plus ou en moins",
        english: "“\(shown)”: at most 9,000,000,000,000 either way")
    }
  }

  fileprivate static func expectedDate(_ shown: String) -> Sentence {
    Sentence(
      french: "« \(shown) » n’est pas une date du calendrier ; écrivez 2021-06-30",
      english: "“\(shown)” is not a date of the calendar; write 2021-06-30")
  }
}

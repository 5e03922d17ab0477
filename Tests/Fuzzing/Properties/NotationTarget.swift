import JalonCore
import JalonFormats
import JalonTesting

extension FuzzTarget {
  /// Periods, days, instants, quantities, addresses, and numbers as a report's cell has them.
  static let notations = FuzzTarget("notations", longest: 256, NotationProperties.check)
}

/// What holds of every short text, whatever it is taken for.
enum NotationProperties {
  @Sendable
  static func check(_ bytes: [UInt8]) throws(BrokenProperty) {
    let text = String(decoding: bytes, as: UTF8.self)
    // Bytes that are not UTF-8 never reach these readers as text, and must do no harm as bytes.
    _ = bytes.withUnsafeBufferPointer { bytes in
      (PeriodNotation.read(bytes), DayNotation.readCell(bytes), QuantityNotation.read(bytes))
    }
    try checkPeriod(text)
    try checkDay(text)
    try checkInstant(text)
    try checkQuantity(text)
    try checkNumber(text)
    try checkAddress(text)
    try checkNames(text)
    try agree(shellUnquoted(shellWord(text)), Array(text.utf8), "a shell reads one word: \(text)")
    if let head = KeptHead(line: text) {
      try agree(text, "\(head.sequence) \(head.digits)", "a kept head is read as it is written")
    }
  }

  /// What a shell makes of a word; empty where it would see anything but one word.
  private static func shellUnquoted(_ word: String) -> [UInt8] {
    var (bytes, isQuoted, rest) = ([UInt8](), false, Array(word.utf8)[...])
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "'"): isQuoted.toggle()
      case _ where isQuoted: bytes.append(byte)
      case UInt8(ascii: "\\"): bytes += rest.popFirst().map { [$0] } ?? []
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: bytes.append(byte)
      default:
        guard "/._-+:@%,=".utf8.contains(byte) else { return [] }
        bytes.append(byte)
      }
    }
    return isQuoted ? [] : bytes
  }

  private static func checkPeriod(_ text: String) throws(BrokenProperty) {
    let period = PeriodNotation.read(text)
    // Cells come without line ends around them.
    let isCell = text.utf8.count <= 32 && !text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    if isCell { try agree(period, NaiveNotations.period(text), "periods, read twice: \(text)") }
    guard let period else { return }
    let printed = period.description
    try agree(PeriodNotation.read(printed), period, "a period is read as it is printed: \(text)")
    try hold(period.start <= period.end, "a period starts before it ends: \(text)")
    for day in [period.start, period.end] {
      try agree(Period(period.cadence, containing: day), period, "a period holds its days")
    }
    let next = period.next
    try agree(next.start, period.end.adding(days: 1), "periods follow each other: \(text)")
  }

  private static func checkDay(_ text: String) throws(BrokenProperty) {
    let (day, cell) = (DayNotation.read(text), readCell(text))
    if text.utf8.count <= 32 {
      try agree(day, NaiveNotations.day(text, inCell: false), "days, read twice: \(text)")
      try agree(cell, NaiveNotations.day(text, inCell: true), "cells' days, read twice: \(text)")
    }
    if let plain = Day(text) { try agree(plain, day, "a plain day is a day: \(text)") }
    guard let day = day ?? cell else { return }
    try agree(Day(day.description), day, "a day is read as it is printed: \(text)")
    let (year, month, number) = day.components
    try agree(Day(year: year, month: month, day: number), day, "a day has its date: \(text)")
    try hold((0..<7).contains(day.weekday) && day.monday <= day, "a day has a Monday: \(text)")
  }

  private static func readCell(_ text: String) -> Day? {
    var text = text
    return text.withUTF8 { DayNotation.readCell($0) }
  }

  private static func checkInstant(_ text: String) throws(BrokenProperty) {
    guard let instant = Instant(text) else { return }
    try agree(Instant(instant.description), instant, "an instant is read as printed: \(text)")
  }

  private static func checkQuantity(_ text: String) throws(BrokenProperty) {
    var copy = text
    let read = try? copy.withUTF8 { QuantityNotation.read($0) }.get()
    // Jalon's own notation of a quantity has no zeros beyond its six decimals.
    let short = NaiveNotations.withoutIdleZeros(text)
    try agree(read, Quantity(short), "quantities, read in two ways: \(text)")
    let naive = NaiveNotations.strictNumber(short).map { Quantity(micros: $0) }
    try agree(read, naive, "quantities, read a third time: \(text)")
    let written = try? copy.withUTF8 { QuantityNotation.read($0, exponent: true) }.get()
    if let long = NaiveNotations.withoutExponent(text) {
      let naive = NaiveNotations.strictNumber(NaiveNotations.withoutIdleZeros(long))
      try agree(written?.micros, naive, "an exponent moves the point: \(text)")
    } else if !text.unicodeScalars.contains(where: { $0 == "e" || $0 == "E" }) {
      try agree(written, read, "without an exponent, none is read: \(text)")
    }
    guard let read = read ?? written else { return }
    try agree(Quantity(read.description), read, "a quantity is read as printed: \(text)")
    try hold(read.micros.magnitude <= Quantity.maximum.micros.magnitude, "it is bounded: \(text)")
  }

  private static func checkAddress(_ text: String) throws(BrokenProperty) {
    guard isMailAddress(text) else { return }
    let isSafe = text.utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && !"<>,;:\\\"()[]".utf8.contains($0)
    }
    try hold(isSafe, "an address holds nothing that a header could mistake: \(text)")
    try agree(mailAddress(ofSender: "Jalon <\(text)>"), text, "an address is found in a sender")
  }

  private static func checkNames(_ text: String) throws(BrokenProperty) {
    if isProjectID(text) {
      let isPlain = text.unicodeScalars.allSatisfy { $0.isASCII && ($0.value >= 0x30 || $0 == "-") }
      try hold(isPlain, "an id can name a folder: \(text)")
    }
    let known = ["periode", "indicateur", "valeur"]
    if let near = nearestName(to: text, among: known) {
      try hold(known.contains(near), "what is suggested is known")
      try hold(text.unicodeScalars.count <= 16, "what is suggested is near: \(text)")
    }
    // Scalar by scalar: a mark behind a space makes one character of both.
    func plain(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.map { $0 == "\u{A0}" ? " " : $0 }
    }
    let typeset = text.typesetInFrench
    try agree(plain(typeset), plain(text), "typesetting moves spaces alone")
    try agree(typeset.typesetInFrench, typeset, "typesetting is done once")
  }
}

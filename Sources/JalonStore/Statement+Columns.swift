internal import CSQLite
internal import JalonCore

// MARK: Columns of the current row, counted from 0

extension Statement {
  /// An integer; 0 where there is none.
  @inline(__always)
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// Whether a column holds nothing.
  @inline(__always)
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// An integer, or nothing.
  @inline(__always)
  func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

  /// A text; empty where there is none.
  func text(_ column: Int32) -> String {
    guard let start = sqlite3_column_text(handle, column) else { return "" }
    let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text, or nothing.
  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// Bytes, copied out of SQLite's page.
  func blob(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(
      UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  /// A SHA-256.
  func digest(_ column: Int32) throws(StoreError) -> Digest {
    guard let digest = Digest(bytes: blob(column)) else {
      throw corrupt("a SHA-256 of \(sqlite3_column_bytes(handle, column)) bytes")
    }
    return digest
  }

  /// What should be a SHA-256, in hexadecimal; empty where it is none.
  func hexadecimal(_ column: Int32) -> String { Digest(bytes: blob(column))?.hexadecimal ?? "" }

  /// An instant, stored in microseconds.
  func instant(_ column: Int32) -> Instant { Instant(microseconds: integer(column)) }

  /// A day, stored by its number.
  func day(_ column: Int32) -> Day { Day(number: Int32(truncatingIfNeeded: integer(column))) }

  /// An instant, or nothing.
  func optionalInstant(_ column: Int32) -> Instant? { isNull(column) ? nil : instant(column) }

  /// A day, or nothing.
  func optionalDay(_ column: Int32) -> Day? { isNull(column) ? nil : day(column) }

  /// A word of a fixed list, stored as its text.
  func word<Word: RawRepresentable<String>>(
    _ column: Int32, _: Word.Type = Word.self
  ) throws(StoreError) -> Word {
    let text = text(column)
    guard let word = Word(rawValue: text) else { throw corrupt("an unknown \(Word.self): \(text)") }
    return word
  }
}

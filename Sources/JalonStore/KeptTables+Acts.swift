public import JalonCore

extension KeptTables {
  /// Acts after one, in order, at most so many.
  public func acts(after number: Int64, limit: Int) throws(StoreError) -> [KeptAct] {
    var statement = try connection.statement(
      """
      SELECT number, project, deed, phase, criterion, indicator, period, verdict, digest,
        takes_back, stood, version, rules, needs_second, asked_by, user, way, reason, at, day
      FROM act WHERE number > ? ORDER BY number LIMIT ?
      """, "reading acts")
    statement.bind(number)
    statement.bind(Int64(max(0, limit)))
    return try statement.all { row in
      let stored = row.optionalInteger(6)
      let period = stored.map(Period.init(stored:))
      return KeptAct(
        number: row.integer(0), project: row.text(1), deed: row.text(2),
        phase: row.optionalText(3), criterion: row.optionalText(4),
        indicator: row.optionalText(5),
        period: period.map { $0.stored == stored ? $0.description : "" },
        verdict: row.optionalText(7), sha256: row.isNull(8) ? nil : row.hexadecimal(8),
        takesBack: row.integer(9), stood: row.optionalText(10), version: row.hexadecimal(11),
        rules: row.integer(12), needsSecond: row.integer(13), word: Self.word(row, from: 14))
    }
  }

  /// Second persons' words, by act, those after one, in order, at most so many.
  public func confirmations(
    after act: Int64, limit: Int
  ) throws(StoreError) -> [(act: Int64, word: KeptAct.Word)] {
    var statement = try connection.statement(
      """
      SELECT act, asked_by, user, way, reason, at, day FROM confirmation
      WHERE act > ? ORDER BY act LIMIT ?
      """, "reading confirmations")
    statement.bind(act)
    statement.bind(Int64(max(0, limit)))
    return try statement.all { row in (row.integer(0), Self.word(row, from: 1)) }
  }

  private static func word(_ row: borrowing Statement, from column: Int32) -> KeptAct.Word {
    KeptAct.Word(
      by: row.text(column), user: row.text(column + 1), way: row.text(column + 2),
      reason: row.text(column + 3), at: row.integer(column + 4), day: row.integer(column + 5))
  }
}

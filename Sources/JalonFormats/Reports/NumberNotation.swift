import JalonCore

/// A number as a file wrote it.
struct WrittenNumber: Equatable {
  /// Its millionths.
  var micros: Int64
  /// How many digits stood after the decimal mark.
  var decimals: Int
}

/// The numbers that spreadsheets and people write (SPEC §6, "Numbers").
///
/// `1350`, `1350,5`, `1 350.5`, `1'350`, `66,67 %` of an indicator in percent. Never guessed:
/// what can be read in two ways is refused with what to write instead.
enum NumberNotation {
  /// The plain notation that almost every cell uses: digits, and at most one mark between them.
  ///
  /// - Returns: `nil` for anything that needs a closer look.
  @inline(__always)
  static func plain(_ cell: Cell) -> WrittenNumber? {
    guard cell.count > 0, cell.count <= 18 else { return nil }
    var (value, mark, index) = (Int64(0), -1, 0)
    while index < cell.count {
      let digit = cell[index] &- 0x30
      if digit <= 9 {
        value = value &* 10 &+ Int64(digit)
      } else {
        guard cell[index] == comma || cell[index] == point, mark < 0, index > 0 else { return nil }
        mark = index
      }
      index += 1
    }
    let decimals = mark < 0 ? 0 : cell.count - mark - 1
    // Twelve digits before the mark always fit.
    let fits = mark < 0 ? cell.count <= 12 : decimals > 0 && mark <= 12
    guard decimals <= 6, fits else { return nil }
    return WrittenNumber(micros: value &* scales[decimals], decimals: decimals)
  }

  /// Reads a cell in full.
  ///
  /// - Parameters:
  ///   - cell: trimmed, not empty.
  ///   - unit: a unit that may follow the number.
  ///   - decimals: the greatest number of digits after the mark.
  /// - Returns: the number, exactly.
  /// - Throws: why it is no number, and what to write instead.
  static func read(
    _ cell: Cell, unit: String = "", decimals: Int = 6
  ) throws(NumberFault) -> WrittenNumber {
    if let number = plain(cell), number.decimals <= decimals { return number }
    // No number is that long, and looking for a unit takes time.
    guard cell.count <= 200 else { throw NumberFault(.noNumber, for: cell) }
    var shape = NumberShape(cell, unit: unit)
    let number = try shape.read()
    guard number.decimals <= decimals else { throw shape.tooFine(number, allowed: decimals) }
    return number
  }

  /// Reads `-?digits[.digits]`, the one notation that JSON files may use.
  static func readStrict(_ cell: Cell, decimals: Int = 6) throws(NumberFault) -> WrittenNumber {
    var index = cell.first == minus ? 1 : 0
    let start = index
    while index < cell.count, isDigit(cell[index]) { index += 1 }
    var isStrict = index > start
    if index < cell.count, isStrict {
      isStrict = cell[index] == point && index + 1 < cell.count
      index += 1
      while index < cell.count, isDigit(cell[index]) { index += 1 }
    }
    if isStrict && index == cell.count { return try read(cell, decimals: decimals) }
    let number = try read(cell)
    throw NumberFault(
      .strict, Quantity(micros: number.micros).description, for: cell)
  }

  static let comma = UInt8(ascii: ",")
  static let point = UInt8(ascii: ".")
  static let minus = UInt8(ascii: "-")
  static let scales: [Int64] = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1]

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
}

/// Why a cell is no number, and what to write instead.
struct NumberFault: Error, Equatable {
  enum Kind {
    case noNumber, unknown, mixedMarks, repeatedMark, exponent, plus, groups, groupsUnsure, mark
    case tooFine, thousands, whole, tooLarge, unit, strict
  }

  let kind: Kind
  /// The cell as it stands.
  let text: String
  /// What to write instead, or what the rule allows.
  let advice: String

  init(_ kind: Kind, _ advice: String = "", for cell: Cell) {
    self.kind = kind
    self.advice = advice
    text = String(shown: cell)
  }

  var message: Sentence { NumberFault.words(kind).with(text, advice) }
}

extension NumberFault {
  static func words(_ kind: Kind) -> Wording {
    switch kind {
    case .noNumber:
      Wording(
        "« {0} » n'est pas un nombre ; écrivez des chiffres, par exemple 1350 ou 66,67",
        "\"{0}\" is not a number; write digits, such as 1350 or 66.67")
    case .unknown:
      Wording(
        "« {0} » n'est pas une valeur ; si elle n'est pas connue, laissez la case vide ; "
          + "si l'indicateur est sans objet pour cette période, écrivez « sans objet »",
        "\"{0}\" is not a value; if it is not known leave the cell empty; "
          + "if it does not apply to this period write \"n/a\"")
    case .mixedMarks:
      Wording(
        "« {0} » mélange le point et la virgule ; écrivez {1}",
        "\"{0}\" mixes the point and the comma; write {1}")
    case .repeatedMark:
      Wording(
        "« {0} » contient plusieurs fois le signe décimal ; écrivez {1}",
        "\"{0}\" holds the decimal mark more than once; write {1}")
    case .exponent:
      Wording(
        "« {0} » est en notation scientifique ; mettez la cellule au format Nombre "
          + "et écrivez tous les chiffres",
        "\"{0}\" is in scientific notation; format the cell as a number and write every digit")
    case .plus:
      Wording(
        "« {0} » commence par un + ; écrivez {1}", "\"{0}\" begins with a +; write {1}")
    case .groups:
      Wording(
        "« {0} » : les milliers ne vont pas par groupes de trois chiffres ; écrivez {1}, "
          + "si c'est bien ce nombre",
        "\"{0}\": thousands do not come in groups of three; write {1}, if that is the number")
    case .groupsUnsure:
      Wording(
        "« {0} » : les milliers sont séparés par des signes différents ou mal placés ; "
          + "écrivez le nombre sans séparateur",
        "\"{0}\": thousands are set apart by different or misplaced marks; "
          + "write the number without any")
    case .mark:
      Wording(
        "« {0} » : il manque un chiffre avant ou après le signe décimal ; écrivez {1}",
        "\"{0}\" lacks a digit before or after the decimal mark; write {1}")
    case .tooFine:
      Wording(
        "« {0} » a trop de décimales ; arrondissez à {1} au plus",
        "\"{0}\" has too many decimals; round it to at most {1}")
    case .thousands:
      Wording(
        "« {0} » se lit comme un nombre à trois décimales, que cet indicateur n'admet pas ; "
          + "si ce sont des milliers, écrivez {1}",
        "\"{0}\" reads as a number with three decimals, which this indicator does not take; "
          + "if they are thousands, write {1}")
    case .whole:
      Wording(
        "« {0} » : cet indicateur se compte en nombres entiers ; écrivez {1}, si c'est bien lui",
        "\"{0}\": this indicator takes whole numbers; write {1}, if that is the number")
    case .tooLarge:
      Wording(
        "« {0} » dépasse 9 000 000 000 000 ; vérifiez le nombre et son unité",
        "\"{0}\" is above 9,000,000,000,000; check the number and its unit")
    case .unit:
      Wording(
        "« {0} » : l'unité de cet indicateur est « {1} » ; donnez le nombre dans cette unité, "
          + "sans écrire autre chose",
        "\"{0}\": this indicator's unit is \"{1}\"; give the number in that unit and nothing else")
    case .strict:
      Wording(
        "« {0} » : en JSON un nombre s'écrit avec un point décimal et sans rien d'autre ; "
          + "écrivez {1}",
        "\"{0}\": a number in JSON has a decimal point and nothing else; write {1}")
    }
  }
}

import JalonCore
import JalonFormats
import Testing

/// One file and the problems that it must have, warnings too; none means accepted in silence.
struct CodeCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let codes: [ProblemCode]
  var told: String? = ReportsFixture.project
  var knowledge = Knowledge()

  var testDescription: String { name }

  init(
    _ name: String, _ text: String, _ codes: ProblemCode..., told: String? = "SNAP3-017",
    knowledge: Knowledge = Knowledge()
  ) {
    self.name = name
    self.text = text
    self.codes = codes
    self.told = told
    self.knowledge = knowledge
  }
}

extension CodeCase {
  private typealias File = ReportsFixture
  private static let header = "periode;indicateur;valeur\n"

  static let csv: [CodeCase] = [
    CodeCase("a good row", File.csv("SNAP3-017;2021-03;postes;;250;;constaté;;;")),
    CodeCase("nothing but a header", File.csv(), .empty),
    CodeCase("no byte at all", "", .empty),
    CodeCase("only blank rows", File.csv(";;;;;;;;;", ""), .empty),
    CodeCase("a template left blank", File.csv(";2021-03;postes;;;;;;;"), .empty, .blank),
    CodeCase("a workbook", "PK\u{3}\u{4}abc", .syntax),
    CodeCase("an open quote", header + "2021-03;postes;\"250\n", .syntax, .lastLine),
    CodeCase("text after a quote", header + "2021-03;postes;\"250\"x\n", .syntax),
    CodeCase("a null byte", header + "2021-03;postes;2\u{0}50\n", .encoding),
    CodeCase("no header", "2021-03;postes;250\n", .header),
    CodeCase("a missing column", "periode;indicateur\n2021-03;postes\n", .header),
    CodeCase("a milestone column alone", "jalon\nM1\n", .header),
    CodeCase("a doubled column", "periode;indicateur;valeur;value\n2021-03;postes;1;1\n", .header),
    CodeCase(
      "an unknown column", "periode;indicateur;valeur;note\n2021-03;postes;1;x\n", .columnUnknown),
    CodeCase("a cell too many", header + "2021-03;postes;250;x\n", .columnCount),
    CodeCase(
      "an unquoted decimal comma", "indicateur,valeur,periode\ndepenses,12,5,2021-03\n",
      .columnCount),
    CodeCase("empty cells too many, as Excel writes", header + "2021-03;postes;250;;;\n"),
    CodeCase("a short row, as Excel writes", File.csv("SNAP3-017;2021-03;postes;;250")),
    CodeCase(
      "a row cut with the file", header + "2021-03;postes;250\n2021-04;pos", .columnCount, .lastLine
    ),
    CodeCase("no last line end", header + "2021-03;postes;250", .lastLine),
    CodeCase("an unknown depot", header + "2021-03;postes;250\n", .projectUnknown, told: "NONE"),
    CodeCase("no project at all", header + "2021-03;postes;250\n", .projectUnknown, told: nil),
    CodeCase(
      "an empty project untold", File.csv(";2021-03;postes;;250;;;;;"), .projectUnknown, told: nil),
    CodeCase(
      "an unknown project untold", File.csv("X;2021-03;postes;;250;;;;;"), .projectUnknown,
      told: nil),
    CodeCase(
      "the project told by its rows", File.csv("SNAP3-017;2021-03;postes;;250;;;;;"), told: nil),
    CodeCase("another's project", File.csv("SNAP3-018;2021-03;postes;;250;;;;;"), .projectForeign),
    CodeCase(
      "two projects untold",
      File.csv("SNAP3-017;2021-03;postes;;250;;;;;", "SNAP3-018;2021-04;postes;;250;;;;;"),
      .projectForeign, told: nil),
    CodeCase("no period", header + "2021-13;postes;250\n", .period),
    CodeCase("an empty period", header + ";postes;250\n", .period),
    CodeCase("a quarter for a month", header + "2021-T1;postes;250\n", .periodCadence),
    CodeCase("a quarter", header + "T1 2021;trimestre;250\n"),
    CodeCase("a month not over", header + "2021-07;postes;250\n", .periodFuture),
    CodeCase("a month long before", header + "2020-12;postes;250\n", .periodBeforeStart),
    CodeCase("an unknown indicator", header + "2021-03;poste;250\n", .indicatorUnknown),
    CodeCase("an indicator in capitals", header + "2021-03;POSTES;250\n"),
    CodeCase("an unknown profile", File.csv(";2021-03;agents;X;1;;;;;"), .profileUnknown),
    CodeCase(
      "profiles as a template writes them, with an apostrophe that keeps spreadsheets from counting",
      File.csv(";2021-03;âges;'-25 ans;1;;;;;", ";2021-03;âges;'+65 ans;2;;;;;")),
    CodeCase(
      "a profile where there are none", File.csv(";2021-03;postes;X;1;;;;;"), .profileUnknown),
    CodeCase(
      "every profile, whatever its accents",
      File.csv(
        ";2021-03;agents;CADRES;1;;;;;", ";2021-03;agents;categorie b;1;;;;;",
        ";2021-03;agents;c;1;;;;;")),
    CodeCase("a profile too few", File.csv(";2021-03;agents;Cadres;1;;;;;"), .profileMissing),
    CodeCase(
      "a total and some profiles",
      File.csv(";2021-03;agents;;9;;;;;", ";2021-03;agents;Cadres;1;;;;;"), .profileMissing),
    CodeCase(
      "profiles that overlap, without total", File.csv(";2021-03;touches;cadres;1;;;;;"),
      .profileMissing),
    CodeCase(
      "profiles that overlap, with a total",
      File.csv(";2021-03;touches;cadres;1;;;;;", ";2021-03;touches;;9;;;;;")),
    CodeCase(
      "an unknown profile is not missing too",
      File.csv(";2021-03;agents;X;1;;;;;", ";2021-03;agents;Cadres;1;;;;;"), .profileUnknown),
    CodeCase(
      "a profile in a row of both kinds is not missing too",
      agents(last: ";agents;C;3;;;M1;2021-03-12;"),
      .rowKind),
    CodeCase(
      "nor one in a row with a cell too many", agents(last: ";agents;C;3;;;;;;trop"), .columnCount),
    CodeCase(
      "nor one in a row about another project", agents(last: ";agents;C;3;;;;;", of: "SNAP3-018"),
      .projectForeign),
    CodeCase("a total alone", File.csv(";2021-03;agents;;9;;;;;")),
    CodeCase("a total that is the sum", agents(total: "6")),
    CodeCase("a total that is not the sum", agents(total: "7"), .totalMismatch),
    CodeCase("a total beside a profile without object", agents(total: "7", last: "s.o.")),
    CodeCase("a rounded mean", usage(total: "66,67")),
    CodeCase("a mean rounded wrongly", usage(total: "66,66"), .totalMismatch),
    CodeCase("a mean rounded to the unit", usage(total: "67")),
    CodeCase("a mean beside it", usage(total: "66"), .totalMismatch),
    CodeCase("a value that is no number", header + "2021-03;postes;beaucoup\n", .value),
    CodeCase("NC for a value", header + "2021-03;postes;NC\n", .value),
    CodeCase("too many decimals", header + "2021-03;postes;1.350\n", .value),
    CodeCase("too great a value", header + "2021-03;depenses;9000000000001\n", .value),
    CodeCase("the greatest value", header + "2021-03;depenses;9000000000000\n"),
    CodeCase("a value below the range", header + "2021-03;postes;-1\n", .valueRange),
    CodeCase("a percentage above 100", header + "2021-03;usage;101\n", .valueRange),
    CodeCase("a negative value in range", header + "2021-03;solde;-999,5 €\n"),
    CodeCase("not applicable", header + "2021-03;postes;Sans Objet\n"),
    CodeCase("a weight where none is used", File.csv(";2021-03;postes;;1;2;;;;"), .weight),
    CodeCase("a weight of zero", File.csv(";2021-03;usage;;1;0;;;;"), .weight),
    CodeCase("a weight too great", File.csv(";2021-03;usage;;1;1000000001;;;;"), .weight),
    CodeCase("a weight", File.csv(";2021-03;usage;;1;1000000000;;;;")),
    CodeCase("an unknown evidence", File.csv(";2021-03;postes;;1;;vu;;;"), .evidence),
    CodeCase(
      "an evidence that goes on",
      File.csv(
        ";2021-03;postes;;1;;audite" + String(repeating: "\u{301}", count: 17) + " si l'on veut;;;"),
      .evidence),
    CodeCase("an evidence in capitals", File.csv(";2021-03;postes;;1;;AUDITE;;;")),
    CodeCase("an unknown milestone", File.csv(";;;;;;;M2;2021-03-12;"), .milestoneUnknown),
    CodeCase("a milestone", File.csv(";;;;;;;m1;12/03/2021;")),
    CodeCase("a withdrawn milestone", File.csv(";;;;;;;M1;-;")),
    CodeCase("no date", File.csv(";;;;;;;M1;31/02/2021;"), .date),
    CodeCase("a date to come", File.csv(";;;;;;;M1;21/07/2021;"), .dateFuture),
    CodeCase(
      "a milestone without date", File.csv(";2021-03;postes;;1;;;;;", ";;;;;;;M1;;"), .blank),
    CodeCase("a row twice", header + "2021-03;postes;250\nmars-21;Postes;250\n", .duplicateRow),
    CodeCase("a milestone twice", File.csv(";;;;;;;M1;2021-03-12;", ";;;;;;;M1;-;"), .duplicateRow),
    CodeCase("both kinds in a row", File.csv(";2021-03;postes;;1;;;M1;2021-03-12;"), .rowKind),
    CodeCase("a comment alone", File.csv(";;;;;;;;;rien"), .rowKind),
    CodeCase("a value without indicator", File.csv(";2021-03;;;1;;;;;"), .rowKind),
    CodeCase("a date without milestone", File.csv(";;;;;;;;2021-03-12;"), .rowKind),
    CodeCase(
      "a running total that falls", header + "2021-03;cumul;9\n2021-04;cumul;8\n",
      .cumulativeDecrease),
    CodeCase(
      "a running total below what was known", header + "2021-04;cumul;29\n", .cumulativeDecrease,
      knowledge: File.known("cumul", [10, 20, 30])),
    CodeCase(
      "a correction above what came after", header + "2021-02;cumul;31\n", .cumulativeDecrease,
      knowledge: File.known("cumul", [10, 20, 30])),
    CodeCase("a blank last row without an end", header + "2021-03;postes;1\n;", .lastLine),
    CodeCase("a header in other letters", "PĒRIODE;İNDİCATEUR;VALEUR\n2021-03;postes;1\n"),
    CodeCase("a running total that rises", header + "2021-03;cumul;8\n2021-04;cumul;9\n"),
    CodeCase(
      "a leap", header + "2021-05;depenses;141\n", .outlier,
      knowledge: File.known("depenses", [10, 20, 30, 40])),
    CodeCase(
      "a leap not too far", header + "2021-05;depenses;140\n",
      knowledge: File.known("depenses", [10, 20, 30, 40])),
    CodeCase(
      "a leap too early to tell", header + "2021-04;depenses;1000\n",
      knowledge: File.known("depenses", [10, 20, 30])),
  ]

  static let json: [CodeCase] = [
    CodeCase("a good file", File.json(row("postes", "250"), milestones: m1("\"2021-03-12\""))),
    CodeCase("nothing in it", File.json(), .empty),
    CodeCase("a null value", File.json(row("postes", "null")), .empty, .blank),
    CodeCase("a trailing comma", "{\"project\": \"SNAP3-017\",}", .syntax),
    CodeCase("a list", "[1]", .syntax),
    CodeCase("a doubled key", "{\"project\": \"SNAP3-017\", \"project\": \"SNAP3-017\"}", .syntax),
    CodeCase(
      "an unknown key", File.json("{\"id\": \"postes\", \"periode\": \"2021-03\", \"value\": 1}"),
      .syntax, .syntax),
    CodeCase("a null byte", "{\"project\": \"\u{0}\"}", .encoding),
    CodeCase(
      "an unknown project", "{\"project\": \"X\", \"indicators\": []}", .projectUnknown, told: nil),
    CodeCase("no project", "{\"indicators\": []}", .projectUnknown, told: nil),
    CodeCase(
      "another's project", "{\"project\": \"SNAP3-018\", \"indicators\": []}", .projectForeign),
    CodeCase("no period", File.json(row("postes", "1", period: "2021-13")), .period),
    CodeCase(
      "a quarter for a month", File.json(row("postes", "1", period: "2021-Q1")), .periodCadence),
    CodeCase("a month not over", File.json(row("postes", "1", period: "2021-07")), .periodFuture),
    CodeCase(
      "a month long before", File.json(row("postes", "1", period: "2020-12")), .periodBeforeStart),
    CodeCase("an unknown indicator", File.json(row("poste", "1")), .indicatorUnknown),
    CodeCase(
      "an unknown profile", File.json(row("agents", "1", "\"profile\": \"X\"")), .profileUnknown),
    CodeCase(
      "a profile too few", File.json(row("agents", "1", "\"profile\": \"C\"")), .profileMissing),
    CodeCase(
      "a profile in a row with a value of another type is not missing too",
      File.json(
        row("agents", "1", "\"profile\": \"Cadres\""), row("agents", "1", "\"profile\": \"C\""),
        row("agents", "true", "\"profile\": \"Catégorie B\"")), .syntax),
    CodeCase(
      "nor one in a row with an unknown key",
      File.json(
        row("agents", "1", "\"profile\": \"Cadres\""), row("agents", "1", "\"profile\": \"C\""),
        row("agents", "1", "\"profil\": \"Catégorie B\"")), .syntax),
    CodeCase(
      "a total that is not the sum",
      File.json(
        row("agents", "7"), row("agents", "1", "\"profile\": \"Cadres\""),
        row("agents", "2", "\"profile\": \"Catégorie B\""),
        row("agents", "3", "\"profile\": \"C\"")), .totalMismatch),
    CodeCase("an exponent", File.json(row("depenses", "1e3")), .value),
    CodeCase("a decimal comma", File.json(row("depenses", "\"12,5\"")), .value),
    CodeCase("a decimal string", File.json(row("depenses", "\"12.5\""))),
    CodeCase("not applicable", File.json(row("depenses", "\"s.o.\""))),
    CodeCase("a truth value", File.json(row("depenses", "true")), .syntax),
    CodeCase("a value below the range", File.json(row("postes", "-1")), .valueRange),
    CodeCase(
      "a weight where none is used", File.json(row("postes", "1", "\"weight\": 2")), .weight),
    CodeCase("a weight", File.json(row("usage", "1", "\"weight\": 2.5"))),
    CodeCase(
      "an unknown evidence", File.json(row("postes", "1", "\"evidence\": \"vu\"")), .evidence),
    CodeCase(
      "an unknown milestone", File.json(milestones: "{\"id\": \"M2\", \"reached\": null}"),
      .milestoneUnknown),
    CodeCase("a withdrawn milestone", File.json(milestones: m1("null"))),
    CodeCase("no date", File.json(milestones: m1("\"demain\"")), .date),
    CodeCase("a date to come", File.json(milestones: m1("\"2021-07-21\"")), .dateFuture),
    CodeCase("a row twice", File.json(row("postes", "1"), row("postes", "1")), .duplicateRow),
    CodeCase("an empty id", File.json(row("", "1")), .rowKind),
    CodeCase(
      "a running total below what was known", File.json(row("cumul", "9")), .cumulativeDecrease,
      knowledge: File.known("cumul", [5, 10])),
    CodeCase(
      "a leap", File.json(row("depenses", "141", period: "2021-05")), .outlier,
      knowledge: File.known("depenses", [10, 20, 30, 40])),
  ]

  private static func row(
    _ id: String, _ value: String, _ more: String = "", period: String = "2021-03"
  ) -> String {
    "{\"id\": \"\(id)\", \"period\": \"\(period)\", \"value\": \(value)"
      + (more.isEmpty ? "" : ", " + more) + "}"
  }

  private static func m1(_ reached: String) -> String {
    "{\"id\": \"M1\", \"reached\": \(reached)}"
  }

  private static func agents(last: String, of project: String = "") -> String {
    File.csv(
      ";2021-03;agents;Cadres;1;;;;;", ";2021-03;agents;Catégorie B;2;;;;;",
      project + ";2021-03" + last)
  }

  private static func agents(total: String, last: String = "3") -> String {
    File.csv(
      ";2021-03;agents;;\(total);;;;;", ";2021-03;agents;Cadres;1;;;;;",
      ";2021-03;agents;Catégorie B;2;;;;;", ";2021-03;agents;C;\(last);;;;;")
  }

  /// 50 weighs 1 and 75 weighs 2: the mean is 66.666 and so on.
  private static func usage(total: String) -> String {
    File.csv(
      ";2021-03;usage;cadres;50;;;;;", ";2021-03;usage;agents;75 %;2;;;;",
      ";2021-03;usage;;\(total);;;;;")
  }
}

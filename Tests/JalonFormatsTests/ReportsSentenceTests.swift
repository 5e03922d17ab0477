import JalonCore
import JalonFormats
import Testing

@Suite("A team without training is told what to change")
struct ReportsSentenceTests {
  /// A row of a file with every column, on line 2, and what the receipt says of it.
  static let mistakes: [(row: String, french: String)] = [
    (
      ";2021-03;depenses;;1.234,5;;;;;",
      "ligne 2, colonne « valeur » : « 1.234,5 » mélange le point et la virgule ; écrivez 1234,5"
    ),
    (
      ";2021-03;postes;;1.350;;;;;",
      "ligne 2, colonne « valeur » : « 1.350 » se lit comme un nombre à trois décimales, que cet "
        + "indicateur n'admet pas ; si ce sont des milliers, écrivez 1350"
    ),
    (
      ";2021-03;postes;;NC;;;;;",
      "ligne 2, colonne « valeur » : « NC » n'est pas une valeur ; si elle n'est pas connue, laissez "
        + "la case vide ; si l'indicateur est sans objet pour cette période, écrivez « sans objet »"
    ),
    (
      ";2021-03;usage;;120;;;;;",
      "ligne 2, colonne « valeur » : « 120 » est hors des limites de l'indicateur « usage », "
        + "qui va de 0 à 100 ; corrigez la valeur"
    ),
    (
      ";2021-03;poste;;1;;;;;",
      "ligne 2, colonne « indicateur » : l'indicateur « poste » n'existe pas dans ce projet ; "
        + "vouliez-vous « postes » ?"
    ),
    (
      ";2021-03;agents;cadre;1;;;;;",
      "ligne 2, colonne « profil » : le profil « cadre » n'existe pas pour cet indicateur ; "
        + "vouliez-vous « Cadres » ?"
    ),
    (
      ";2021-03;agents;C;1;;;;;",
      "ligne 2, colonne « profil » : « agents » pour 2021-03 : donnez soit le total seul, "
        + "soit tous les profils ; il manque : Cadres, Catégorie B"
    ),
    (
      ";2021-08;postes;;1;;;;;",
      "ligne 2, colonne « periode » : la période « 2021-08 » finit le 2021-08-31, après le jour de "
        + "réception (2021-07-20) ; envoyez-la une fois finie, ou corrigez-la"
    ),
    (
      ";2021-T1;postes;;1;;;;;",
      "ligne 2, colonne « periode » : « 2021-T1 » n'est pas un mois, or « postes » se suit par "
        + "mois ; écrivez par exemple 2021-03"
    ),
    (
      ";2021-03;postes;;1;;constate fort;;;",
      "ligne 2, colonne « preuve » : « constate fort » n'est pas un niveau de preuve ; "
        + "écrivez théorique, constaté ou audité"
    ),
    (
      ";2021-03;postes;;1;;constatée;;;",
      "ligne 2, colonne « preuve » : « constatée » n'est pas un niveau de preuve ; "
        + "vouliez-vous « constaté » ?"
    ),
    (
      ";;;;;;;M1;demain;",
      "ligne 2, colonne « date » : « demain » n'est pas une date ; écrivez 2021-06-30 ou 30/06/2021, "
        + "ou « - » pour retirer le jalon"
    ),
    (
      "SNAP3-018;2021-03;postes;;1;;;;;",
      "ligne 2, colonne « projet » : cette ligne parle du projet « SNAP3-018 », alors que ce dépôt "
        + "est celui de « SNAP3-017 » ; retirez-la ou corrigez le projet"
    ),
    (
      ";;;;;;;M9;2021-03-12;",
      "ligne 2, colonne « jalon » : le jalon « M9 » n'existe pas dans ce projet, qui a : "
        + "M1, recette"
    ),
    (
      ";2021-03;postes;;1;;;M1;;",
      "ligne 2 : cette ligne parle à la fois d'un indicateur et d'un jalon ; faites-en deux lignes"
    ),
  ]

  @Test("In French", arguments: mistakes)
  func french(_ row: String, _ sentence: String) {
    let messages = ReportsFixture.read(ReportsFixture.csv(row)).errors.map(\.message.french)
    #expect(messages.map { $0.replacing("\u{A0}", with: " ") } == [sentence])
  }

  @Test("French typography binds marks to words with no-break spaces")
  func typography() {
    let report = ReportsFixture.read(ReportsFixture.csv(";2021-03;poste;;1;;;;;"))
    let message = report.errors.first?.message.french ?? ""
    #expect(message.hasSuffix("vouliez-vous «\u{A0}postes\u{A0}»\u{A0}?"))
    #expect(message.hasPrefix("ligne 2, colonne «\u{A0}indicateur\u{A0}»\u{A0}: "))
  }

  @Test("In English, with the file's own column names")
  func english() {
    let report = ReportsFixture.read("Period,Indicator,Value\n2021-03,depenses,\"1.234,5\"\n")
    #expect(
      report.errors.map(\.message.english)
        == ["line 2, column \"Value\": \"1.234,5\" mixes the point and the comma; write 1234,5"])
    #expect(report.errors.map(\.column) == [3])
  }

  @Test("In JSON, keys take the place of columns")
  func json() {
    let row = "{\"id\": \"poste\", \"period\": \"2021-03\", \"value\": 1}"
    let report = ReportsFixture.read(ReportsFixture.json(row))
    #expect(
      report.errors.map(\.message.english) == [
        "line 3, key \"id\": this project has no indicator \"poste\"; did you mean \"postes\"?"
      ])
    #expect(report.errors.map(\.line) == [3])
  }
}

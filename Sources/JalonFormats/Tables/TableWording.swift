/// What may be wrong with any table that people write, whatever its columns mean.
enum TableWording {
  static let doubled = Wording(
    "la colonne « {0} » figure deux fois ; supprimez-en une",
    "the column \"{0}\" is there twice; remove one")
  static let unknown = Wording(
    "la colonne « {0} » n'est pas connue et n'a pas été lue",
    "the column \"{0}\" is not known and was not read")
  static let brokenQuotes = Wording(
    "un guillemet s'ouvre et ne se ferme pas, ou du texte le suit ; corrigez les guillemets",
    "a quote opens and does not close, or text follows it; mend the quotes")
  static let tooWide = Wording(
    "il y a {0} cases pour {1} colonnes ; supprimez ce qui dépasse à droite, ou mettez entre "
      + "guillemets ce qui contient le séparateur",
    "there are {0} cells for {1} columns; remove what is too much on the right, or put in quotes "
      + "what holds the delimiter")
}

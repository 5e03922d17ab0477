import JalonCore

/// What a JSON text lacked, as data.
extension Sentence {
  static let emptyText = Sentence(
    french: "le fichier ne contient rien ; il faut un objet : { … }",
    english: "the file holds nothing; write one object: { … }")
  static let endOfText = Sentence(
    french: "le fichier devait se terminer après la première valeur ; supprimez ce qui suit",
    english: "the file should end after its first value; remove what follows")
  static let tooLong = Sentence(
    french: "le fichier dépasse 4 Go", english: "the file is over 4 GB")
  static let value = Sentence(
    french: "il manque une valeur : texte entre guillemets, nombre, true, false, null, [ ou {",
    english: "a value was expected: text in double quotes, a number, true, false, null, [ or {")
  static let key = Sentence(
    french: "il manque une clé entre guillemets droits, ou l’accolade fermante }",
    english: "a key in double quotes was expected, or the closing brace }")
  static let colon = Sentence(
    french: "il manque « : » entre la clé et sa valeur",
    english: "“:” was expected between the key and its value")
  static let commaOrBrace = Sentence(
    french: "il manque une virgule avant la clé suivante, ou l’accolade fermante }",
    english: "a comma was expected before the next key, or the closing brace }")
  static let commaOrBracket = Sentence(
    french: "il manque une virgule avant l’élément suivant, ou le crochet fermant ]",
    english: "a comma was expected before the next element, or the closing bracket ]")
  static let trailingComma = Sentence(
    french: "virgule de trop après le dernier élément ; supprimez-la",
    english: "a comma too many after the last element; remove it")
  static let singleQuote = Sentence(
    french: "les textes s’écrivent entre guillemets droits (\"), pas entre apostrophes",
    english: "text is written in double quotes (\"), not single ones")
  static let numberStart = Sentence(
    french: "un nombre commence par un chiffre ou par - ; écrivez 0.5 et non .5, 5 et non +5",
    english: "a number starts with a digit or -; write 0.5, not .5, and 5, not +5")
  static let digit = Sentence(french: "il manque un chiffre", english: "a digit was expected")
  static let leadingZero = Sentence(
    french: "un nombre ne commence pas par un zéro inutile ; écrivez 7, ou \"007\" pour un texte",
    english: "a number has no leading zero; write 7, or \"007\" for text")
  static let noComment = Sentence(
    french: "les commentaires ne sont pas admis dans ce fichier",
    english: "comments are not allowed in this file")
  static let comment = Sentence(
    french: "un commentaire commence par // ou par /*",
    english: "a comment starts with // or /*")
  static let openComment = Sentence(
    french: "ce commentaire n’est pas refermé ; ajoutez */",
    english: "this comment is not closed; add */")
  static let openString = Sentence(
    french: "ce texte n’est pas refermé sur sa ligne ; ajoutez un guillemet droit (\")",
    english: "this text is not closed on its line; add a double quote (\")")
  static let controlCharacter = Sentence(
    french: "caractère de commande dans un texte (une tabulation, peut-être) ; écrivez \\t",
    english: "a control character in a text (a tab, perhaps); write \\t")
  static let escape = Sentence(
    french: "après \\ il faut \" \\ / b f n r t ou u suivi de quatre chiffres hexadécimaux",
    english: "after \\ comes one of \" \\ / b f n r t, or u and four hexadecimal digits")
  static let loneSurrogate = Sentence(
    french: "moitié de caractère (\\uD800 à \\uDFFF) sans l’autre moitié",
    english: "half a character (\\uD800 to \\uDFFF) without its other half")
  static let notUTF8 = Sentence(
    french: "octet qui n’est pas de l’UTF-8 ; enregistrez le fichier en UTF-8",
    english: "a byte that is not UTF-8; save the file as UTF-8")

  static func textStops(_ message: Sentence) -> Sentence {
    Sentence(
      french: "le fichier s’arrête trop tôt : " + message.french,
      english: "the file stops too early: " + message.english)
  }

  static func tooDeep(_ depth: Int) -> Sentence {
    Sentence(
      french: "plus de \(depth) niveaux d’imbrication",
      english: "nested more than \(depth) levels deep")
  }

  static func tooManyValues(_ count: Int) -> Sentence {
    Sentence(
      french: "plus de \(count) valeurs dans un fichier",
      english: "more than \(count) values in one file")
  }
}

public import JalonCore

/// What a team reads beside its receipts when it sent more files than are read in a day.
public struct WaitingPage: Sendable {
  private let filesPerDay: Int
  private let figures: Figures

  /// A page for a door that may send so many files a day.
  public init(filesPerDay: Int, in language: Language) {
    self.filesPerDay = filesPerDay
    figures = Figures(language)
  }

  /// The text, for a person.
  public var text: String {
    let files = figures.whole(filesPerDay)
    return figures.say(
      """
      DES FICHIERS ATTENDENT

      Jalon lit au plus \(files) fichiers par jour dans un même dépôt, et en a déjà lu autant ici.
      Les suivants restent dans le dépôt, dans l’ordre : rien n’est refusé ni perdu, ils seront lus
      au fil des heures. Ce message disparaîtra quand il n’en restera plus.

      Si un programme renvoie tout sans fin, arrêtez-le et retirez du dépôt ce qui est de trop.
      Si ces fichiers ne sont pas les vôtres, prévenez l’équipe de suivi : quelqu’un a votre accès.

      """,
      """
      FILES ARE WAITING

      Jalon reads at most \(files) files a day in one depot, and has read as many here. The next
      ones stay in the depot, in order: nothing is refused or lost, they will be read as the hours
      go by. This message will go away when none is left.

      If a program sends everything over and over, stop it and remove from the depot what is too
      much. If these files are not yours, tell the follow-up team: somebody has your access.

      """)
  }
}

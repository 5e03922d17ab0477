import JalonCore
import JalonDisk
import JalonRound
import JalonStore

/// The round's ports to what is kept, for whoever holds it against the ledger.
enum LiveKept {
  /// How many files of a table one transaction looks up.
  private static let stride = 2_000

  static func notebook(_ connection: Connection) -> KeptNotebook {
    let kept = connection.kept
    return KeptNotebook(
      extent: { try kept.extent() },
      entries: { try connection.ledger.entries(from: $0, limit: $1) },
      submissions: { try kept.submissions($0) }, facts: { try kept.facts(of: $0) },
      submissionNumbers: { try kept.submissionNumbers(after: $0, limit: $1) },
      versions: { try kept.versions(after: $0, limit: $1) },
      recommendations: { try kept.recommendations(after: $0, limit: $1) },
      acts: { try kept.acts(after: $0, limit: $1) },
      confirmations: { try kept.confirmations(after: $0, limit: $1) },
      strayFacts: { body in
        for table in KeptTables.FactTable.allCases {
          var place = KeptTables.FactPlace.start
          while true {
            let files = try kept.filesWithRows(in: table, after: place, limit: stride)
            guard let last = files.last else { break }
            place = last.place
            try body(files.filter { !$0.isAccepted }.map(\.place.submission))
          }
        }
      })
  }

  static func archive(_ archive: Archive) -> KeptArchive {
    KeptArchive(
      digest: { digest in
        var hash = SHA256()
        let isThere = try archive.read(digest.hexadecimal) { hash.update($0) }
        return isThere ? hash.finish() : nil
      },
      names: { try archive.names(beginningWith: $0) })
  }
}

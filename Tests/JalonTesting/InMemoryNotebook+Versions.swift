import JalonCore
import JalonRound

extension InMemoryNotebook {
  var versionsPort: Notebook.Versions {
    Notebook.Versions(
      latestDigests: { kind in
        self.count("latestDigests")
        return Dictionary(
          self.state.versions.filter { $0.version.kind == kind }
            .map { ($0.version.id, (digest: $0.version.digest, path: $0.version.path)) },
          uniquingKeysWith: { _, later in later })
      },
      inForce: { kind, id, instant in
        self.count("version of a \(kind)")
        return self.version(kind, id, at: instant)
      },
      record: { kind, id, path, bytes, digest, at, author in
        self.needsTransaction()
        if kind == .project, self.version(kind, id, at: nil) == nil {
          self.state.projectIDs.append(id)
        }
        let key = Int64(self.state.versions.count + 1)
        self.state.versions.append(
          (
            AdoptedVersion(
              key: key, kind: kind, id: id, path: path, bytes: bytes, digest: digest, at: at),
            author
          ))
      },
      firstAdoption: { self.state.versions.first { $0.version.kind == .project }?.version.at },
      all: { kind, id in
        self.state.versions.filter { $0.version.kind == kind && $0.version.id == id }
          .map { SignedVersion(version: $0.version, author: $0.author) }
      })
  }

  /// The latest by an instant; before the first, the first.
  func version(_ kind: PortfolioKind, _ id: String, at instant: Instant?) -> AdoptedVersion? {
    let all = state.versions.map(\.version).filter { $0.kind == kind && $0.id == id }
    guard let instant else { return all.last }
    return all.last { $0.at <= instant } ?? all.first
  }
}

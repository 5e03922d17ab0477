import JalonCore
import JalonPages
import JalonRound
import JalonTesting

/// A day known to exist, for tests.
func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("no such day: \(text)") }
  return day
}

/// An instant known to exist: an RFC 3339 text, or noon UTC of a day.
func instant(_ text: String) -> Instant {
  let whole = text.utf8.count == 10 ? text + "T12:00:00Z" : text
  guard let instant = Instant(whole) else { preconditionFailure("no such instant: \(text)") }
  return instant
}

/// A world in which the sample programme and project were adopted at the start of 2021.
func sampleWorld(_ language: Language = .french) throws -> InMemoryWorld {
  let world = InMemoryWorld(language: language)
  let report = try world.adopt(
    [SampleFiles.programme(), SampleFiles.project()], at: instant("2021-01-01"))
  precondition(report.errors.isEmpty, "\(report.errors)")
  return world
}

/// A file as it arrives in the sample project's depot, or another's.
func arrival(
  _ bytes: [UInt8], _ file: String = "t1.csv", told: String? = "SNAP3-017",
  receivedAt: Instant? = nil
) -> Arrival {
  Arrival(
    told: told, file: file, name: Array(file.utf8), content: .bytes(bytes, SHA256.hash(bytes)),
    receivedAt: receivedAt)
}

extension PortfolioFile {
  /// The file with one part replaced; the part has to be there.
  func replacing(_ part: String, _ by: String) -> PortfolioFile {
    let text = String(decoding: bytes, as: UTF8.self)
    let pieces = text.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
    precondition(pieces.count == 2, "the sample has no \(part)")
    return PortfolioFile(kind: kind, path: path, bytes: Array((pieces[0] + by + pieces[1]).utf8))
  }
}

extension InMemoryWorld {
  /// Files one report of the sample project.
  @discardableResult
  func receive(
    _ lines: [String], _ file: String = "t1.csv", on received: String,
    told: String? = "SNAP3-017"
  ) throws -> Receipt {
    let header = "indicateur;periode;profil;valeur;preuve;jalon;date"
    let bytes = Array(([header] + lines).joined(separator: "\n").utf8) + [0x0A]
    let filed = try self.file([arrival(bytes, file, told: told)], at: instant(received))
    precondition(filed.count == 1, "one file, one answer")
    return filed[0].receipt
  }

  /// The recommendations of the sample project's gates as of a day, known by its noon.
  func recommendations(
    asOf text: String, knownAt: String? = nil, isPresent: Bool = true, _ id: String = "SNAP3-017"
  ) throws -> [Recommendation] {
    let evaluation = try evaluation(
      asOf: day(text), knownAt: instant(knownAt ?? text), isPresent: isPresent)
    return try evaluation.projects([id], recording: nil)[0].gates.get().map(\.recommendation)
  }
}

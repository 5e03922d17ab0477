import JalonCore
import JalonFormats
import JalonPages
import JalonRound
import JalonTesting

extension FuzzTarget {
  /// Programmes' files, with their checks.
  static let programme = FuzzTarget("programme", longest: 8_192) {
    bytes throws(BrokenProperty) in
    let sample = SampleFiles.project()
    try PortfolioProperties.check([("programmes/p.json", bytes), (sample.path, sample.bytes)])
    let decoded = decodeProgramme(bytes, file: "p.json")
    try PortfolioProperties.check(decoded, bytes) { decodeProgramme($0, file: "p.json") }
    guard let programme = decoded.value else { return }
    let laureate = Laureate(id: "NEW-1")
    try ProjectFileProperties.check(ProjectFilePage(laureate, in: programme).text, id: "NEW-1")
    for language in Language.allCases {
      let page = ProgrammesPage([programme], in: language)
      try hold(!page.text(width: 80).isEmpty, "a programme is shown")
      try hold(!page.markdown.isEmpty, "a programme is shown")
    }
  }

  /// Projects' files, with their checks in a sample programme.
  static let project = FuzzTarget("project", longest: 8_192) { bytes throws(BrokenProperty) in
    let sample = SampleFiles.programme()
    try PortfolioProperties.check([("projects/p.json", bytes), (sample.path, sample.bytes)])
    let decoded = decodeProject(bytes, file: "p.json")
    try PortfolioProperties.check(decoded, bytes) { decodeProject($0, file: "p.json") }
  }

  /// Folders of several files: each begins after a line `%%%% PATH`.
  static let portfolio = FuzzTarget("portfolio", longest: 16_384) { bytes throws(BrokenProperty) in
    try PortfolioProperties.check(PortfolioProperties.files(in: bytes))
  }
}

/// What holds of every portfolio folder.
enum PortfolioProperties {
  static func check(_ files: [(path: String, bytes: [UInt8])]) throws(BrokenProperty) {
    let draft = Draft(files: files)
    let lines = files.map { Spellings.lineCount($0.bytes) }.max() ?? 1
    try Shown.check(draft.result.errors, file: nil, lines: lines)
    try Shown.check(draft.result.warnings, file: nil, lines: lines)
    let names = Set(files.map(\.path))
    let isNamed = (draft.result.errors + draft.result.warnings).allSatisfy {
      names.contains($0.file)
    }
    try hold(isNamed, "a problem names one of the files")
    try agree(draft.result, Draft(files: files.reversed()).result, "the order of files is nothing")
    try checkStrictness(draft, files)
    try checkRefusals(draft)
    for file in draft.projects {
      guard let project = file.value,
        let programme = draft.programmes.lazy.compactMap(\.value).first(where: {
          $0.id == project.programme
        })
      else { continue }
      try PlanProperties.check(Plan(project: project, programme: programme))
    }
  }

  /// Strictness turns warnings into errors, and does nothing else.
  private static func checkStrictness(
    _ draft: Draft, _ files: [(path: String, bytes: [UInt8])]
  ) throws(BrokenProperty) {
    let strict = Draft(files: files, strict: true).result
    let all = Set(draft.result.errors + draft.result.warnings)
    try agree(Set(strict.errors + strict.warnings), all, "strictness finds the same")
    try hold(
      Set(strict.errors).isSuperset(of: draft.result.errors), "strictness forgives nothing")
  }

  /// A file with an error is refused, and no other.
  private static func checkRefusals(_ draft: Draft) throws(BrokenProperty) {
    let refused = Set(draft.result.errors.map(\.file))
    for file in draft.programmes {
      try agree(file.value == nil, refused.contains(file.path), "errors refuse \(file.path)")
    }
    for file in draft.projects {
      try agree(file.value == nil, refused.contains(file.path), "errors refuse \(file.path)")
    }
  }

  /// What holds of one file of any shape that people write.
  static func check<Value: Equatable>(
    _ decoded: Decoded<Value>, _ bytes: [UInt8], _ decode: ([UInt8]) -> Decoded<Value>
  ) throws(BrokenProperty) {
    try hold((decoded.value == nil) == !decoded.problems.isEmpty, "a value, or what is wrong")
    try hold(decoded.problems.count <= 500, "the number of problems is bounded")
    try Shown.check(decoded.problems, file: nil, lines: Spellings.lineCount(bytes))
    var others = [("read again", bytes)]
    if Spellings.plainText(bytes) != nil { others.append(("a mark", Spellings.mark + bytes)) }
    for end in [[0x0D, 0x0A], [0x0D]] as [[UInt8]] {
      if let other = Spellings.ends(bytes, as: end) { others.append(("another line end", other)) }
    }
    for (name, other) in others {
      let again = decode(other)
      try agree(decoded.problems, again.problems, "\(name): the same problems")
      try hold(decoded.value == again.value, "\(name): the same value")
    }
  }

  /// The files that one input holds.
  static func files(in bytes: [UInt8]) -> [(path: String, bytes: [UInt8])] {
    var files: [(path: String, bytes: [UInt8])] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: "%%%% ".utf8) {
        let path = String(decoding: line.dropFirst(5), as: UTF8.self)
        // A folder has each path once, and a name without line ends is the folder's to see to.
        if files.count < 6, Shown.isHarmless(path), !files.contains(where: { $0.path == path }) {
          files.append((path, []))
          continue
        }
      }
      if !files.isEmpty { files[files.count - 1].bytes += line + [0x0A] }
    }
    return files
  }
}

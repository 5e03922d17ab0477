import Foundation

/// The sample project of a programme, changed here and there: what a rule is tried on.
struct SampleVariation {
  /// One change: a place in the project, such as `phases.0.funding`, and the JSON to put there.
  ///
  /// In a list, a number names an element, `*` all of them, and any other word the element of that
  /// id, added when it is not there. `null` removes.
  typealias Edit = (place: String, json: String)

  let programme: String
  private(set) var project: [String: Any]

  /// The sample project of a programme as it is.
  init(of programme: String) throws {
    let folder = Place.samplePortfolio.appendingPathComponent("projects/\(programme)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    guard let name = names.first else { throw TooLate(description: "no project of \(programme)") }
    self.programme = programme
    project = try Self.read(folder.appendingPathComponent(name))
  }

  /// The programme's own file.
  static func rules(of programme: String) -> URL {
    Place.samplePortfolio.appendingPathComponent("programmes/\(programme).json")
  }

  static func read(_ file: URL) throws -> [String: Any] {
    let object = try json(String(contentsOf: file, encoding: .utf8))
    guard let object = object as? [String: Any] else { throw TooLate(description: file.path) }
    return object
  }

  /// Reads JSON with comments on lines of their own and trailing commas, as the samples have them.
  private static func json(_ text: String) throws -> Any {
    let lines = text.split(separator: "\n").filter { $0.firstMatch(of: /^\s*\/\//) == nil }
    let plain = lines.joined(separator: "\n").replacing(/,(\s*[\]}])/) { $0.output.1 }
    return try JSONSerialization.jsonObject(with: Data(plain.utf8), options: .fragmentsAllowed)
  }

  var id: String { project["id"] as? String ?? "" }

  /// Makes it one phase over three years, without anything of its own to judge: what is then asked
  /// of it comes from its programme.
  mutating func leaveToItsProgramme() throws {
    let grant = project["grant"] as? Int ?? 0
    try edit([
      ("dossiers", "null"), ("stopped", "null"), ("indicators", "[]"), ("balance", "0"),
      ("awarded", #""2021-02-10""#), ("funded", #""2021-03-20""#),
      (
        "phases",
        """
        [{ "id": "P1", "title": "Seule", "from": "2021-01-01", "to": "2023-12-31",
           "funding": \(grant), "milestones": [], "gate": { "thresholds": [] } }]
        """
      ),
    ])
  }

  mutating func edit(_ edits: [Edit]) throws {
    for edit in edits {
      let value = try Self.json(edit.json)
      let path = edit.place.split(separator: ".").map(String.init)
      project = Self.put(value, at: path[...], in: project) as? [String: Any] ?? project
    }
  }

  private static func put(_ value: Any, at path: ArraySlice<String>, in node: Any?) -> Any {
    guard let step = path.first else { return value }
    let rest = path.dropFirst()
    if var list = node as? [Any] {
      if step == "*" { return list.map { put(value, at: rest, in: $0) } }
      let place =
        Int(step) ?? list.firstIndex { ($0 as? [String: Any])?["id"] as? String == step }
        ?? list.count
      if place == list.count { list.append(["id": step]) }
      list[place] = put(value, at: rest, in: list[place])
      return list
    }
    var object = node as? [String: Any] ?? [:]
    object[step] = rest.isEmpty && value is NSNull ? nil : put(value, at: rest, in: object[step])
    return object
  }

  /// An installation with this project and its programme alone, the programme byte for byte.
  func installation(locale: String = "en") throws -> Installation {
    let installation = try Installation(locale: locale)
    try Data(contentsOf: Self.rules(of: programme))
      .write(to: installation.portfolio.appendingPathComponent("programmes/\(programme).json"))
    let bytes = try JSONSerialization.data(withJSONObject: project)
    try installation.draw("projects/\(id).json", String(decoding: bytes, as: UTF8.self))
    return installation
  }
}

import Foundation
import Testing

@Suite("The README's second chapter, word for word")
struct ReadmeTests {
  /// The first block of shell commands under a heading.
  private func block(under heading: String) throws -> String {
    let readme = try String(
      contentsOf: Place.repository.appendingPathComponent("README.md"), encoding: .utf8)
    let chapter = try #require(readme.components(separatedBy: "\n## \(heading)\n").last)
    let rest = try #require(chapter.components(separatedBy: "```sh\n").dropFirst().first)
    return try #require(rest.components(separatedBy: "\n```").first)
  }

  @Test("a newcomer sets up a project, and it is judged on its first report")
  func newcomer() async throws {
    let script = try block(under: "Set up a project in a minute")
    let installation = try Installation()
    let root = installation.folder.appendingPathComponent("desk")
    try FileManager.default.createSymbolicLink(
      at: root.appendingPathComponent("config"),
      withDestinationURL: Place.repository.appendingPathComponent("config"))
    let path = Place.binary.deletingLastPathComponent().path + ":/usr/bin:/bin"
    let outcome = try shell(script, in: root, path: path)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("phases[0].funding: à choisir"))
    #expect(outcome.output.contains("0 erreur, 0 alerte"))
    #expect(outcome.output.contains("accepté"))
    #expect(outcome.output.contains("débloquer"))
    #expect(outcome.output.contains("Accordé, 1 projet"))
  }

  private func shell(_ script: String, in folder: URL, path: String) throws -> Outcome {
    try Running.whole(
      "/bin/bash", ["-eu", "-o", "pipefail", "-c", script], environment: ["PATH": path],
      in: folder)
  }
}

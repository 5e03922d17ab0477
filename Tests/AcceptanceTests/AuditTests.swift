import Foundation
import Testing

@Suite("The worked audit of docs/audit.md, word for word")
struct AuditTests {
  /// Every block of shell commands under a heading, in order.
  private func blocks(under heading: String) throws -> [String] {
    let page = try String(
      contentsOf: Place.repository.appendingPathComponent("docs/audit.md"), encoding: .utf8)
    let chapter = try #require(page.components(separatedBy: "\n## \(heading)\n").last)
    return chapter.components(separatedBy: "```sh\n").dropFirst().compactMap {
      $0.components(separatedBy: "\n```").first
    }
  }

  @Test("funds withheld in July, a corrected report in October, a question in 2024")
  func audit() throws {
    let blocks = try blocks(under: "A worked audit")
    try #require(blocks.count == 4)
    let installation = try Installation()
    let root = installation.folder.appendingPathComponent("desk")
    try FileManager.default.createSymbolicLink(
      at: root.appendingPathComponent("config"),
      withDestinationURL: Place.repository.appendingPathComponent("config"))
    let past = try shell(blocks[0], in: root)
    #expect(past.status == 0, "\(past.output)")
    #expect(past.output.contains("phase P1, suspendre"))

    let letter = try shell(configured + blocks[1], in: root)
    #expect(letter.status == 0)
    for words in ["suspendre", "84", "t2.csv", "minimum 100", "C. Roux", "débloquer"] {
      #expect(letter.output.contains(words), "\(words) is not in: \(letter.output)")
    }
    // The very line behind the figure, and what the same day would be judged to be now.
    let plain = letter.output.replacing("\u{A0}", with: " ")
    #expect(plain.contains("t2.csv, ligne 3, J00000001, 2021-07-12T"), "\(plain)")
    let now = letter.output.split(separator: "\n").first {
      $0.contains("l’avis serait aujourd’hui")
    }
    #expect(now?.contains("débloquer (franchi le 30/06/2021)") == true, "\(letter.output)")
    let difference = try shell(configured + blocks[2], in: root)
    #expect(difference.status == 0)
    for words in ["84", "108", "t2-corrige.csv"] {
      #expect(difference.output.contains(words), "\(words) is not in: \(difference.output)")
    }
    let proof = try shell(configured + blocks[3], in: root)
    #expect(proof.status == 0, "\(proof.output)")

    let flags = try shell(configured + "jalon flags", in: root)
    #expect(flags.output.contains("Décisions contredites"), "\(flags.output)")
  }

  private let configured = "export JALON_CONFIG=$PWD/essai/jalon.json\n"

  private func shell(_ script: String, in folder: URL) throws -> Outcome {
    let path = Place.binary.deletingLastPathComponent().path + ":/usr/bin:/bin"
    return try Running.whole(
      "/bin/bash", ["-eu", "-o", "pipefail", "-c", script], environment: ["PATH": path],
      in: folder)
  }
}

import Foundation
import JalonCore
import JalonFormats
import Testing

@Suite("The sample portfolio and configuration pass")
struct SamplePortfolioTests {
  private var config: URL {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 1...4 { folder.deleteLastPathComponent() }
    return folder.appendingPathComponent("config")
  }

  @Test("every file of the sample portfolio is accepted")
  func portfolio() throws {
    let folder = config.appendingPathComponent("portfolio")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let files = try paths.filter { $0.hasSuffix(".json") }.map {
      (path: $0, bytes: [UInt8](try Data(contentsOf: folder.appendingPathComponent($0))))
    }
    let draft = Draft(files: files)
    #expect(draft.result.errors == [])
    #expect(!draft.programmes.isEmpty && !draft.projects.isEmpty)
    #expect(draft.programmes.allSatisfy { $0.value != nil })
    #expect(draft.projects.allSatisfy { $0.value != nil })
    for warning in draft.result.warnings {
      print(warning.file, warning.line ?? 0, warning.path, warning.message.french)
    }
  }

  @Test("the sample configuration is accepted")
  func configuration() throws {
    let bytes = [UInt8](try Data(contentsOf: config.appendingPathComponent("jalon.json")))
    #expect(decodeConfiguration(bytes, file: "jalon.json").problems == [])
  }
}

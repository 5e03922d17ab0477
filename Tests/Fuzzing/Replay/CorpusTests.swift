import FuzzProperties
import Glibc
import Testing

/// The inputs that fuzzing found worth keeping, and every one that ever broke a property.
@Suite("Kept inputs keep every property")
struct CorpusTests {
  private static let folder =
    String(#filePath.dropLast("/Replay/CorpusTests.swift".count)) + "/Corpus/"

  @Test("Each format", arguments: FuzzTarget.all.map(\.name))
  func kept(_ name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let files = names(in: Self.folder + name)
    #expect(files.count >= 10, "the corpus of \(name) is not where it should be")
    for file in files {
      let input = try #require(read("\(Self.folder)\(name)/\(file)"))
      do throws(BrokenProperty) {
        try target.check(input)
      } catch {
        Issue.record("\(name)/\(file): \(error)")
      }
    }
  }

  private func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return count < bytes.count ? Array(bytes[..<count]) : nil
  }
}

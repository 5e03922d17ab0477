import Foundation

/// A team's side of a door: it writes into the depot and reads receipts.
struct Door {
  let folder: URL
  private let desk: URL

  init(_ folder: URL, desk: URL) {
    self.folder = folder
    self.desk = desk.appendingPathComponent("desk")
  }

  var depot: URL { folder.appendingPathComponent("depot") }
  private var receipts: URL { folder.appendingPathComponent("recepisses") }

  // MARK: Putting

  /// Puts a whole file there at once, as a careful client does: written elsewhere, then renamed.
  func rename(_ text: String, to name: String) throws {
    try rename(text, to: Array(name.utf8))
  }

  func rename(_ text: String, to name: [UInt8]) throws {
    let draft = desk.appendingPathComponent(UUID().uuidString)
    try Data(text.utf8).write(to: draft)
    try check("rename", Glibc.rename(draft.path, path(name)))
  }

  /// Writes a file in place and closes it, as a simple client does.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: depot.appendingPathComponent(name))
  }

  /// The C path of a name that need not be UTF-8.
  func path(_ name: [UInt8]) -> [CChar] {
    (Array(depot.path.utf8) + [UInt8(ascii: "/")] + name + [0]).map(CChar.init(bitPattern:))
  }

  func check(_ what: String, _ result: Int32) throws {
    guard result == 0 else {
      throw TooLate(description: "\(what): \(String(cString: strerror(errno)))")
    }
  }

  // MARK: Looking

  /// The names in the depot, those left alone apart.
  func waiting() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: depot.path)
      .filter { !$0.hasPrefix(".refused-") }.sorted()
  }

  /// The names of the receipts.
  func receiptNames() throws -> [String] {
    guard FileManager.default.fileExists(atPath: receipts.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: receipts.path).sorted()
  }

  /// Waits for the receipt of a name.
  func receipt(_ name: String, within seconds: Double = 20) async throws -> Receipt {
    let file = receipts.appendingPathComponent(name + ".receipt.json")
    return try await eventually("a receipt for \(name)", within: seconds) {
      guard let data = try? Data(contentsOf: file) else { return nil }
      return try JSONDecoder().decode(Receipt.self, from: data)
    }
  }

  /// What the receipt of a name says to a person.
  func letter(_ name: String) async throws -> String {
    let file = receipts.appendingPathComponent(name + ".receipt.txt")
    return try await eventually("a letter for \(name)") {
      (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Waits until a name has left the depot.
  func cleared(_ name: String) async throws {
    try await eventually("\(name) leaves the depot") {
      try waiting().contains(name) ? nil : true
    }
  }

  /// Waits until the depot is empty but for what is set aside.
  func empty(within seconds: Double = 20) async throws {
    try await eventually("the depot is empty", within: seconds) {
      try waiting().isEmpty ? true : nil
    }
  }
}

import Foundation

/// Certificates for a server on this machine, made anew by `openssl` for each run of the tests.
public struct Certificates: Sendable {
  /// What may be wrong with a server's certificate.
  public enum Kind: String, CaseIterable, Sendable {
    /// Nothing: for `localhost` and 127.0.0.1, signed by the authority.
    case good
    /// It ended yesterday.
    case expired
    /// Signed by an authority that nobody trusts.
    case foreign
    /// For another host.
    case otherName
  }

  private let folder: URL

  /// The ones of this run; they go when it ends.
  public static let shared = Result { try Certificates() }

  private init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("jalon-certificates-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { if case .success(let made) = Certificates.shared { made.remove() } }
    try makeAuthority("authority")
    try makeAuthority("stranger")
    for kind in Kind.allCases { try make(kind) }
  }

  /// The certificate of the authority that signed all but the foreign one.
  public var authority: String { path("authority.pem") }

  /// The options that make `smtp-server.py` use a certificate.
  public func options(_ kind: Kind) -> [String] {
    ["--certificate", path("\(kind).pem"), "--key", path("\(kind).key")]
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func makeAuthority(_ name: String) throws {
    try openssl(
      ["req", "-x509", "-days", "2", "-subj", "/CN=\(name) of the tests"] + newKey(name)
        + ["-out", path("\(name).pem")])
  }

  private func make(_ kind: Kind) throws {
    let name = kind.rawValue
    let signer = path(kind == .foreign ? "stranger" : "authority")
    let hosts = kind == .otherName ? "DNS:elsewhere.invalid" : "DNS:localhost,IP:127.0.0.1"
    try Data("subjectAltName=\(hosts)\n".utf8).write(to: URL(fileURLWithPath: path("\(name).ext")))
    try openssl(
      ["req", "-new", "-subj", "/CN=test"] + newKey(name) + ["-out", path("\(name).csr")])
    try openssl([
      "x509", "-req", "-in", path("\(name).csr"), "-CA", "\(signer).pem", "-CAkey", "\(signer).key",
      "-CAcreateserial", "-days", kind == .expired ? "-1" : "2", "-extfile", path("\(name).ext"),
      "-out", path("\(name).pem"),
    ])
  }

  private func newKey(_ name: String) -> [String] {
    [
      "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
      path("\(name).key"),
    ]
  }

  private func openssl(_ arguments: [String]) throws {
    let complaint = URL(fileURLWithPath: path("complaint"))
    let process = try ServerProcess(
      ["/usr/bin/openssl"] + arguments, output: complaint, complaint: complaint)
    let made = arguments.last ?? ""
    while process.isRunning { usleep(5_000) }
    guard FileManager.default.fileExists(atPath: made) else {
      let words = try String(contentsOf: complaint, encoding: .utf8)
      throw ServerFailure("openssl \(arguments.joined(separator: " ")): \(words)")
    }
  }
}

internal import CCurl

/// A server's URL, taken apart as libcurl itself will take it apart.
struct ServerAddress {
  /// Whether TLS is spoken from the start.
  let isTLS: Bool
  /// The host, in lower case, as the URL writes it.
  let host: String

  /// Throws `MailError.setting` for what is not `smtp://HOST[:PORT]` or `smtps://HOST[:PORT]`.
  init(_ url: String) throws(MailError) {
    guard let parts = Self.parts(of: url) else {
      throw .setting("the mail server's url has to be smtp://HOST:PORT or smtps://HOST:PORT")
    }
    guard parts.user == nil, parts.password == nil, parts.options == nil else {
      throw .setting("the mail server's url holds a user or password: use user and passwordFile")
    }
    isTLS = parts.scheme == "smtps"
    host = parts.host
  }

  /// Whether nothing that is sent there leaves the machine.
  var isThisMachine: Bool {
    ["localhost", "127.0.0.1", "[::1]"].contains(host)
  }

  private struct Parts {
    let scheme: String
    let host: String
    let user: String?
    let password: String?
    let options: String?
  }

  private static func parts(of url: String) -> Parts? {
    guard !url.utf8.contains(where: { !(0x21...0x7E).contains($0) }), let handle = curl_url() else {
      return nil
    }
    defer { curl_url_cleanup(handle) }
    guard curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
      let scheme = part(CURLUPART_SCHEME, of: handle), ["smtp", "smtps"].contains(scheme),
      let host = part(CURLUPART_HOST, of: handle), !host.isEmpty,
      part(CURLUPART_QUERY, of: handle) == nil, part(CURLUPART_FRAGMENT, of: handle) == nil
    else { return nil }
    return Parts(
      scheme: scheme, host: host.lowercased(), user: part(CURLUPART_USER, of: handle),
      password: part(CURLUPART_PASSWORD, of: handle), options: part(CURLUPART_OPTIONS, of: handle))
  }

  private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}

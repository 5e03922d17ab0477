internal import CCurl
internal import Glibc

/// One libcurl handle and the one connection that it keeps open from message to message.
final class Session {
  private let handle: UnsafeMutableRawPointer
  private let settings: SMTPSettings
  /// Where libcurl writes its own words; it has to outlive the handle.
  private let complaint: UnsafeMutablePointer<CChar>
  /// The first refusal of an option by libcurl: then nothing is sent.
  private var refusal = CURLE_OK
  /// The connection, once there is one.
  private var socket = curl_socket_t(-1)

  /// libcurl asks to be set up once for the process, before anything else; later calls cost nothing.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// A session that has not connected yet; `nil` when there is no memory for one.
  init?(_ settings: SMTPSettings) {
    guard Self.isLibraryReady, let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.settings = settings
    complaint = .allocate(capacity: Int(CURL_ERROR_SIZE))
    complaint.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    set()
  }

  deinit {
    // libcurl says QUIT, and waits for the answer as long as for any other (measured, 7.88): with
    // nothing more to read it does not wait.
    if socket != -1 { shutdown(socket, Int32(SHUT_RD)) }
    curl_easy_cleanup(handle)
    complaint.deallocate()
  }

  /// How one transfer went.
  struct Result {
    let verdict: Verdict
    /// Whether it used a connection that an earlier one had opened.
    let usedOldConnection: Bool
  }

  /// Sends one message.
  func send(_ envelope: Envelope, _ message: [UInt8], secrets: Secrets) -> Result {
    let recipients = curl_slist_append(nil, envelope.recipient)
    defer { curl_slist_free_all(recipients) }
    set(CURLOPT_MAIL_FROM, envelope.sender)
    jalon_curl_set_pointer(handle, CURLOPT_MAIL_RCPT, recipients)
    setAnswerTimeout(settings.timeoutSeconds)
    let transfer = Transfer(message, secrets: secrets) { [unowned self] turn in
      switch turn {
      case .handedOut: setAnswerTimeout(settings.transferSeconds)
      case .leaving: setAnswerTimeout(1)
      }
    }
    transfer.attach(to: handle)
    complaint[0] = 0
    let result = withExtendedLifetime(transfer) {
      refusal == CURLE_OK ? curl_easy_perform(handle) : refusal
    }
    jalon_curl_set_pointer(handle, CURLOPT_MAIL_RCPT, nil)
    if jalon_curl_get_socket(handle, &socket) != CURLE_OK { socket = -1 }
    var opened = 0
    jalon_curl_get_long(handle, CURLINFO_NUM_CONNECTS, &opened)
    let verdict = Verdict(
      result: result, conversation: transfer.conversation, complaint: words(for: result))
    return Result(verdict: verdict, usedOldConnection: opened == 0)
  }

  private func words(for result: CURLcode) -> String {
    complaint[0] == 0 ? String(cString: curl_easy_strerror(result)) : String(cString: complaint)
  }

  /// Looked at anew by libcurl each time that it begins to wait for an answer.
  private func setAnswerTimeout(_ seconds: Int) {
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, seconds)
  }

  private func set() {
    jalon_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, complaint)
    set(CURLOPT_URL, settings.url)
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_UPLOAD, 1)
    // For the listener: nothing is printed.
    set(CURLOPT_VERBOSE, 1)
    set(CURLOPT_CONNECTTIMEOUT, settings.timeoutSeconds)
    set(CURLOPT_TIMEOUT, settings.transferSeconds)
    setTLS()
    guard let user = settings.user, let password = settings.password else { return }
    set(CURLOPT_USERNAME, user)
    set(CURLOPT_PASSWORD, password)
    // libcurl would try Kerberos first where a server offers it, and give up when it fails.
    set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
  }

  private func setTLS() {
    let isRequired = settings.startTLS == .required
    set(CURLOPT_USE_SSL, Int((isRequired ? CURLUSESSL_ALL : CURLUSESSL_NONE).rawValue))
    set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    guard let caFile = settings.caFile else { return }
    set(CURLOPT_CAINFO, caFile)
    // The system's certificates are in a folder too, which would still be trusted.
    set(CURLOPT_CAPATH, nil)
  }

  private func set(_ option: CURLoption, _ value: Int) {
    note(jalon_curl_set_long(handle, option, value))
  }

  private func set(_ option: CURLoption, _ value: String?) {
    note(jalon_curl_set_string(handle, option, value))
  }

  private func note(_ result: CURLcode) {
    if refusal == CURLE_OK { refusal = result }
  }
}

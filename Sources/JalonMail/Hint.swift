internal import CCurl

/// What to do about the common failures, for whoever reads the log.
enum Hint: String, CaseIterable {
  case notRunning = "is the server running, and does url name its port?"
  case unknownHost = "is the host in url spelt right?"
  case expired = "the server's certificate has to be renewed"
  case untrusted = "name in caFile the authority that signed the server's certificate"
  case otherName = "write in url the name that stands in the server's certificate"
  case authorities = "caFile has to be a readable file of certificates in PEM"
  case noTLS = "smtps:// wants a port that speaks TLS 1.2 from the start, mostly 465"
  case noStartTLS = """
    the server offers no STARTTLS; use smtps://, or startTLS never only for a relay on this machine
    """
  case startTLSFailed = "the server does not turn to TLS although it offers it"
  case signIn = "check user and passwordFile"
  case needsSignIn = "the server wants user and passwordFile, or TLS"
  case slow = "the server did not answer in time"
  case closed = "the server closed the connection"
  case unclear = "the connection ended before the server confirmed the message: it may have it"

  /// What fits how a transfer ended; `nil` where the words say enough.
  init?(_ verdict: Verdict) {
    let conversation = verdict.conversation
    if let code = conversation.refusal {
      guard let hint = Self.hint(code, at: conversation.step) else { return nil }
      self = hint
      return
    }
    guard let hint = Self.hint(verdict.result, at: conversation.step, verdict.complaint) else {
      return nil
    }
    self = hint
  }

  private static func hint(_ code: Int, at step: SMTPStep) -> Hint? {
    switch step {
    case .authentication: code == 421 ? nil : .signIn
    case .startTLS: .startTLSFailed
    default: [530, 534, 535, 538].contains(code) ? .needsSignIn : nil
    }
  }

  private static func hint(_ result: CURLcode, at step: SMTPStep, _ complaint: String) -> Hint? {
    switch result {
    case CURLE_COULDNT_CONNECT: .notRunning
    case CURLE_COULDNT_RESOLVE_HOST: .unknownHost
    case CURLE_PEER_FAILED_VERIFICATION: certificate(complaint)
    case CURLE_SSL_CACERT_BADFILE: .authorities
    case CURLE_SSL_CONNECT_ERROR: step == .connect ? .noTLS : .startTLSFailed
    case CURLE_USE_SSL_FAILED: .noStartTLS
    case CURLE_LOGIN_DENIED: .signIn
    case _ where step == .endOfData: .unclear
    case CURLE_OPERATION_TIMEDOUT: .slow
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING: .closed
    default: nil
    }
  }

  /// Which of its faults a certificate has, by OpenSSL's words in libcurl's complaint.
  private static func certificate(_ complaint: String) -> Hint {
    if complaint.contains("expired") { return .expired }
    return complaint.contains("subject name") ? .otherName : .untrusted
  }
}

import JalonCore

extension ProjectRule {
  /// The team's addresses are well-formed.
  static let addresses = ProjectRule { context, findings in
    findings.checkAddresses(context.project.contacts, at: "contacts")
  }
}

extension Findings {
  /// Reports addresses that no mail could reach.
  mutating func checkAddresses(_ addresses: [String], at path: String) {
    for (index, address) in addresses.enumerated() where !isMailAddress(address) {
      error("\(path)[\(index)]", .malformedAddress(address))
    }
  }
}

/// Whether a text is a plain e-mail address: `name@domain`, in ASCII, without quoting.
///
/// Narrower than RFC 5321 on purpose: what is left out is a mistake far more often than an address,
/// and a line end or an angle bracket must never come near a mail header. The domain has a dot, or
/// is `localhost`.
public func isMailAddress(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
  guard bytes.count <= 254, parts.count == 2, (1...64).contains(parts[0].count) else {
    return false
  }
  let names = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  guard labels.count > 1 || parts[1].elementsEqual("localhost".utf8) else { return false }
  return names.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAddressByte) }
    && labels.allSatisfy {
      (1...63).contains($0.count) && $0.allSatisfy(isDomainByte)
        && $0.first != UInt8(ascii: "-") && $0.last != UInt8(ascii: "-")
    }
}

/// The address alone of a sender written as an address or as `Name <address>`.
public func mailAddress(ofSender sender: String) -> String {
  guard sender.hasSuffix(">"), let open = sender.lastIndex(of: "<") else { return sender }
  return String(sender[sender.index(after: open)...].dropLast())
}

private func isDomainByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
  default: false
  }
}

private func isAddressByte(_ byte: UInt8) -> Bool {
  isDomainByte(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
}

extension Sentence {
  fileprivate static func malformedAddress(_ address: String) -> Sentence {
    Sentence(
      french:
        "« \(address) » n’est pas une adresse ; écrivez prenom.nom@exemple.gouv.fr, sans plus",
      english: "“\(address)” is not an address; write first.last@example.org and nothing else")
  }
}

/// A text as one word of a shell's command line, quoted only where it has to be.
public func shellWord(_ text: String) -> String {
  let isPlain =
    !text.isEmpty
    && text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-+:@%,=".utf8.contains(byte)
      }
    }
  guard !isPlain else { return text }
  // Inside single quotes nothing is special but the quote itself; with an accent upon it, it is
  // another character to Swift, and the same byte to the shell.
  var quoted = ""
  for scalar in text.unicodeScalars {
    if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
  }
  return "'" + quoted + "'"
}

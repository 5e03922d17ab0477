/// A text that somebody could put where a title, a name or a reason is expected.
struct HostileText: CustomStringConvertible, Sendable {
  let description: String
  let text: String

  static let all: [HostileText] = [
    HostileText("a header", "a\r\nBcc: x@evil.example\r\n\r\n<p>corps"),
    HostileText("a bare line feed", "a\nBcc: x@evil.example"),
    HostileText("NUL and a terminal's commands", "a\u{0}b\u{1B}[31mc\u{7}\u{9B}2J\u{85}\u{2028}d"),
    HostileText("a script", "<script>alert(1)</script>"),
    HostileText("out of an attribute", "\"><img src=x onerror=alert(1)>' onload='alert(1)"),
    HostileText("out of a comment", "--><script>alert(1)</script><!-- [endif]"),
    HostileText("entities", "&lt;script&gt; &amp;#60;"),
    HostileText("text from right to left", "a\u{202E}gpj.exe\u{2066}b\u{2069}\u{200F}\u{200E}c"),
    HostileText("hidden text", "a\u{200B}b\u{FEFF}c\u{E0041}d"),
    HostileText("an encoded word", "=?utf-8?q?a=0D=0ABcc:_x@evil.example?="),
    HostileText("a boundary", "--=_0000\r\n--=_0000--"),
    HostileText("another event", "x\nEND:VEVENT\nBEGIN:VEVENT\nATTACH:https://evil.example/"),
    HostileText("a calendar's marks", "a,b;c\\d\\n:e"),
    HostileText("other recipients", "a@x.example>, <b@evil.example"),
    HostileText("two addresses", "a@x.example, b@evil.example"),
    HostileText("a link", "javascript:alert(1)"),
    HostileText("10 kB without a space", String(repeating: "x", count: 10_000)),
    HostileText("10 kB of tags", String(repeating: "<b>", count: 3_400)),
    HostileText("10 kB of accents", "e" + String(repeating: "\u{301}", count: 5_000)),
    HostileText("10 kB of line ends", String(repeating: "\r\n", count: 5_000)),
    HostileText("10 kB of families", String(repeating: "👩‍👩‍👧‍👦", count: 400)),
    HostileText("nothing", ""),
  ]

  private init(_ description: String, _ text: String) {
    (self.description, self.text) = (description, text)
  }
}

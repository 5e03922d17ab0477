extension String {
  /// A French text typed with ordinary spaces, with no-break spaces before `: ; ? ! »` and after `«`.
  ///
  /// For wording only: what a team wrote is quoted as it stands.
  public var typesetInFrench: String {
    let scalars = Array(unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let isBound =
        scalar == " "
        && (":;?!»".unicodeScalars.contains(next) || (index > 0 && scalars[index - 1] == "«"))
      result.append(isBound ? "\u{A0}" : scalar)
    }
    return String(result)
  }
}

extension Sentence {
  /// A sentence whose French is typed with ordinary spaces.
  public var typeset: Sentence { Sentence(french: french.typesetInFrench, english: english) }
}

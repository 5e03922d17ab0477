/// Which of the portfolio's two folders a file lives in.
public enum PortfolioKind: String, CaseIterable, Sendable {
  case programme
  case project
}

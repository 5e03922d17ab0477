/// The sorts of teams.
///
/// What to know to follow them: reports are due at the end of a quarter with 15 days of grace, so
/// late on 16 April, 16 July and 16 October, and a word comes ten days before, on the 5th. M1 is due
/// on 31 March (a word on the 21st) and late on 16 April, with the first quarter's report. The first
/// gate is on 30 June and asks for M1 and for 100 agents, so that the agents' reports bind; from
/// 16 July its money is withheld. The second one asks for M2, due on 15 December (a word on the 5th),
/// and for 120 agents. A late report goes to the follow-up team 15 days later.
enum YearStories {
  /// Everything early: nobody ever writes to them.
  static let early = """
    sends 03-15 M1=2021-03-12
    sends 04-{d} Q1 60 10000
    sends 07-{d} Q2 120 15000
    follow-up gate-released P1 07-{d}e
    sends 10-{d} Q3 130 20000
    sends 11-22 M2=2021-11-20
    """

  /// Everything in time, and nothing before it has to be.
  static let punctual = """
    team due-soon milestone:M1 03-21 until 04-01
    team due-soon report:2021-03-31 04-05 until 04-{d}e
    sends 04-{d} Q1 60 10000 M1=2021-03-12
    team due-soon report:2021-06-30 07-05 until 07-{d}e
    sends 07-{d} Q2 120 15000
    follow-up gate-released P1 07-{d}e
    team due-soon report:2021-09-30 10-05 until 10-{d}e
    sends 10-{d} Q3 130 20000
    team due-soon milestone:M2 12-05 until 12-12e
    sends 12-12 M2=2021-12-10
    """

  /// Every report twenty days after the quarter.
  static let late = """
    sends 03-15 M1=2021-03-12
    team due-soon report:2021-03-31 04-05 until 04-16
    team report-overdue 2021-03-31 04-16 until 04-20e
    follow-up gate-at-risk P1 04-16 until 04-20e
    sends 04-20 Q1 60 10000
    team due-soon report:2021-06-30 07-05 until 07-16
    team report-overdue 2021-06-30 07-16 until 07-20e
    follow-up gate-withhold P1 07-16 until 07-20e superseded
    sends 07-20 Q2 120 15000
    follow-up gate-released P1 07-20e
    team due-soon report:2021-09-30 10-05 until 10-16
    team report-overdue 2021-09-30 10-16 until 10-20e
    follow-up gate-at-risk P2 10-16 until 10-20e
    sends 10-20 Q3 130 20000
    sends 11-22 M2=2021-11-20
    """

  /// Never heard of again after the first quarter.
  static let silent = """
    team due-soon milestone:M1 03-21 until 04-01
    sends 04-03 Q1 60 10000 M1=2021-03-12
    team due-soon report:2021-06-30 07-05 until 07-16
    team report-overdue 2021-06-30 07-16
    follow-up gate-withhold P1 07-16
    follow-up report-overdue 2021-06-30 07-31
    team due-soon report:2021-09-30 10-05 until 10-16
    team report-overdue 2021-09-30 10-16
    follow-up report-overdue 2021-09-30 10-31
    """

  /// The first milestone seven weeks late.
  static let slipping = """
    team due-soon milestone:M1 03-21 until 04-01
    sends 04-03 Q1 60 10000
    team milestone-overdue M1 04-16 until 05-20e
    follow-up gate-at-risk P1 04-16 until 05-20e
    sends 05-20 M1=2021-05-18
    sends 07-03 Q2 120 15000
    follow-up gate-released P1 07-03e
    sends 10-03 Q3 130 20000
    sends 11-22 M2=2021-11-20
    """

  /// The same where no money is at stake: nobody is told of the gate, and the milestone escalates.
  static let unfunded = """
    unfunded
    team due-soon milestone:M1 03-21 until 04-01
    sends 04-03 Q1 60 10000
    team milestone-overdue M1 04-16 until 05-20e
    follow-up milestone-overdue M1 05-01 until 05-20e
    sends 05-20 M1=2021-05-18
    sends 07-03 Q2 120 15000
    sends 10-03 Q3 130 20000
    sends 11-22 M2=2021-11-20
    """

  /// Files with errors, sent again until they are right.
  static let rejected = """
    sends 03-15 M1=2021-03-12
    team due-soon report:2021-03-31 04-05 until 04-16
    team report-overdue 2021-03-31 04-16 until 04-20e
    follow-up gate-at-risk P1 04-16 until 04-20e
    sends 04-18 bad
    team file-rejected 04-18 04-18e until 04-20e
    sends 04-20 Q1 60 10000
    team due-soon report:2021-06-30 07-05 until 07-10e
    sends 07-08 bad
    team file-rejected 07-08 07-08e until 07-10e
    sends 07-09 bad
    team file-rejected 07-09 07-09e until 07-10e
    sends 07-10 Q2 120 15000
    follow-up gate-released P1 07-10e
    sends 10-03 Q3 130 20000
    sends 11-22 M2=2021-11-20
    """

  /// Too few agents at the gate; the figure is corrected in October.
  static let short = """
    sends 03-15 M1=2021-03-12
    sends 04-03 Q1 60 10000
    sends 07-03 Q2 80 15000
    follow-up gate-withhold P1 07-16 until 10-04e superseded
    sends 10-04 Q2 120 15000 Q3 130 20000
    follow-up gate-released P1 10-04e
    sends 11-22 M2=2021-11-20
    """

  /// Half a year of hardly any spending, made up for in the third quarter.
  static let straying = """
    sends 03-15 M1=2021-03-12
    sends 04-03 Q1 60 2000
    follow-up deviation-strong depenses 04-03e until 10-03e
    sends 07-03 Q2 120 3000
    follow-up gate-released P1 07-03e
    sends 10-03 Q3 130 40000
    sends 11-22 M2=2021-11-20
    """

  /// Late, and left alone for two months by agreement; still late after that.
  static let excused = """
    team due-soon milestone:M1 03-21 until 04-01
    sends 04-03 Q1 60 10000 M1=2021-03-12
    team due-soon report:2021-06-30 07-05 until 07-16
    team report-overdue 2021-06-30 07-16 until 10-06e
    follow-up gate-withhold P1 07-16 until 10-06e superseded
    silent 07-20 until 09-19
    follow-up report-overdue 2021-06-30 07-31 until 10-06e
    team due-soon report:2021-09-30 10-05 until 10-06e
    sends 10-06 Q2 120 15000 Q3 130 20000
    follow-up gate-released P1 10-06e
    sends 11-22 M2=2021-11-20
    """

  /// The same, but all is well before the silence ends.
  static let mended = """
    team due-soon milestone:M1 03-21 until 04-01
    sends 04-03 Q1 60 10000 M1=2021-03-12
    team due-soon report:2021-06-30 07-05 until 07-16
    team report-overdue 2021-06-30 07-16 until 08-10e
    follow-up gate-withhold P1 07-16 until 08-10e superseded
    silent 07-20 until 09-19
    follow-up report-overdue 2021-06-30 07-31 until 08-10e
    sends 08-10 Q2 120 15000
    follow-up gate-released P1 08-10e
    sends 10-03 Q3 130 20000
    sends 11-22 M2=2021-11-20
    """

  /// Late in July, and given up in August.
  static let stopped = """
    team due-soon milestone:M1 03-21 until 04-01
    sends 04-03 Q1 60 10000 M1=2021-03-12
    team due-soon report:2021-06-30 07-05 until 07-16
    team report-overdue 2021-06-30 07-16 until 08-15
    follow-up gate-withhold P1 07-16 until 08-15
    follow-up report-overdue 2021-06-30 07-31 until 08-15
    stops 08-15
    """

  /// How many teams of each sort there are; fifty in all.
  static let all: [(name: String, teams: Int, text: String)] = [
    ("early", 12, early), ("punctual", 12, punctual), ("late", 5, late), ("silent", 4, silent),
    ("slipping", 3, slipping), ("unfunded", 1, unfunded), ("rejected", 3, rejected),
    ("short", 3, short),
    ("straying", 3, straying), ("excused", 1, excused), ("mended", 1, mended),
    ("stopped", 2, stopped),
  ]
}

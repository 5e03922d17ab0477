#!/usr/bin/env python3
"""Kills Jalon at every system call of its mail, and looks whether a message was lost or doubled.

In a scratch installation with five messages to send: `courier --once` into a Maildir, and to a mail
server of the campaign's own, which notes a message before it says that it has it; `evaluate`, which
queues them; and `ingest` of a file that is refused, of which the team is told. Each is killed at its
first system call, at its second, and so on until it ends by itself, and is then run again,
undisturbed. What has to be so afterwards:

- every message has come, unchanged, under its own Message-ID; in a Maildir once, at a server at most
  one of them twice for each kill, for SMTP leaves that open;
- what was told of alerts is what a run without any kill tells, once, and at no moment half of it;
- a refused file has its alert and its message, or was never received.

Needs Python 3 alone; reads the names of system calls from the C headers where they are there.
"""

import sys

from killing import Examination, run_campaigns
from mail_scenarios import SCENARIOS

EXAMINATION = Examination(
    outcome=lambda run: run.outcome(),
    violations=lambda run, expected: run.violations(expected),
    violations_before=lambda run, expected: run.violations_before(expected))

if __name__ == "__main__":
    sys.exit(run_campaigns(SCENARIOS, EXAMINATION, __doc__.splitlines()[0]))

#!/usr/bin/env python3
"""Lets a mail server fail at every step in every way, and looks what becomes of five messages.

`courier --once` meets Postfix's smtp-sink, which fails at one step in one way; two hours later, by
libfaketime, `courier --once` meets a healthy one. What was refused for good is then put back by
`mail --retry all` and sent once more. The table of what became of the messages is compared with
Expected/mail-faults.txt; `--write` writes it instead.

Needs smtp-sink (postfix) and faketime. The whole form has one row more, which takes 30 seconds.
"""

import argparse
import json
import shutil
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mail_scenarios
from installation import Installation, find_binary, scratch_folder
from sink import Sink

EXPECTED = Path(__file__).parent / "Expected/mail-faults.txt"
STEPS = ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", ".", "QUIT"]
WAYS = {"soft": "-r", "hard": "-f", "drop": "-q", "closing": "-Q", "tarpit": "-W"}
# A whole transfer may take ten times as long as an answer, and three are tried.
SLOW = (".", "tarpit")
LATER = ["faketime", "-f", "+2h"]
HEADING = """\
# Five messages, `courier --once` to an smtp-sink that fails at a step in a way; two hours later
# again, to a healthy one; then, where something was refused, `mail --retry all` and once more.
# soft: 4xx. hard: 5xx. drop: closes without a word. closing: 421. tarpit: never answers.
# exit: that of the courier. sent, wait, refused: as the outbox has them. whole: messages that came
# whole, taken or not. lost: neither taken in the end nor shown by `mail`, before any retry. twice:
# taken twice, if what came whole and got no answer was taken.
#                  failing                      two hours later        retried
# at       way      exit sent wait refused whole  exit sent refused whole  whole  lost twice
"""


class Case:
    """One way to fail at one step."""

    def __init__(self, template, step, way):
        self.step, self.way = step, way
        self.is_refused_when_whole = step == "." and way in ("soft", "hard", "closing")
        self.is_unclear = step == "." and way in ("drop", "tarpit")
        self.name = f"{step} {way}"
        self.installation = template.copy(
            template.folder.parent / f"{STEPS.index(step)}-{way}")
        self.contents = {row[1]: row[4] for row in mail_scenarios.messages(template)}
        self.taken = Counter()
        self.faults = []

    def run(self):
        """Runs it; gives its row of the table, and what no table can be right about."""
        options = [WAYS[self.way], self.step + (":600" if self.way == "tarpit" else "")]
        patience = 2 if self.way == "tarpit" and self.step != "." else 1 if self.way == "tarpit" \
            else 20
        failing = self.send(options, patience)
        later = self.send([], 20, LATER)
        lost = self.lost()
        retried = "-"
        if later["refused"]:
            self.installation.command("mail", "--retry", "all")
            retried = self.send([], 20, LATER)["whole"]
            if retried != later["refused"]:
                self.faults.append(f"{self.name}: retried {later['refused']}, came {retried}")
        doubled = sum(count > 1 for count in self.taken.values())
        self.judge(lost, doubled)
        shutil.rmtree(self.installation.folder)
        return (f"{self.step:<8}   {self.way:<8} {failing['exit']:>4} {failing['sent']:>4}"
                f" {failing['waiting']:>4} {failing['refused']:>7} {failing['whole']:>5}"
                f" {later['exit']:>5} {later['sent']:>4} {later['refused']:>7} {later['whole']:>5}"
                f" {retried:>6} {lost:>5} {doubled:>5}"), self.faults

    def send(self, options, patience, before=()):
        """Meets one server; gives the exit status, the outbox's states and how many came whole."""
        with Sink(self.installation.folder / "sink", *options) as sink:
            self.installation.write("jalon.json", {
                **json.loads((self.installation.folder / "jalon.json").read_text()),
                "mail": {"transport": "smtp", "from": mail_scenarios.SENDER, "smtp": {
                    "url": f"smtp://127.0.0.1:{sink.port}", "startTLS": "never",
                    "timeoutSeconds": patience}}})
            done = self.installation.command("courier", "--once", expected=(0, 1, 75),
                                             before=before)
            counts, altered = sink.whole(self.contents)
        if altered:
            self.faults.append(f"{self.name}: {altered} messages came altered")
        if not (options and self.is_refused_when_whole):
            self.taken.update(counts)
        states = Counter(row[3] for row in mail_scenarios.messages(self.installation))
        return {"exit": done.returncode, "whole": sum(counts.values()),
                **{state: states[state] for state in ("sent", "waiting", "refused")}}

    def lost(self):
        """How many messages have neither come nor are shown as refused for good."""
        listing = json.loads(self.installation.command("mail", "--json").stdout)
        shown = {line["id"] for line in listing["failed"] if line["state"] == "refused"}
        return sum(
            not (state == "sent" and self.taken[identifier] or state == "refused" and number in shown)
            for number, identifier, _, state, _ in mail_scenarios.messages(self.installation))

    def judge(self, lost, doubled):
        """What must not be, whatever the expected table says."""
        if lost:
            self.faults.append(f"{self.name}: {lost} messages lost")
        if doubled and not self.is_unclear:
            self.faults.append(f"{self.name}: {doubled} messages doubled")
        self.faults += [f"{self.name}: {fault}"
                        for fault in mail_scenarios.bytes_faults(self.installation)]


def run_cases(folder, binary, is_whole):
    """Runs all cases at once, for they mostly wait; gives the table and the faults."""
    # smtp-sink, as nobody, writes further down.
    folder.chmod(0o755)
    template = Installation(folder / "template", binary)
    template.folder.mkdir()
    template.create([])
    mail_scenarios.Sending.mail = {}
    mail_scenarios.Sending.prepare(template)
    cases = [Case(template, step, way) for step in STEPS for way in WAYS
             if is_whole or (step, way) != SLOW]
    with ThreadPoolExecutor(8) as pool:
        results = [*pool.map(Case.run, cases)]
    rows = [row for row, _ in results]
    return rows, [fault for _, faults in results for fault in faults]


def main():
    """Reads the command line and runs the cases."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    parser.add_argument("--short", action="store_true", help="without the row of 30 seconds")
    parser.add_argument("--write", action="store_true", help="write the expected table")
    chosen = parser.parse_args()
    folder = scratch_folder()
    try:
        rows, faults = run_cases(folder, find_binary(chosen.binary), not chosen.short)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if chosen.write:
        EXPECTED.write_text(HEADING + "\n".join(rows) + "\n")
    expected = EXPECTED.read_text().removeprefix(HEADING).splitlines()
    if chosen.short:
        expected = [row for row in expected if row.split()[:2] != [*SLOW]]
    for row in [row for row in expected if row not in rows]:
        faults.append(f"expected: {row}")
    for row in [row for row in rows if row not in expected]:
        faults.append(f"   found: {row}")
    for fault in faults:
        print(fault)
    print(f"{len(rows)} ways to fail, {len(faults)} violations")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

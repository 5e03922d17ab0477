#!/usr/bin/env python3
"""An hour of ordinary days for one daemon, and what it holds on to meanwhile.

Files come all the time: good ones, ones with errors, the same bytes again, ones too large; gates are
judged and decided, at the shell and by file; plans are amended, the configuration is read again,
broken and whole; mail goes to a real server (aiosmtpd) that refuses one team, puts another off, hangs
up on a third, and is away now and then. Every few seconds the daemon's memory, descriptors, threads
and watches are noted. In the end medians of the last quarter are held against those of the second,
every file against its receipt, and `verify` against everything.

Needs Python 3 and python3-aiosmtpd.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter

import notebook
import soak_measures
from installation import (CONFIGURATION, PROGRAMME, REPOSITORY, Installation, find_binary, project,
                          report, scratch_folder, wait_until)

PROJECTS = [f"ESSAI-{number}" for number in range(1, 101)]
QUARTERS = [f"{year}-Q{quarter}" for year in (2021, 2022) for quarter in (1, 2, 3, 4)]
# Debian's own, which sees python3-aiosmtpd.
PYTHON = "/usr/bin/python3"
SERVER = REPOSITORY / "Tests/MailServers/smtp-server.py"
OFFICER = ".decisions/roux"
# The refused, the put off and the hung up on.
REFUSED, DEFERRED, DROPPED = PROJECTS[:3]
WANTED = {"good": "accepted", "bad": "rejected", "again": "duplicate", "large": "rejected"}


def team(identifier):
    """A team's address."""
    return f"equipe-{identifier.lower()}@example.fr"


class MailServer:
    """A real server on a port of its own, that can be away for a while."""

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir()
        self.seconds = 0.0
        self.start()

    def start(self):
        """Starts it; on another port than before."""
        self.process = subprocess.Popen(
            [PYTHON, SERVER, "--folder", self.folder, "--refuse", team(REFUSED),
             "--defer", team(DEFERRED), "--drop", team(DROPPED)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline())

    def stop(self):
        """Ends it."""
        if self.process.poll() is None:
            self.seconds += soak_measures.processor_seconds(self.process.pid)
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Soak:
    """One run: what is done in turns, and what came of it."""

    def __init__(self, installation, seconds, seed):
        self.installation = installation
        self.seconds = seconds
        self.random = random.Random(seed)
        self.done = Counter()
        self.faults = []
        self.samples = []
        # What was pushed: project, name, what it has to become.
        self.pushed = []
        self.accepted = {identifier: [] for identifier in PROJECTS}
        self.desk = installation.folder / "desk"

    def prepare(self):
        """Draws the portfolio and starts the server and the daemon."""
        self.installation.create(PROJECTS)
        for identifier in PROJECTS:
            self.draw(identifier)
        self.desk.mkdir()
        for folder in (self.installation.depot(OFFICER), self.installation.receipts(OFFICER)):
            folder.mkdir(parents=True)
        self.server = MailServer(self.installation.folder / "server")
        self.configure()
        self.installation.adopt()
        with open(self.installation.log, "ab") as log:
            self.daemon = subprocess.Popen(self.installation.arguments("serve"), stdout=log,
                                           stderr=log, stdin=subprocess.DEVNULL)
        if not wait_until(lambda: b"ready: " in self.installation.log_since(0)):
            raise AssertionError(f"the daemon does not start: {self.installation.log_tail()}")

    def draw(self, identifier, mark=""):
        """Writes a project's file."""
        self.installation.write(f"portfolio/projects/{identifier}.json", {
            **project(identifier), "contacts": [team(identifier)],
            "title": f"Projet {identifier} {mark}".strip()})

    def configure(self):
        """Writes a whole configuration, which names the server's present port."""
        self.installation.write("jalon.json", {
            **CONFIGURATION, "intake": {**CONFIGURATION["intake"], "rescanSeconds": 10},
            "mail": {"transport": "smtp", "from": "Jalon <jalon@example.gouv.fr>",
                     "smtp": {"url": f"smtp://127.0.0.1:{self.server.port}",
                              "startTLS": "never", "timeoutSeconds": 5}}})

    # What is done, over and over

    def push(self, turn):
        """One file more in a depot: mostly by renaming, now and then written in place."""
        identifier = PROJECTS[turn % len(PROJECTS)]
        known = self.accepted[identifier]
        kind = self.random.choices(["good", "bad", "again", "large"], [60, 18, 17, 5])[0]
        if kind == "again" and not known:
            kind = "good"
        if kind == "good":
            value = self.random.randrange(1, 900)
            content = report(*[(quarter, "agents", value + index, "", "", f"tour {turn}")
                               for index, quarter in enumerate(QUARTERS)],
                             ("2021-Q2", "depenses", f"{value},50"))
            known.append(content)
            del known[:-5]
        elif kind == "bad":
            content = report(("2021-Q1", "agents", "beaucoup"), ("2021-Q5", "agents", turn))
        elif kind == "again":
            content = self.random.choice(known)
        else:
            content = report(*[("2021-Q1", "agents", turn + row) for row in range(1_500)])
        name = f"{kind}-{turn}.csv"
        depot = self.installation.depot(identifier)
        if turn % 4 == 0:
            (depot / name).write_bytes(content)
        else:
            (self.desk / name).write_bytes(content)
            (self.desk / name).rename(depot / name)
        self.pushed.append((identifier, name, WANTED[kind]))

    def command(self, *words, expected=(0,)):
        """Runs a command to its end; one that may try again has not failed."""
        try:
            done = self.installation.command(*words, expected=(*expected, 75))
            self.done["try again" if done.returncode == 75 else words[0]] += 1
            return done.stdout
        except (AssertionError, subprocess.TimeoutExpired) as error:
            self.faults.append(" ".join(str(error).split()))
            return ""

    def evaluate(self, turn):
        """Judges everything."""
        self.command("evaluate")

    def decide(self, turn):
        """An officer decides, whatever was decided before."""
        verdict = "release" if turn % 3 else "withhold"
        self.command("decide", PROJECTS[turn % len(PROJECTS)], "P1", verdict, "--anyway",
                     "--by", "Campagne", "--reason", f"tour {turn}")

    def instruct(self, turn):
        """An officer decides by a file in a door of her own."""
        verdict = "débloquer" if turn % 2 else "suspendre"
        rows = ["acte;projet;phase;motif;malgré",
                *(f"{verdict};{identifier};P2;tour {turn};oui"
                  for identifier in self.random.sample(PROJECTS, 3))]
        name = f"actes-{turn}.csv"
        (self.desk / name).write_text("\n".join(rows) + "\n")
        (self.desk / name).rename(self.installation.depot(OFFICER) / name)
        self.pushed.append((OFFICER, name, "accepted"))

    def amend(self, turn):
        """Changes a title and adopts it."""
        identifier = PROJECTS[turn % len(PROJECTS)]
        self.draw(identifier, f"({turn})")
        self.command("adopt", "--by", "Campagne", "--reason", f"tour {turn}", identifier)

    def reload(self, turn):
        """Has the configuration read again, every fourth time a broken one."""
        if turn % 4 == 3:
            (self.installation.folder / "jalon.json").write_text('{"locale": "xx",')
            self.daemon.send_signal(signal.SIGHUP)
            wait_until(lambda: b"stays in force" in self.installation.log_since(
                self.installation.log_size() - 4_000 if turn else 0), 5, 0.05)
        self.configure()
        self.daemon.send_signal(signal.SIGHUP)
        self.done["SIGHUP"] += 1

    def absence(self, turn):
        """The mail server goes, and comes back the next time, elsewhere."""
        if turn % 2 == 0:
            self.server.stop()
            self.done["server away"] += 1
        else:
            self.server.start()
            self.reload(0)

    def ask(self, turn):
        """Somebody looks."""
        self.command(*[("flags",), ("status",), ("mail", "--json"),
                       ("explain", PROJECTS[turn % len(PROJECTS)], "P1")][turn % 4])

    def measure(self, turn):
        """Somebody's monitoring looks."""
        self.command("export", "--format", "prom", "--out", str(self.desk))

    def retry(self, turn):
        """What was refused for good is tried again."""
        self.command("mail", "--retry", "all")

    def back_up(self, turn):
        """A copy of the notebook, thrown away."""
        copy = self.desk / "copy.sqlite"
        self.command("backup", str(copy))
        copy.unlink(missing_ok=True)

    def sample(self, turn):
        """Looks at the daemon."""
        if self.daemon.poll() is not None:
            raise AssertionError(f"the daemon ended: {self.installation.log_tail()}")
        self.samples.append(soak_measures.look(
            self.daemon.pid, self.started, self.installation.database, len(self.pushed)))

    def duties(self):
        """What is done, and every how many seconds; in a short run everything has its turn."""
        hurry = max(1.0, min(20.0, 600 / self.seconds))
        regular = [(self.push, 0.15), (self.sample, min(5.0, self.seconds / 40))]
        rarer = [(self.measure, 10), (self.decide, 6), (self.instruct, 9), (self.evaluate, 12), (self.reload, 8),
                 (self.ask, 6), (self.amend, 20), (self.retry, 120), (self.absence, 150),
                 (self.back_up, 60)]
        return regular + [(duty, period / hurry) for duty, period in rarer]

    def run(self):
        """Does what is due until the time is over."""
        self.started = time.monotonic()
        used = os.times()
        # Not all at once: each begins somewhere in its own period.
        due = [[self.started + period * self.random.random(), period, duty, 0]
               for duty, period in self.duties()]
        while (now := time.monotonic()) < self.started + self.seconds:
            for entry in due:
                if entry[0] <= now:
                    entry[2](entry[3])
                    entry[0], entry[3] = max(entry[0] + entry[1], now), entry[3] + 1
            time.sleep(max(0.01, min(min(entry[0] for entry in due) - time.monotonic(), 1)))
        self.daemon_seconds = soak_measures.processor_seconds(self.daemon.pid)
        self.other_seconds = sum(os.times()[:4]) - sum(used[:4])

    # What came of it

    def end(self):
        """Waits for the last receipts, ends the daemon, and looks into everything."""
        if self.server.process.poll() is not None:
            self.server.start()
        depots = [self.installation.depot(identifier) for identifier in [*PROJECTS, OFFICER]]
        if not wait_until(lambda: not any([*depot.iterdir()] for depot in depots), 60, 0.1):
            self.faults.append("files are left in the depots")
        self.rest()
        status = self.installation.stop(self.daemon)
        if status != 0:
            self.faults.append(f"the daemon ended with {status}: {self.installation.log_tail()}")
        self.server.stop()
        self.faults += self.wrong_receipts()
        self.faults += notebook.soundness(self.installation)
        self.faults += notebook.misfits(self.installation)
        self.faults += notebook.leftovers(self.installation.doors, self.installation.state)
        course = soak_measures.Course(self.samples, self.seconds)
        self.faults += course.faults()
        return course

    def rest(self):
        """Waits until the daemon holds no more than it did at rest in the second quarter."""
        course = soak_measures.Course(self.samples, self.seconds)
        held = []

        def is_at_rest():
            # The courier closes its book then, and opens it anew when it next sends.
            self.daemon.send_signal(signal.SIGHUP)
            time.sleep(0.5)
            held[:] = course.excess(soak_measures.look(
                self.daemon.pid, self.started, self.installation.database, len(self.pushed)))
            return not held

        wait_until(is_at_rest, 30, 0.5)
        self.faults += held

    def wrong_receipts(self):
        """Files whose receipt is not there, or says otherwise than it should."""
        for identifier, name, wanted in self.pushed:
            path = self.installation.receipts(identifier) / (name + ".receipt.json")
            status = json.loads(path.read_text())["status"] if path.exists() else "no receipt"
            if status != wanted:
                yield f"{identifier} {name}: {status} instead of {wanted}"

    def sent(self):
        """How many messages the server took, by the notebook."""
        return notebook.rows(self.installation,
                             "SELECT count(*) FROM message WHERE state = 'sent'")[0][0]

    def show(self, course):
        """Prints what was done and what it took."""
        kinds = Counter(status for _, _, status in self.pushed)
        share = 100 / self.seconds
        print(f"{self.seconds:g} s, {len(self.pushed)} files ("
              + ", ".join(f"{count} {status}" for status, count in sorted(kinds.items()))
              + f"), {self.sent()} messages taken by the server; "
              + ", ".join(f"{name} {count}" for name, count in sorted(self.done.items())))
        print(f"of one processor: the daemon {self.daemon_seconds * share:.1f} %, "
              f"commands and this script {self.other_seconds * share:.1f} %, "
              f"the mail server {self.server.seconds * share:.1f} %")
        print("\n".join(course.table()))
        for fault in self.faults[:20]:
            print(f"  {fault[:300]}")
        print(f"{len(course.samples)} samples, {len(self.faults)} violations")


def main():
    """Reads the command line and runs the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    parser.add_argument("--samples", metavar="PATH", help="write every sample there, as CSV")
    chosen = parser.parse_args()
    folder = scratch_folder()
    soak = Soak(Installation(folder, find_binary(chosen.binary)), chosen.seconds, chosen.seed)
    try:
        soak.prepare()
        try:
            soak.run()
            soak.show(soak.end())
        finally:
            if chosen.samples:
                soak_measures.keep(soak.samples, chosen.samples)
            soak.daemon.kill()
            soak.server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if soak.faults else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Kills Jalon at every system call, and looks whether anything was lost or counted twice.

Three things are done in a scratch installation: the daemon takes what a team pushed (`serve`), a
portfolio is adopted (`adopt`), a file is taken from the shell (`ingest`). Each is done again and
again, and killed at its first system call, at its second, and so on until it ends by itself: every
call of every thread, loading and shutting down included. After each kill the same is done again,
undisturbed, and what then stands is held against what a run without any kill leaves: notebook,
ledger, archive, receipts, depots and verdicts. `serve, twice` kills the recovery, too.

Needs Python 3 alone; reads the names of system calls from the C headers where they are there.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import notebook
import tracer
from installation import Installation, find_binary, report, scratch_folder, wait_until

PROJECT = "ESSAI-1"

FIRST = report(("2021-Q1", "agents", "310"), ("2021-Q1", "depenses", "10000,50"),
               ("", "", "", "M1", "2021-03-15"))

# Releases the first gate by itself.
WHOLE = report(("2021-Q1", "agents", "310"), ("2021-Q2", "agents", "330"),
               ("", "", "", "M1", "2021-03-15"))

# Pushed before the daemon starts, in this order.
PUSHED = {
    "a-first.csv": FIRST,
    "b-correction.csv": report(("2021-Q1", "agents", "320"), ("2021-Q1", "depenses", "9000")),
    "c-broken.csv": report(("2021-Q1", "agents", "beaucoup"), ("2021-Q5", "agents", "3")),
    "d-checked.csv": report(("2021-Q2", "agents", "420"), ("2021-Q2", "depenses", "30000")),
    "f-again.csv": FIRST,
    "g-cut.csv": report(("2021-Q2", "agents", "99999")),
    "h-large.csv": report(*[("2021-Q2", "agents", "1")] * 1500),
}
SIDECARS = {"d-checked.csv": PUSHED["d-checked.csv"], "g-cut.csv": b"the whole file"}
LINK = "i-link.csv"
# Pushed when the receipts of the others are there.
LATE = {"j-late.csv": report(("2021-Q3", "agents", "450"), ("2021-Q2", "agents", "430"))}
LATE_SIDECAR = "b-correction.csv"
EVERYTHING = {**PUSHED, **LATE}
ARCHIVED = {name: bytes_ for name, bytes_ in EVERYTHING.items() if len(bytes_) <= 20000}


def sidecar(name, content):
    """A checksum file as sha256sum prints it."""
    return f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode()


def receipts_of(names):
    """The names of the receipts of some files."""
    return {name + ending for name in names for ending in (".receipt.json", ".receipt.txt")}


class Team:
    """Pushes files as a team does, and goes on where it was whatever happens to the daemon."""

    def __init__(self, installation):
        self.depot = installation.depot(PROJECT)
        self.receipts = installation.receipts(PROJECT)
        self.outbox = installation.folder / "outbox"
        self.outbox.mkdir()
        self.late_left = [*[(name, content) for name, content in LATE.items()],
                          (LATE_SIDECAR + ".sha256", sidecar(LATE_SIDECAR, PUSHED[LATE_SIDECAR]))]

    def push(self, name, content):
        """Renames a file into the depot."""
        hidden = self.outbox / name
        hidden.write_bytes(content)
        hidden.rename(self.depot / name)

    def push_first(self):
        """Pushes what stands there before the daemon comes."""
        for name, content in SIDECARS.items():
            self.push(name + ".sha256", sidecar(name, content))
        for name, content in PUSHED.items():
            self.push(name, content)
        (self.depot / LINK).symlink_to("/etc/hostname")

    def step(self):
        """Does what can be done now; gives whether everything is pushed and answered."""
        answered = set(os.listdir(self.receipts))
        if self.late_left:
            if receipts_of([*PUSHED, LINK]) <= answered:
                self.push(*self.late_left.pop(0))
            return False
        if not receipts_of([*EVERYTHING, LINK]) <= answered:
            return False
        return all(name.startswith(".") for name in os.listdir(self.depot))


def plain_text(text):
    """A text without what depends on the moment."""
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "INSTANT", text)
    return re.sub(r"\d\d/\d\d/\d{4}|\d{1,2} \w+ \d{4}|\d{1,2} ?[h:] ?\d\d(:\d\d)?", "MOMENT", text)


def doors_state(installation):
    """Receipts, without instants, and the names that are left in the depot."""
    state = {"depot": sorted(os.listdir(installation.depot(PROJECT)))}
    for path in sorted(installation.receipts(PROJECT).iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix == ".json":
            receipt = json.loads(path.read_text())
            receipt.pop("receivedAt")
            state[path.name] = receipt
        else:
            state[path.name] = plain_text(path.read_text())
    return state


def outcome(installation, with_doors):
    """All that a run leaves, in a form in which two runs can be compared."""
    found = {"facts": notebook.facts(installation), "verdicts": notebook.judgement(installation)}
    if with_doors:
        found["doors"] = doors_state(installation)
    return found


def violations(installation, expected, pushed):
    """What is wrong after a recovery, as sentences."""
    found = outcome(installation, "doors" in expected)
    yield from notebook.differences(expected["facts"], found["facts"])
    if found["verdicts"] != expected["verdicts"]:
        yield "the verdicts differ from those of an undisturbed run"
    for name in {**expected.get("doors", {}), **found.get("doors", {})}:
        if expected["doors"].get(name) != found["doors"].get(name):
            yield f"{name}: {found['doors'].get(name)} instead of {expected['doors'].get(name)}"
    yield from notebook.soundness(installation)
    yield from notebook.archive_faults(installation, pushed)
    if pending := notebook.rows(installation, "SELECT number FROM submission WHERE pending = 1"):
        yield f"pending: {pending}"
    # Only the daemon tidies up, and only it writes beside the doors.
    folders = [installation.doors, installation.state] if "doors" in expected else []
    yield from notebook.leftovers(*folders)


class Serve:
    """The daemon takes what a team pushed."""

    name = "serve"
    pushed = ARCHIVED
    has_doors = True
    kills_recovery = False
    sparser = 1

    @staticmethod
    def prepare(template):
        """Adopts the portfolio, and lets the daemon make its doors."""
        template.adopt()
        daemon = template.start()
        wait_until(template.receipts(PROJECT).exists)
        template.stop(daemon)

    def __init__(self, installation):
        self.installation = installation
        self.team = Team(installation)
        self.team.push_first()

    def run_traced(self, kill_at):
        """Starts the daemon under the tracer, and ends it when everything is answered."""
        over = threading.Event()
        watchers = []

        def watch(process):
            while not over.is_set():
                if self.team.step():
                    # The tracer reaps it only after `over`: the number is still its own.
                    os.kill(process, signal.SIGTERM)
                    return
                time.sleep(0.003)

        def accompany(process):
            watchers.append(threading.Thread(target=watch, args=[process], daemon=True))
            watchers[0].start()

        outcome = tracer.run(self.installation.arguments("serve", "--no-mail"), kill_at,
                             self.installation.log, accompany)
        over.set()
        watchers[0].join()
        return outcome

    def run_undisturbed(self):
        """Starts the daemon again, and ends it when everything is answered."""
        logged = self.installation.log_size()
        daemon = self.installation.start()
        # A signal that comes before the daemon listens to it would just end it.
        finished = wait_until(lambda: daemon.poll() is not None or (
            b"ready: " in self.installation.log_since(logged) and self.team.step()))
        if daemon.poll() is not None:
            yield f"the daemon ended by itself, status {daemon.returncode}"
            return
        if not finished:
            yield "after 20 seconds not everything was answered"
        status = self.installation.stop(daemon)
        if status != 0:
            yield f"the daemon ended with status {status}"


class ServeTwice(Serve):
    """The same, and the recovery is killed, too."""

    name = "serve, twice"
    kills_recovery = True
    # In the short form: the same first kills have been made already.
    sparser = 2


class Adopt:
    """A portfolio is adopted."""

    name = "adopt"
    pushed = {}
    has_doors = False
    kills_recovery = False
    sparser = 1

    @staticmethod
    def prepare(template):
        """Nothing: not even a notebook is there."""

    def __init__(self, installation):
        self.installation = installation

    def run_traced(self, kill_at):
        """Runs the command under the tracer."""
        return tracer.run(self.installation.arguments(*self.words()), kill_at,
                          self.installation.log)

    def run_undisturbed(self):
        """Runs the command again."""
        self.installation.command(*self.words())
        return []

    def words(self):
        """The command."""
        return "adopt", "--by", "Campagne", "--reason", "essai"


class Ingest(Adopt):
    """A file is taken from the shell: accepted once, and a duplicate ever after."""

    name = "ingest"
    pushed = {"whole.csv": WHOLE}

    @staticmethod
    def prepare(template):
        """Adopts the portfolio."""
        template.adopt()
        (template.folder / "whole.csv").write_bytes(WHOLE)

    def words(self):
        """The command."""
        file = self.installation.folder / "whole.csv"
        return "ingest", "--project", PROJECT, "--json", str(file)

    def run_undisturbed(self):
        """Sends it until it is a duplicate: at once, where the killed run had entered it."""
        if self.send() == "accepted" and self.send() != "duplicate":
            yield "the same bytes are no duplicate"

    def send(self):
        """Runs the command again; gives the receipt's status."""
        return json.loads(self.installation.command(*self.words()).stdout)[0]["status"]


SCENARIOS = [Serve, ServeTwice, Adopt, Ingest]


class Campaign:
    """One scenario, killed again and again."""

    def __init__(self, scenario, folder, binary):
        self.scenario = scenario
        self.folder = folder
        self.template = Installation(folder / "template", binary)
        self.template.folder.mkdir(parents=True)
        self.template.create([PROJECT])
        scenario.prepare(self.template)
        self.expected, self.calls = None, 0

    def record(self):
        """Does it undisturbed, notes what that leaves, and counts the calls of another such run."""
        _, _, faults = self.attempt(0, is_first=True)
        _, _, more = self.attempt(0)
        if faults or more:
            raise SystemExit(f"{self.scenario.name}, without any kill: {faults + more}")

    def attempt(self, kill_at, is_first=False):
        """Kills at one call and recovers; gives the place, the call's name and what is wrong."""
        installation = self.template.copy(self.folder / f"run-{kill_at}")
        name, faults = None, []
        try:
            run = self.scenario(installation)
            if not is_first:
                name = self.kill(run, kill_at)
            notebook.age_leftovers(installation.state)
            faults += run.run_undisturbed()
            if is_first:
                self.expected = outcome(installation, self.scenario.has_doors)
            faults += violations(installation, self.expected, self.scenario.pushed)
        except Exception as error:  # whatever cannot be examined is a finding; the others go on
            faults.append(f"{type(error).__name__}: {error}")
        if faults:
            faults.append("log: " + installation.log_tail())
        shutil.rmtree(installation.folder)
        return kill_at, name, faults

    def kill(self, run, kill_at):
        """Kills a run, and where asked the next one at some place of its own."""
        first = run.run_traced(kill_at)
        if kill_at == 0:
            self.calls = first.calls
        if not first.was_killed and first.status != 0:
            raise AssertionError(f"ended by itself: {first.status or first.signal}")
        if first.was_killed and self.scenario.kills_recovery:
            # Always the same places, and all over the recovery.
            run.run_traced(1 + kill_at * 7919 % self.calls)
        return first.killed_at


def sweep(campaign, every, pool):
    """Kills at every n-th call until a run ends by itself; gives (place, call, faults)."""
    global current
    start = 1
    results = []
    end = campaign.calls + 1
    while not results or results[-1][1] is not None:
        places = range(start, max(end, start + 16 * every), every)
        results += sorted(pool.imap_unordered(attempt, places, chunksize=4),
                          key=lambda result: result[0])
        start = places[-1] + every
    return results


current = None


def attempt(kill_at):
    """One attempt, in a process of the pool."""
    return current.attempt(kill_at)


def run_campaign(scenario, every, folder, binary, processes):
    """Runs one campaign, prints its line and what was wrong; gives the number of violations."""
    global current
    begun = time.monotonic()
    campaign = Campaign(scenario, folder, binary)
    campaign.record()
    current = campaign
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        results = sweep(campaign, every * scenario.sparser if every > 1 else 1, pool)
    killed = [result for result in results if result[1]]
    wrong = [result for result in results if result[2]]
    seconds = time.monotonic() - begun
    print(f"{scenario.name:<14}{campaign.calls:>8}{len(killed):>8}{len(wrong):>12}{seconds:>8.0f} s",
          flush=True)
    for place, call, faults in wrong[:20]:
        shown = [fault[:400].replace("\n", " | ") for fault in faults[:6] + faults[6:][-1:]]
        print(f"  call {place} ({call}): " + "\n    ".join(shown), flush=True)
    return Counter(call for _, call, _ in killed), len(wrong)


def main():
    """Reads the command line and runs the campaigns."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th call only")
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="how many at once")
    parser.add_argument("--only", metavar="SCENARIO",
                        choices=[scenario.name for scenario in SCENARIOS])
    chosen = parser.parse_args()
    binary = find_binary(chosen.binary)
    folder = scratch_folder()
    calls, violated = Counter(), 0
    print(f"{'scenario':<14}{'calls':>8}{'killed':>8}{'violations':>12}{'time':>10}")
    try:
        for number, scenario in enumerate(SCENARIOS):
            if chosen.only in (None, scenario.name):
                counted, wrong = run_campaign(scenario, chosen.every, folder / str(number), binary,
                                              chosen.processes)
                calls.update(counted)
                violated += wrong
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("killed at: " + ", ".join(f"{name} {count}" for name, count in calls.most_common()))
    print(f"{sum(calls.values())} kills, {violated} with violations")
    return 1 if violated else 0


if __name__ == "__main__":
    sys.exit(main())

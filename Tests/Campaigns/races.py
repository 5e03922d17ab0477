#!/usr/bin/env python3
"""Looks for data races with ThreadSanitizer, while everything that has threads is at work.

A daemon that takes files, judges, sends mail to a server and reads its configuration again and
again, and beside it the commands that work on every core (`evaluate`, `verify`). Each process is
the one built with -sanitize=thread; any race that one of them sees is a violation, and so is an
ending that nobody expected.

Needs Python 3 alone, and a program built with -sanitize=thread (`make tsan`).
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
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mail_scenarios
import notebook
from installation import Installation, find_binary, project, report, scratch_folder, wait_until
from receiver import Receiver

# Enough that judging them is shared between threads.
PROJECTS = [f"ESSAI-{number}" for number in range(1, 13)]
SUPPRESSIONS = Path(__file__).with_name("races.supp")
RACE_STATUS = 66
WAITING_LIMIT = 30


class Day:
    """A busy day of one daemon."""

    def __init__(self, installation, daemon, deadline):
        self.installation = installation
        self.daemon = daemon
        self.deadline = deadline
        self.done = Counter()
        self.faults = []

    def repeat(self, task):
        """Does one thing until the deadline."""
        turn = 0
        while time.monotonic() < self.deadline and self.daemon.poll() is None:
            try:
                task(self, turn)
                self.done[task.__name__] += 1
            except Exception as error:  # noted, and the others go on
                self.faults.append(f"{task.__name__}: {type(error).__name__}: {error}")
            turn += 1

    def command(self, *words, expected=(0, 75)):
        """Runs a command; another process may hold the notebook."""
        return self.installation.command(*words, expected=expected)


def push(day, turn):
    """A file in a depot, one in five of them wrong: its team gets a letter."""
    identifier = PROJECTS[turn % len(PROJECTS)]
    depot = day.installation.depot(identifier)
    wait_until(lambda: len([*depot.iterdir()]) < WAITING_LIMIT)
    content = report(("2021-Q1", "agents", 200 + turn, "", "", f"tour {turn}"))
    hidden = depot / f".{turn}"
    hidden.write_bytes(mail_scenarios.BROKEN + str(turn).encode() if turn % 5 == 0 else content)
    hidden.rename(depot / f"remontee-{turn}.csv")
    time.sleep(0.01)


def decide(day, turn):
    """An officer's file."""
    door = day.installation.doors / ".decisions" / "roux" / "depot"
    door.mkdir(parents=True, exist_ok=True)
    act = ("suspendre", "reprendre")[turn % 2]
    hidden = door / f".{turn}"
    hidden.write_text(
        f"acte;projet;phase;motif;malgré\n{act};{PROJECTS[turn % 5]};P1;tour {turn};oui\n")
    hidden.rename(door / f"actes-{turn}.csv")
    time.sleep(0.2)


def reload(day, turn):
    """SIGHUP, with another configuration each time, one in four of them broken."""
    path = day.installation.folder / "jalon.json"
    settings = json.loads(path.read_text())
    settings["locale"] = ("fr", "en")[turn % 2]
    settings["timeZone"] = ("Europe/Paris", "America/Cayenne")[turn // 2 % 2]
    day.installation.write("jalon.json", settings)
    if turn % 4 == 3:
        path.with_suffix(".good").write_text(path.read_text())
        path.write_text("{")
    day.daemon.send_signal(signal.SIGHUP)
    time.sleep(random.uniform(0, 0.1))
    if turn % 4 == 3:
        path.with_suffix(".good").rename(path)


def judge(day, turn):
    """`evaluate` and `verify`, which share their work between threads."""
    # A configuration that is broken just now is refused by whoever starts.
    day.command("evaluate", expected=(0, 75, 78))
    day.command("verify", expected=(0, 75, 78))


TASKS = [push, decide, reload, judge]


def sanitize(folder):
    """Tells every process that is started from here on where to report."""
    # Where the sanitizer finds no symbols it says addresses alone.
    options = [f"log_path={folder}/race", f"exitcode={RACE_STATUS}", "halt_on_error=0",
               f"suppressions={SUPPRESSIONS}", "history_size=4"]
    os.environ["TSAN_OPTIONS"] = ":".join(options)
    os.environ["SWIFT_BACKTRACE"] = "enable=no"


def is_instrumented(binary):
    """Whether the program was built with -sanitize=thread: without it there is nothing to see."""
    return b"__tsan_init" in Path(binary).read_bytes()


def races(folder):
    """Each report once: the same two places race again and again."""
    seen = {}
    for path in sorted(folder.glob("race.*")):
        for text in path.read_text(errors="replace").split("==================")[1::2]:
            summary = [line for line in text.splitlines() if line.startswith("SUMMARY")]
            seen.setdefault("".join(summary) or text[:200], text)
    return seen


def campaign(installation, seconds, folder):
    """Runs it all; gives the counts and the violations."""
    accepted = []
    with Receiver(accepted) as receiver:
        receiver.serve()
        installation.create(PROJECTS)
        mail_scenarios.draw(installation, {"transport": "smtp", "smtp": {
            "url": f"smtp://127.0.0.1:{receiver.port}", "startTLS": "never",
            "timeoutSeconds": 10}})
        with open(installation.log, "ab") as log:
            daemon = subprocess.Popen(installation.arguments("serve"), stdout=log, stderr=log,
                                      stdin=subprocess.DEVNULL)
        doors = [installation.receipts(identifier) for identifier in PROJECTS]
        wait_until(lambda: all(door.exists() for door in doors), 60)
        day = Day(installation, daemon, time.monotonic() + seconds)
        with ThreadPoolExecutor(len(TASKS)) as pool:
            list(pool.map(day.repeat, TASKS))
        depots = [installation.depot(identifier) for identifier in PROJECTS]
        if not wait_until(lambda: not any([*depot.iterdir()] for depot in depots), 120, 0.05):
            day.faults.append("files are left in the depots")
        # The courier looks every five seconds: at least one letter is to leave while files come.
        wait_until(lambda: accepted, 20, 0.1)
        daemon.send_signal(signal.SIGTERM)
        try:
            status = daemon.wait(timeout=60)
        except subprocess.TimeoutExpired:
            daemon.kill()
            status = daemon.wait()
    if status not in (0, RACE_STATUS):
        day.faults.append(f"the daemon ended with status {status}: {installation.log_tail()}")
    day.done["letters"] = len(accepted)
    for task in [*(task.__name__ for task in TASKS), "letters"]:
        if not day.done[task]:
            day.faults.append(f"{task}: not once")
    day.faults += notebook.soundness(installation)
    return day


def main():
    """Reads the command line and runs the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=120, metavar="S")
    parser.add_argument("--binary", metavar="PATH", help="the jalon built with -sanitize=thread")
    parser.add_argument("--seed", type=int, default=20, metavar="N")
    chosen = parser.parse_args()
    random.seed(chosen.seed)
    binary = find_binary(chosen.binary)
    if not is_instrumented(binary):
        parser.error(f"{binary} was not built with -sanitize=thread: use make tsan")
    folder = scratch_folder()
    try:
        sanitize(folder)
        (folder / "day").mkdir()
        day = campaign(Installation(folder / "day", binary), chosen.seconds, folder)
        found = races(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"ThreadSanitizer, {chosen.seconds:g} s: "
          + ", ".join(f"{name} {count}" for name, count in sorted(day.done.items())))
    for text in [*found.values()][:5]:
        print(text[:6000])
    for fault in day.faults[:20]:
        print(f"  {fault[:400]}")
    print(f"{len(found)} races, {len(day.faults)} violations")
    return 1 if found or day.faults else 0


if __name__ == "__main__":
    sys.exit(main())

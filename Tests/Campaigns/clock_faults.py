"""Clocks that jump while Jalon runs: by a day, by years, through a change of season, and back.

By a library between the program and its time of day; the clock that only ever goes on stays the
real one, as in life.
"""

import json
import mmap
import os
import shutil
import struct
import subprocess
import time
from pathlib import Path

import notebook
from fault_bench import (RECOVERED, Attempt, Fault, discard, is_answered, push, run, soundness,
                         verdict)
from installation import report, wait_until
from scenarios import PROJECT

DAY = 86_400
JUMPS = {"a day ahead": DAY, "a day back": -DAY, "five years ahead": 5 * 365 * DAY,
         "five years back": -5 * 365 * DAY, "two hours ahead": 7200, "two hours back": -7200}
# A few seconds before Paris goes to winter time and to summer time.
CHANGES = {"to winter time": "2026-10-25T00:59:56Z", "to summer time": "2027-03-28T00:59:56Z"}
BROKEN = report(("2021-Q1", "agents", "beaucoup"))
# A period that is over five years ahead, and not today.
FUTURE = "2029-Q1"
# Of a second of real time, the most that a daemon with nothing to do may work.
BUSY = 0.4


def figure(number, value):
    """A report of the latest figure there is, unlike every other."""
    return report(("2021-Q2", "agents", value, "", "", f"n° {number}"))


def compiler():
    """The C compiler that comes with Swift, or another."""
    return shutil.which("clang") or shutil.which("cc")


class Clock:
    """The time of day of a program, as a distance from the real one (moved_clock.c)."""

    def __init__(self, bench, installation):
        self.library = bench.folder / "moved_clock.so"
        if not self.library.exists():
            built = installation.folder.parent / "moved_clock.so"
            source = Path(__file__).with_name("moved_clock.c")
            subprocess.run([compiler(), "-shared", "-fPIC", "-O1", "-o", str(built), str(source)],
                           check=True)
            built.rename(self.library)
        self.file = installation.folder.parent / "distance"
        self.file.write_bytes(bytes(8))
        with open(self.file, "r+b") as file:
            self.distance = mmap.mmap(file.fileno(), 8)

    def set(self, seconds):
        """Jumps."""
        self.distance[:] = struct.pack("=q", seconds)

    @property
    def environment(self):
        """What makes a program go by it."""
        return {**os.environ, "LD_PRELOAD": str(self.library), "MOVED_CLOCK": str(self.file)}

    def start(self, installation):
        """A daemon that goes by it, and sends its mail."""
        logged = installation.log_size()
        daemon = installation.start(mail=(), environment=self.environment)
        wait_until(lambda: daemon.poll() is not None
                   or b"ready: " in installation.log_since(logged))
        return daemon


def worked(process):
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def codes(installation, name):
    """The codes of a receipt's errors."""
    path = installation.receipts(PROJECT) / (name + ".receipt.json")
    return [error["code"] for error in json.loads(path.read_text())["errors"]]


class Watch:
    """A daemon under a clock that jumps, and what is wrong with it."""

    def __init__(self, bench):
        self.installation = bench.fresh()
        self.clock = Clock(bench, self.installation)
        self.pushed, self.faults = {}, []

    def send(self, name, content, is_whole=True):
        """Pushes a file, and waits for its receipt."""
        push(self.installation, name, content)
        if not wait_until(lambda: is_answered(self.installation, [name])):
            self.faults.append(f"{name} is not answered")
        if is_whole:
            self.pushed[name] = content

    def rest(self, seconds):
        """Leaves the daemon alone, and looks whether it does the same."""
        before = worked(self.daemon.pid)
        time.sleep(seconds)
        if (used := worked(self.daemon.pid) - before) > BUSY * seconds:
            self.faults.append(f"{used:.2f} s of work in {seconds} s without any")

    def wait_for_mail(self):
        """Every message has to go out: the courier looks every five seconds."""
        def waiting():
            return notebook.rows(self.installation,
                                 "SELECT recipient FROM message WHERE state = 'waiting'")
        if not wait_until(lambda: not waiting(), 15, 0.2):
            self.faults.append(f"mail still waits: {waiting()}")

    def end(self, last):
        """Ends the daemon, and looks at what stands."""
        if self.daemon.poll() is not None:
            self.faults.append(f"the daemon ended by itself, status {self.daemon.returncode}")
        elif (status := self.installation.stop(self.daemon)) != 0:
            self.faults.append(f"status {status}")
        self.faults += soundness(self.installation, self.pushed)
        instants = [at for at, in notebook.rows(self.installation, """
            SELECT received_at FROM submission JOIN project ON project.key = project
            WHERE project.id = '%s' ORDER BY number""" % PROJECT)]
        if instants != sorted(instants):
            self.faults.append("receipts go back in time")
        if f'"{last}"' not in json.dumps(notebook.judgement(self.installation)):
            self.faults.append(f"the judgement does not know the last figure, {last}")
        attempt = verdict(self.installation.log_text(), self.installation, self.faults, False,
                          must_say=False)
        discard(self.installation)
        return attempt


def jump(bench, name, seconds):
    """The clock jumps and, after a while, jumps back."""
    watch = Watch(bench)
    watch.daemon = watch.clock.start(watch.installation)
    ahead = report((FUTURE, "agents", 900))
    watch.send("a.csv", figure(1, 320))
    watch.send("future.csv", ahead, is_whole=False)
    watch.clock.set(seconds)
    watch.send("b.csv", figure(2, 330))
    watch.send("broken.csv", BROKEN, is_whole=False)
    watch.send("future-again.csv", ahead + b"\r\n", is_whole=False)
    watch.rest(1)
    watch.wait_for_mail()
    watch.clock.set(0)
    watch.send("c.csv", figure(3, 340))
    watch.wait_for_mail()
    watch.rest(1)
    if "period-future" not in codes(watch.installation, "future.csv"):
        watch.faults.append(f"{FUTURE} is not in the future")
    is_future = "period-future" in codes(watch.installation, "future-again.csv")
    if is_future == (seconds > 4 * 365 * DAY):
        watch.faults.append(f"{name}, {FUTURE} is {'' if is_future else 'not '}in the future")
    return watch.end(340)


def change_time(bench, instant):
    """The clocks of Paris are changed while the daemon runs."""
    watch = Watch(bench)
    moment = time.mktime(time.strptime(instant, "%Y-%m-%dT%H:%M:%SZ")) - time.timezone
    watch.clock.set(int(moment - time.time()))
    watch.daemon = watch.clock.start(watch.installation)
    watch.send("a.csv", figure(1, 320))
    time.sleep(5)
    watch.send("b.csv", figure(2, 330))
    watch.rest(1)
    watch.wait_for_mail()
    return watch.end(330)


def jumps(bench):
    """Jumps of every kind; in the short form, by five years back."""
    chosen = {name: seconds for name, seconds in JUMPS.items()
              if not bench.is_short or seconds < -DAY}
    attempts = []
    for name, seconds in chosen.items():
        attempts.append(jump(bench, name, seconds))
        if attempts[-1].faults:
            attempts[-1].faults[0] = f"{name}: {attempts[-1].faults[0]}"
    return attempts


def changes(bench):
    """Both changes."""
    return [change_time(bench, instant) for instant in CHANGES.values()]


def wrong_clock(bench):
    """Commands on a machine whose clock stands years behind, or ahead, of what is recorded."""
    attempts = []
    for seconds in (-5 * 365 * DAY, 5 * 365 * DAY):
        installation = bench.fresh()
        clock = Clock(bench, installation)
        clock.set(seconds)
        (installation.folder / "more.csv").write_bytes(figure(1, 350))
        officer = ("--by", "C. Roux", "--reason", "x")
        for words in (("evaluate",), ("ingest", "--project", PROJECT, "more.csv"),
                      ("adopt", *officer),
                      ("decide", PROJECT, "P2", "withhold", "--anyway", *officer), ("status",),
                      ("courier", "--once"), ("verify",)):
            status, complaint = run(installation, *words, cwd=installation.folder,
                                    env=clock.environment)
            attempts.append(Attempt(RECOVERED, "", [] if status == 0 else [
                f"{seconds:+d} s, {words[0]}: {status}: {complaint}"]))
        # And by the right time again.
        faults = [f"right again, {words[0]}: {complaint}" for words in (("evaluate",), ("verify",))
                  for status, complaint in [run(installation, *words)] if status != 0]
        faults += soundness(installation, {})
        if '"350"' not in json.dumps(notebook.judgement(installation)):
            faults.append("the judgement does not know the last figure")
        attempts.append(verdict("", installation, faults, False, must_say=False))
        discard(installation)
    return attempts


def no_compiler():
    """Why no clock can jump here."""
    return None if compiler() else "there is no C compiler"


FAULTS = [
    Fault("the clock jumps, and jumps back", jumps, no_compiler),
    Fault("the clocks are changed for the season", changes, no_compiler, is_long=True),
    Fault("the clock is years wrong", wrong_clock, no_compiler),
]

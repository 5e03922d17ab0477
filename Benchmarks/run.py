#!/usr/bin/env python3
"""Measures Jalon against sqlite3, pandas, smtplib and swaks in one run: what counts is the ratio.

python3 Benchmarks/run.py [--quick] [--binary PATH] [--reader PATH] [--only LETTERS] [--full] [--keep]

Needs sqlite3, strace, postfix, swaks and python3-venv from Debian; installs pandas in
.build/bench-venv. Build first: swift build -c release --product jalon && swift build -c release
--product JalonBenchmarks
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import data
import ledger
import mail
from machine import Daemon, fail, median, output, run

ROOT = Path(__file__).resolve().parent.parent
PEER_TABLE = """
PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;
CREATE TABLE observation(
  project INTEGER NOT NULL, submission INTEGER NOT NULL, row INTEGER NOT NULL,
  line INTEGER NOT NULL, indicator INTEGER NOT NULL, period INTEGER NOT NULL,
  profile INTEGER NOT NULL, value INTEGER, weight INTEGER, evidence INTEGER NOT NULL,
  PRIMARY KEY (project, submission, row)) STRICT, WITHOUT ROWID;
"""
GROUP = "SELECT project, indicator, sum(value) FROM observation GROUP BY project, indicator;"
PANDAS = """
import sys, time
import pandas
start = time.perf_counter()
rows = sum(len(pandas.read_csv(path, sep=";", decimal=",")) for path in sys.argv[1:])
print(rows, "rows in", time.perf_counter() - start, "s")
"""


class Table:
    """The lines that are printed, as they come."""

    def __init__(self):
        print(f"{'what':58} {'Jalon':>12} {'peer':>12} {'ratio':>8}   target")

    def line(self, what, jalon, peer="", ratio="", target=""):
        print(f"{what:58} {jalon:>12} {peer:>12} {ratio:>8}   {target}", flush=True)

    def seconds(self, what, jalon, peer, target):
        self.line(what, f"{jalon:.2f} s", f"{peer:.2f} s", f"{jalon / peer:.1f}×", target)


class Bench:
    def __init__(self, options, work):
        self.binary, self.reader, self.work = options.binary, options.reader, work
        self.count = 1_000 if options.quick else 10_000
        self.ledger = (1_000_000, 100_000) if options.full else (100_000, 10_000)
        self.repeats = 3
        self.table = Table()
        self.daemons = []
        self.configuration = self.world("full", self.count)
        self.state = work / "full/state"

    # The worlds

    def world(self, name, count):
        folder = self.work / name
        data.write_portfolio(folder / "portfolio", count)
        configuration = folder / "jalon.json"
        data.write_json(configuration, {"intake": {"settleSeconds": 0, "scanSettleSeconds": 0}})
        return configuration

    def jalon(self, *words, configuration=None):
        return [self.binary, "--config", configuration or self.configuration, *words]

    def adopt(self, configuration=None):
        return run(self.jalon("adopt", "--by", "bench", "--reason", "mesure",
                              configuration=configuration))

    def serve(self, configuration=None, prefix=()):
        daemon = Daemon(self.binary, configuration or self.configuration, prefix)
        self.daemons.append(daemon)
        return daemon

    def drop(self, world, count):
        """One file a project, there before the daemon starts."""
        for number in range(1, count + 1):
            depot = self.work / world / "doors" / data.project_id(number) / "depot"
            depot.mkdir(parents=True)
            (depot / f"{data.project_id(number)}.csv").write_text(data.report(number))
        os.sync()

    def wait_for_receipts(self, daemon, world, count):
        """From the daemon's start to the last receipt and the last empty depot, in seconds."""
        daemon.wait_for(" accepted, ", count)
        waiting = list(range(1, count + 1))
        while waiting:
            door = self.work / world / "doors" / data.project_id(waiting[-1])
            receipt = door / "recepisses" / f"{door.name}.csv.receipt.txt"
            if receipt.exists() and not os.listdir(door / "depot"):
                waiting.pop()
            else:
                time.sleep(0.002)
        return time.perf_counter() - daemon.start

    # What is measured

    def adoption(self):
        first, _ = self.adopt()
        data.write_json(self.work / "full/portfolio/projects/B-00500.json",
                        data.project(500, title="Amendé"))
        second, _ = self.adopt()
        nothing, _ = self.adopt()
        count = f"{self.count:,}"
        self.table.line(f"adopt: all {count} projects", f"{first:.2f} s")
        self.table.line("adopt: one changed among them", f"{second:.2f} s", f"{first:.2f} s",
                        f"{second / first:.2f}×", "one project's work")
        self.table.line("adopt: nothing changed", f"{nothing:.2f} s")

    def intake(self):
        self.drop("full", self.count)
        peer_rows = self.work / "rows.csv"
        data.write_table(peer_rows, self.count)
        before = self.import_peer(peer_rows)
        os.sync()
        daemon = self.serve()
        seconds = self.wait_for_receipts(daemon, "full", self.count)
        time.sleep(3)
        peak, idle, anonymous = daemon.memory("VmHWM", "VmRSS", "RssAnon")
        stopping = daemon.stop()
        after = self.import_peer(peer_rows)
        self.check_intake()
        count = f"{self.count:,}"
        self.table.seconds(f"(a) {count} files of 100 rows, to the last receipt", seconds,
                           (before + after) / 2, "≤ 8×, aim 3×")
        self.table.line("(e) peak memory of (a)", f"{peak:.0f} MB", "", "", "< 300 MB")
        self.table.line("(e) idle after (a)", f"{idle:.1f} MB", f"anon {anonymous:.1f}", "",
                        "< 25 MB")
        self.table.line("    clean stop", f"{stopping:.2f} s", "", "", "≤ 5 s")

    def import_peer(self, rows):
        peer = self.work / "peer.sqlite"
        peer.unlink(missing_ok=True)
        subprocess.run(["sqlite3", peer, PEER_TABLE], check=True, stdout=subprocess.DEVNULL)
        script = ["-cmd", "PRAGMA synchronous = EXTRA", "-csv", peer,
                  f".import {rows} observation"]
        seconds, _ = run(["sqlite3", *script])
        return seconds

    def check_intake(self):
        with sqlite3.connect(f"file:{self.state}/jalon.sqlite?mode=ro", uri=True) as notebook:
            rows, = notebook.execute("SELECT count(*) FROM observation").fetchone()
        if rows != self.count * data.ROWS:
            fail(f"{rows} rows arrived, not {self.count * data.ROWS}")

    def syncs(self, count=512):
        """Sync calls of a smaller intake, counted by the kernel's tracer; and a small idle daemon."""
        configuration = self.world("small", count)
        self.adopt(configuration)
        self.drop("small", count)
        trace = self.work / "syncs.txt"
        tracer = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync,syncfs", "-o", trace]
        daemon = self.serve(configuration, tracer)
        self.wait_for_receipts(daemon, "small", count)
        time.sleep(1)
        child = output(["pgrep", "-P", str(daemon.process.pid)]).split()[0]
        os.kill(int(child), 15)
        daemon.process.wait(30)
        calls = {line.split()[-1]: int(line.split()[3]) for line in trace.read_text().splitlines()
                 if line.endswith("sync") or line.endswith("syncfs")}
        told = ", ".join(f"{number} {name}" for name, number in sorted(calls.items()))
        self.table.line(f"(a) sync calls a file ({count} files: {told})",
                        f"{sum(calls.values()) / count:.2f}")

    def idle(self, count=6):
        configuration = self.world("idle", count)
        self.adopt(configuration)
        self.drop("idle", count)
        daemon = self.serve(configuration)
        self.wait_for_receipts(daemon, "idle", count)
        time.sleep(3)
        idle, anonymous = daemon.memory("VmRSS", "RssAnon")
        daemon.stop()
        self.table.line(f"(e) idle after {count} files", f"{idle:.1f} MB", f"anon {anonymous:.1f}",
                        "", "< 25 MB")

    def reading(self):
        small = self.work / "small-files"
        small.mkdir()
        for number in range(1, self.count + 1):
            (small / f"{data.project_id(number)}.csv").write_text(data.report(number))
        large = self.work / "large-files"
        data.write_large_files(large, 10 if self.count > 1_000 else 2, 100_000)
        portfolio = self.work / "full/portfolio"
        self.compare_reading(f"(b) reading {self.count:,} files of 100 rows",
                             portfolio / "projects/B-00001.json", small)
        self.compare_reading("(b) reading files of 100,000 rows", self.work / "LARGE.json", large)

    def compare_reading(self, what, project, folder):
        files = sorted(folder.iterdir())
        programme = self.work / "full/portfolio/programmes/BENCH.json"
        python = venv()
        jalon, pandas = [], []
        for _ in range(self.repeats):
            jalon.append(rate(output([self.reader, programme, project, *files])))
            pandas.append(rate(output([python, "-c", PANDAS, *files])))
        ours, theirs = median(jalon), median(pandas)
        self.table.line(what, f"{ours / 1e6:.2f} Mrow/s", f"{theirs / 1e6:.2f} Mrow/s",
                        f"{ours / theirs:.1f}×", "≥ 1×, aim 3×")

    def evaluation(self):
        notebook = self.state / "jalon.sqlite"
        dry, peers, peaks = [], [], []
        first, peak = run(self.jalon("evaluate"))
        peaks.append(peak)
        for _ in range(self.repeats):
            seconds, peak = run(self.jalon("evaluate", "--dry-run"))
            dry.append(seconds)
            peaks.append(peak)
            peers.append(run(["sqlite3", notebook, GROUP])[0])
        # As of a day nothing was recorded for: every gate changes.
        peer = median(peers)
        again = median([run(self.jalon("evaluate"))[0] for _ in range(self.repeats)])
        what = f"(c) evaluate {self.count:,} projects"
        self.table.seconds(f"{what}, --dry-run", median(dry), peer, "≤ 8×, aim 3×")
        self.table.seconds(f"{what}, first after (a)", first, peer, "≤ 8×, aim 3×")
        self.table.seconds(f"{what}, again", again, peer, "≤ 8×, aim 3×")
        self.table.line("(e) peak memory of (c)", f"{max(peaks):.0f} MB", "", "", "< 300 MB")
        fresh = self.evaluate_unrecorded()
        self.table.seconds(f"{what}, recording every gate", fresh, peer, "≤ 8×, aim 3×")

    def evaluate_unrecorded(self):
        """On a copy without recommendations, so that all of them are recorded."""
        copy = self.work / "copy"
        (copy / "state").mkdir(parents=True)
        shutil.copy(self.state / "jalon.sqlite", copy / "state/jalon.sqlite")
        shutil.copy(self.configuration, copy / "jalon.json")
        with sqlite3.connect(copy / "state/jalon.sqlite") as notebook:
            notebook.execute("DROP TRIGGER recommendation_keeps_rows")
            notebook.execute("DELETE FROM recommendation")
        os.sync()
        return run(self.jalon("evaluate", configuration=copy / "jalon.json"))[0]

    def sending(self):
        mail.MailBench(self).run()

    def idle_with_mail(self):
        mail.idle_memory(self, self.binary, ROOT / "config/portfolio", self.work / "samples")

    def one_project(self):
        ours, help = [], []
        for attempt in range(9):
            id = data.project_id(1 + attempt * 97 % self.count)
            ours.append(run(self.jalon("evaluate", "--project", id))[0])
            help.append(run([self.binary, "--help"])[0])
        more = (median(ours) - median(help)) * 1000
        self.table.line("(d) evaluate --project X, above --help", f"{more:.0f} ms",
                        f"{median(help) * 1000:.0f} ms", "", "≤ 100 ms")

    def verification(self, size=20_000):
        """`verify` against sha256sum of the same bytes: archived files and notebook."""
        entries, files = self.ledger
        configuration = self.world("ledger", 1_000)
        self.adopt(configuration)
        state = self.work / "ledger/state"
        start = time.perf_counter()
        ledger.build(state, entries, files, size)
        built = time.perf_counter() - start
        archive = f"find {state}/archive {state}/jalon.sqlite -type f -print0 | xargs -0 sha256sum"
        ours, theirs, peaks = [], [], []
        for _ in range(self.repeats):
            theirs.append(run(["bash", "-c", archive])[0])
            seconds, peak = run(self.jalon("verify", configuration=configuration))
            ours.append(seconds)
            peaks.append(peak)
        megabytes = sum(path.stat().st_size for path in state.rglob("*")) / 1e6
        self.table.seconds(
            f"(v) verify {entries:,} entries, {files:,} files, {megabytes:,.0f} MB", median(ours),
            median(theirs), "≤ 2×")
        self.table.line("(v) peak memory", f"{max(peaks):.0f} MB", f"built {built:.0f} s")
        self.explanation(configuration)

    def explanation(self, configuration):
        """`explain` of one project among a thousand, in a store with a long ledger."""
        ours, help = [], []
        for attempt in range(9):
            id = data.project_id(1 + attempt * 97 % 1_000)
            ours.append(run(self.jalon("explain", id, "P1", configuration=configuration))[0])
            help.append(run([self.binary, "--help"])[0])
        more = (median(ours) - median(help)) * 1000
        self.table.line("(v) explain one project there, above --help", f"{more:.0f} ms",
                        f"{median(help) * 1000:.0f} ms", "", "≤ 100 ms")

    def latency(self, count=300):
        daemon = self.serve()
        daemon.wait_for("ready")
        times = []
        for number in range(count):
            id = data.project_id(1 + number * 31 % self.count)
            door = self.work / "full/doors" / id
            ready = self.work / "full/waiting.csv"
            ready.write_text(data.HEADER + f"{id};2022-08;agents;{2000 + number},5\n")
            receipt = str(door / "recepisses" / f"late-{number}.csv.receipt.txt")
            start = time.perf_counter()
            ready.rename(door / "depot" / f"late-{number}.csv")
            while not os.path.exists(receipt):
                if time.perf_counter() - start > 30:
                    fail(f"no receipt for {id}")
                time.sleep(0.0002)
            times.append((time.perf_counter() - start) * 1000)
            time.sleep(0.02)
        idle, anonymous = daemon.memory("VmRSS", "RssAnon")
        daemon.stop()
        times.sort()
        self.table.line(f"(f) renamed into the depot → receipt, median of {count}",
                        f"{median(times):.1f} ms")
        self.table.line("(f) 99th percentile", f"{times[int(count * 0.99)]:.1f} ms",
                        f"most {times[-1]:.0f} ms")
        self.table.line(f"(e) memory meanwhile, {self.count:,} doors", f"{idle:.1f} MB",
                        f"anon {anonymous:.1f}")


def rate(told):
    rows, seconds = told.split(" rows in ") if " rows in " in told else fail(told)
    return int(rows) / float(seconds.split()[0])


def venv():
    """pandas, from the package index once."""
    folder = ROOT / ".build/bench-venv"
    python = folder / "bin/python"
    if not (folder / "ready").exists():
        run([sys.executable, "-m", "venv", folder])
        run([python, "-m", "pip", "install", "--quiet", "pandas"])
        (folder / "ready").touch()
    return python


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="1,000 files instead of 10,000")
    parser.add_argument("--binary", default=ROOT / ".build/release/jalon", type=Path)
    parser.add_argument("--reader", type=Path, help="JalonBenchmarks, by default beside jalon")
    parser.add_argument("--only", default="abcdfmv",
                        help="letters of issue 2, such as 'ac'; m: mail; v: verify")
    parser.add_argument("--full", action="store_true",
                        help="(v) with a million entries instead of 100,000: needs 6 GB and minutes")
    parser.add_argument("--keep", action="store_true", help="leave the scratch folder")
    given = parser.parse_args()
    given.binary = given.binary.resolve()
    given.reader = (given.reader or given.binary.with_name("JalonBenchmarks")).resolve()
    for program, package in (("sqlite3", "sqlite3"), ("strace", "strace"), ("swaks", "swaks"),
                             (mail.SINK, "postfix")):
        if not shutil.which(program):
            parser.error(f"{program} is missing: apt-get install {package}")
    for program in (given.binary, given.reader):
        if not os.access(program, os.X_OK):
            parser.error(f"{program} is missing: swift build -c release --product {program.name}")
    return given


def main():
    given = options()
    work = Path(tempfile.mkdtemp(prefix="jalon-bench-"))
    bench = Bench(given, work)
    steps = {"a": [bench.adoption, bench.intake, bench.syncs, bench.idle], "b": [bench.reading],
             "c": [bench.evaluation], "d": [bench.one_project], "f": [bench.latency],
             "m": [bench.idle_with_mail, bench.sending], "v": [bench.verification]}
    try:
        # Everything but reading, mail and verifying needs what (a) leaves behind.
        is_apart = set(given.only) <= {"b", "m", "v"}
        letters = given.only if is_apart else "a" + given.only.replace("a", "")
        for letter in letters:
            for step in steps[letter]:
                step()
    finally:
        for daemon in bench.daemons:
            if daemon.process.poll() is None:
                daemon.process.kill()
        if given.keep:
            print(f"kept: {work}")
        else:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()

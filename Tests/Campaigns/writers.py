#!/usr/bin/env python3
"""Lets many processes write at once, and looks whether every acknowledged row is there, once.

Beside a running daemon, workers take turns at what may happen on a busy day: `ingest` from the
shell for the same project and for others, some of it the same bytes at the same moment, files
renamed into depots, `evaluate`, `adopt` of a changed plan, `backup`. A command may end with status
75 if it says "try again"; any other surprise is a violation.

Needs Python 3 alone.
"""

import argparse
import hashlib
import json
import multiprocessing
import shutil
import sys
import time
from collections import Counter

import notebook
from installation import Installation, find_binary, project, report, scratch_folder, wait_until

PROJECTS = ["ESSAI-1", "ESSAI-2", "ESSAI-3"]
ROWS = 2
# Files of one team that may wait at once.
WAITING_LIMIT = 50


def content(mark):
    """A report of two rows that differs from every other by its mark."""
    value = 200 + int(hashlib.sha256(mark.encode()).hexdigest()[:2], 16)
    return report(("2021-Q1", "agents", value, "", "", mark), ("2021-Q1", "depenses", value))


class Worker:
    """One process that does one thing over and over, and notes what it was promised."""

    def __init__(self, installation, number, deadline):
        self.installation = installation
        self.number = number
        self.deadline = deadline
        self.folder = installation.folder / f"worker-{number}"
        self.promised = []
        self.done = Counter()
        self.faults = []

    def run(self):
        """Works until the deadline."""
        self.folder.mkdir()
        task = TASKS[self.number % len(TASKS)]
        turn = 0
        while time.monotonic() < self.deadline:
            try:
                task(self, turn)
            except Exception as error:  # noted, and the others go on
                self.faults.append(f"worker {self.number}: {type(error).__name__}: {error}")
            turn += 1
        return self.promised, self.done, self.faults

    def command(self, *words):
        """Runs a command; gives its output, or None when it says to try again."""
        done = self.installation.command(*words, expected=(0, 75))
        self.done[words[0]] += done.returncode == 0
        if done.returncode == 75:
            self.done["try again"] += 1
            if "try again" not in done.stderr:
                self.faults.append(f"{words[0]}: status 75 without 'try again': {done.stderr}")
            return None
        return done.stdout

    def ingest(self, identifier, name, bytes_):
        """Sends a file from the shell."""
        path = self.folder / name
        path.write_bytes(bytes_)
        output = self.command("ingest", "--project", identifier, "--json", str(path))
        if output is not None:
            self.promised.append((identifier, bytes_, json.loads(output)[0]["status"]))
        path.unlink()

    def push(self, identifier, name, bytes_):
        """Renames a file into a depot."""
        path = self.folder / name
        path.write_bytes(bytes_)
        depot = self.installation.depot(identifier)
        wait_until(lambda: len([*depot.iterdir()]) < WAITING_LIMIT)
        path.rename(depot / name)
        self.done["push"] += 1
        self.promised.append((identifier, bytes_, name))


def ingest_one(worker, turn):
    """Files of the first project, some of which the other worker sends, too."""
    mark = f"shared-{turn}" if turn % 4 == 0 else f"{worker.number}-{turn}"
    worker.ingest("ESSAI-1", f"report-{turn}.csv", content(mark))


def ingest_other(worker, turn):
    """Files of another project."""
    worker.ingest("ESSAI-2", f"report-{turn}.csv", content(f"{worker.number}-{turn}"))


def push_one(worker, turn):
    """Files in the first project's depot, one in ten of them pushed twice."""
    mark = f"{worker.number}-{turn - turn % 10 if turn % 10 == 1 else turn}"
    worker.push("ESSAI-1", f"push-{worker.number}-{turn}.csv", content(mark))


def push_other(worker, turn):
    """Files in another project's depot."""
    worker.push("ESSAI-2", f"push-{worker.number}-{turn}.csv", content(f"{worker.number}-{turn}"))


def evaluate(worker, turn):
    """Judges everything."""
    worker.command("evaluate")


def adopt(worker, turn):
    """Changes a title and adopts it."""
    changed = project("ESSAI-3")
    changed["title"] = f"Projet {worker.number}-{turn}"
    worker.installation.write("portfolio/projects/ESSAI-3.json", changed)
    worker.command("adopt", "--by", "Campagne", "--reason", f"tour {turn}", "ESSAI-3")


def verify(worker, turn):
    """Holds ledger, tables and archive against each other while the others write."""
    answer = worker.command("verify", "--json")
    if answer is not None:
        worker.faults += [f"verify: {misfit}" for misfit in json.loads(answer)["misfits"]]


def back_up(worker, turn):
    """Copies the notebook, and looks whether the copy is sound."""
    path = worker.folder / f"backup-{turn}.sqlite"
    if worker.command("backup", str(path)) is not None:
        copy = Installation(worker.folder, worker.installation.binary)
        copy.database = path
        worker.faults += [f"backup: {fault}" for fault in notebook.soundness(copy)]
        path.unlink()


# In this order: with nine workers each is there, and the first two meet.
TASKS = [ingest_one, ingest_one, push_one, evaluate, adopt, back_up, verify, ingest_other,
         push_other]


def work(arguments):
    """One worker, in a process of its own."""
    return Worker(*arguments).run()


def broken_promises(installation, promised):
    """What was acknowledged and is not so, as sentences."""
    known = {}
    for identifier, digest, rows in notebook.rows(installation, """
            SELECT project.id, hex(sha256), (SELECT count(*) FROM observation
            WHERE submission = number) FROM submission JOIN project ON project.key = project
            WHERE status = 'accepted'"""):
        known.setdefault((identifier, digest.lower()), []).append(rows)
    for identifier, bytes_, answer in promised:
        digest = hashlib.sha256(bytes_).hexdigest()
        if known.get((identifier, digest)) != [ROWS]:
            yield f"{identifier} {answer} {digest[:12]}: rows {known.get((identifier, digest))}"
    accepted = Counter((identifier, bytes_) for identifier, bytes_, answer in promised
                       if answer == "accepted")
    for (identifier, bytes_), count in accepted.items():
        if count > 1:
            yield f"{identifier}: the same bytes accepted {count} times"
    strangers = set(known) - {(identifier, hashlib.sha256(bytes_).hexdigest())
                              for identifier, bytes_, _ in promised}
    if strangers:
        yield f"accepted and never sent: {strangers}"


def miscounts(installation, done):
    """Facts that are there more or less often than commands were acknowledged."""
    for query, name in (
            ("SELECT count(*) FROM evaluation", "evaluate"),
            ("SELECT count(*) FROM version WHERE object = 'ESSAI-3' AND key > 4", "adopt")):
        ((count,),) = notebook.rows(installation, query)
        if count != done[name]:
            yield f"{name}: {done[name]} acknowledged, {count} in the notebook"


def receipts_missing(installation, promised):
    """Files pushed without an answer that says accepted or duplicate."""
    for identifier, _, name in promised:
        if name in ("accepted", "duplicate"):
            continue
        path = installation.receipts(identifier) / (name + ".receipt.json")
        status = json.loads(path.read_text())["status"] if path.exists() else "no receipt"
        if status not in ("accepted", "duplicate"):
            yield f"{identifier} {name}: {status}"


def finish(installation, daemon):
    """Waits until the depots are empty, and ends the daemon."""
    depots = [installation.depot(identifier) for identifier in PROJECTS]
    if not wait_until(lambda: not any([*depot.iterdir()] for depot in depots), 120, 0.05):
        yield "files are left in the depots"
    status = installation.stop(daemon)
    if status != 0:
        yield f"the daemon ended with status {status}: {installation.log_tail()}"


def campaign(installation, processes, seconds):
    """Runs it all; gives the counts and the violations."""
    installation.create(PROJECTS).adopt()
    daemon = installation.start()
    doors = [installation.receipts(identifier) for identifier in PROJECTS]
    wait_until(lambda: all(door.exists() for door in doors))
    deadline = time.monotonic() + seconds
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        results = pool.map(work, [(installation, number, deadline) for number in range(processes)],
                           chunksize=1)
    promised = [promise for result in results for promise in result[0]]
    done = sum((result[1] for result in results), Counter())
    faults = [fault for result in results for fault in result[2]]
    faults += finish(installation, daemon)
    faults += broken_promises(installation, promised)
    faults += receipts_missing(installation, promised)
    faults += miscounts(installation, done)
    faults += notebook.soundness(installation)
    faults += notebook.misfits(installation)
    faults += notebook.archive_faults(
        installation, {answer: bytes_ for _, bytes_, answer in promised})
    faults += notebook.leftovers(installation.doors, installation.state)
    return done, len(promised), faults


def main():
    """Reads the command line and runs the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, metavar="S")
    parser.add_argument("--processes", type=int, default=9, metavar="N")
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    chosen = parser.parse_args()
    folder = scratch_folder()
    try:
        done, promised, faults = campaign(
            Installation(folder, find_binary(chosen.binary)), chosen.processes, chosen.seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{chosen.processes} processes and the daemon, {chosen.seconds:g} s: "
          + ", ".join(f"{name} {count}" for name, count in sorted(done.items())))
    for fault in faults[:20]:
        print(f"  {fault[:400]}")
    print(f"{promised} files acknowledged or pushed, {len(faults)} violations")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

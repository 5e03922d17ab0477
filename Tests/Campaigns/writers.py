#!/usr/bin/env python3
"""Lets many processes write at once, and looks whether every acknowledged row is there, once.

Beside a running daemon, workers take turns at what may happen on a busy day: `ingest` from the
shell for the same project and for others, some of it the same bytes at the same moment, files
renamed into depots, `evaluate`, `adopt` of a changed plan, `backup`. A command may end with status
75 if it says "try again"; any other surprise is a violation.

Needs Python 3 alone.
"""

import hashlib
import json
import sys
from collections import Counter

import crowd
import notebook
from installation import Installation, project, report, wait_until

PROJECTS = ["ESSAI-1", "ESSAI-2", "ESSAI-3"]
ROWS = 2
# Files of one team that may wait at once.
WAITING_LIMIT = 50


def content(mark):
    """A report of two rows that differs from every other by its mark."""
    value = 200 + int(hashlib.sha256(mark.encode()).hexdigest()[:2], 16)
    return report(("2021-Q1", "agents", value, "", "", mark), ("2021-Q1", "depenses", value))


class Writer(crowd.Worker):
    """One with a folder of its own."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.folder = self.installation.folder / f"worker-{self.number}"
        self.folder.mkdir()

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


def back_up(worker, turn):
    """Copies the notebook, and looks whether the copy is sound."""
    path = worker.folder / f"backup-{turn}.sqlite"
    if worker.command("backup", str(path)) is not None:
        copy = Installation(worker.folder, worker.installation.binary)
        copy.database = path
        worker.faults += [f"backup: {fault}" for fault in notebook.soundness(copy)]
        path.unlink()


# In this order: with nine workers each is there, and the first two meet.
TASKS = [ingest_one, ingest_one, push_one, evaluate, adopt, back_up, crowd.verify,
         ingest_other, push_other]


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


def campaign(installation, chosen):
    """Runs it all; gives the writers and what was counted."""
    installation.create(PROJECTS).adopt()
    daemon = installation.start()
    doors = [installation.receipts(identifier) for identifier in PROJECTS]
    wait_until(lambda: all(door.exists() for door in doors))
    writers = crowd.Crowd(installation, Writer, TASKS, chosen)
    promised = writers.promised
    writers.faults += crowd.aftermath(installation, daemon)
    writers.faults += broken_promises(installation, promised)
    writers.faults += receipts_missing(installation, promised)
    writers.faults += miscounts(installation, writers.done)
    writers.faults += notebook.archive_faults(
        installation, {answer: bytes_ for _, bytes_, answer in promised})
    return writers, f"{len(promised)} files acknowledged or pushed"


if __name__ == "__main__":
    sys.exit(crowd.main(__doc__, TASKS, campaign))

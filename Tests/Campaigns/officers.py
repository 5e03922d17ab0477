#!/usr/bin/env python3
"""Lets officers decide from the shell and by file while teams report and cron judges, all at once.

Afterwards the ledger is walked from its first entry, and every decision is held against what stood
before it: one made without `--anyway` speaks of the recommendation that was recorded last, and of
a gate that nobody had decided otherwise. Every act that was acknowledged is there once, none is
there that was not, what holds in the end is what was decided last, and what `evaluate` printed
meanwhile is what it prints for that instant afterwards.

Needs Python 3 alone.
"""

import json
import sys
import time

import crowd
import notebook
from installation import report, wait_until

PROJECT, PHASE = "ESSAI-1", "P1"
# What a refusal may say: the verdict has changed, or another decision stands.
REFUSALS = {"verdict-changed", "already-decided", "nothing-to-take-back"}


class Officer(crowd.Worker):
    """One who also notes what was printed."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.name = f"agent-{self.number}"
        self.printed = []

    def command(self, *words):
        """Runs a command; gives what it did, or None where it was refused or is to be tried again."""
        done = self.installation.command(*words, expected=(0, 1, 64, 75))
        kind = {0: words[0], 1: "refused", 64: "refused", 75: "try again"}[done.returncode]
        self.done[kind] += 1
        if done.returncode in (1, 64) and not any(
                text in done.stderr for text in ("has changed", "decided", "nothing to take back")):
            self.faults.append(f"{' '.join(words)}: {done.stderr}")
        return done.stdout if done.returncode == 0 else None

    def act(self, *words):
        """Records an act from the shell."""
        # In the same words an act that stands is recorded once: each has words of its own.
        self.done["asked"] += 1
        reason = f"campagne, demande {self.done['asked']}"
        output = self.command(*words, "--by", self.name, "--reason", reason, "--json")
        if output is not None:
            self.promised += [act["id"] for act in json.loads(output)]

    def send(self, turn, act, *cells):
        """Records an act by a file, and reads the receipt."""
        door = self.installation.doors / ".decisions" / self.name
        (door / "depot").mkdir(parents=True, exist_ok=True)
        name = f"acte-{turn}.csv"
        hidden = door / "depot" / f".{name}"
        hidden.write_text("acte;projet;phase;critère;motif\n" + ";".join(
            [act, PROJECT, PHASE, *cells, f"tour {turn}"]) + "\n")
        hidden.rename(door / "depot" / name)
        receipt = door / "recepisses" / f"{name}.receipt.json"
        if not wait_until(receipt.exists, 60):
            self.faults.append(f"{self.name}: no receipt for {name}")
            return
        answer = json.loads(receipt.read_text())
        self.done[f"file {answer['status']}"] += 1
        self.promised += [act["id"] for act in answer["acts"]]
        strange = {error["code"] for error in answer["errors"]} - REFUSALS
        if strange or answer["status"] == "duplicate":
            self.faults.append(f"{self.name} {name}: {answer['status']} {strange}")


def decide(officer, turn):
    """Decides one way and the other, with and without `--anyway`."""
    verdict = "withhold" if turn % 2 else "release"
    officer.act("decide", PROJECT, PHASE, verdict, *(["--anyway"] if turn % 3 == 0 else []))


def decide_by_file(officer, turn):
    """Decides by files, never against what stands."""
    officer.send(turn, "suspendre" if turn % 2 else "débloquer", "")


def waive(officer, turn):
    """Drops a criterion, and asks for it again."""
    if turn % 2:
        officer.act("waive", PROJECT, PHASE, "milestone:M1", "--take-back")
    else:
        officer.act("waive", PROJECT, PHASE, "milestone:M1")


def waive_by_file(officer, turn):
    """The same by files."""
    officer.send(turn, "reprendre" if turn % 2 else "déroger", "milestone:M1")


def push(officer, turn):
    """Reports a figure on this side of the threshold, then on that."""
    depot = officer.installation.depot(PROJECT)
    wait_until(lambda: len([*depot.iterdir()]) < 20)
    path = officer.installation.folder / f"{officer.name}-{turn}.csv"
    path.write_bytes(report(("2021-Q1", "agents", 10), ("2021-Q2", "agents", 400 - turn % 2 * 200),
                            ("2021-Q1", "depenses", 1), ("2021-Q2", "depenses", 1, "", "", turn)))
    path.rename(depot / path.name)
    officer.done["push"] += 1
    time.sleep(0.05)


def evaluate(officer, turn):
    """Judges everything, as cron does, and keeps what was printed."""
    output = officer.command("evaluate", "--json")
    if output is not None:
        officer.printed.append(json.loads(output))


TASKS = [decide, decide_by_file, push, waive, waive_by_file, evaluate, decide,
         crowd.verify]


def unpromised(installation, promised):
    """Acts that were acknowledged and are not there, and the reverse."""
    there = {number for (number,) in notebook.rows(installation, "SELECT number FROM act")}
    for number in sorted(set(promised) - there):
        yield f"act {number} was acknowledged and is not there"
    for number in sorted(there - set(promised)):
        yield f"act {number} is there and nobody was told"
    if len(promised) != len(set(promised)):
        yield "an act was acknowledged twice"


def out_of_turn(installation, checked):
    """Decisions about a verdict that was not the one recorded last, or against another's."""
    recorded, decided = None, None
    for kind, body in notebook.rows(installation, """
            SELECT kind, body FROM ledger WHERE subject = 'ESSAI-1' AND kind <> 'submission'
            ORDER BY sequence"""):
        entry = json.loads(body)
        if kind == "recommendation":
            for gate in entry["gates"]:
                if gate["phase"] == PHASE:
                    recorded = gate["recommendation"]
        elif kind == "decide":
            checked[0] += 1
            # Who decides by file never says anyway.
            if entry["way"] == "door":
                if entry["stood"] != recorded:
                    yield f"act {entry['act']}: {entry['stood']} stood, {recorded} was recorded"
                if decided not in (None, entry["verdict"]):
                    yield f"act {entry['act']} goes against {decided} unsaid"
            decided = entry["verdict"]
    (effective,), *_ = notebook.rows(installation, """
        SELECT effective FROM recommendation WHERE phase = 'P1'
        AND project = (SELECT key FROM project WHERE id = 'ESSAI-1') ORDER BY key DESC LIMIT 1""")
    if effective != decided:
        yield f"{decided} was decided last, and {effective} is recorded"


def forgotten(installation, printed):
    """What was printed while the others wrote, and is not printed again for the same instant."""
    for before in printed:
        after = json.loads(installation.command(
            "evaluate", "--json", "--as-of", before["asOf"], "--known-at", before["knownAt"]).stdout)
        if after != before:
            changed = [gate["phase"] for old, new in zip(before["projects"], after["projects"])
                       for gate, other in zip(old["gates"], new["gates"]) if gate != other]
            yield f"evaluate at {before['knownAt']} is not what it was: {changed}"


def campaign(installation, chosen):
    """Runs it all; gives the officers and what was counted."""
    installation.create([PROJECT, "ESSAI-2"]).adopt()
    installation.command("evaluate")
    daemon = installation.start()
    wait_until(installation.depot(PROJECT).exists)
    officers = crowd.Crowd(installation, Officer, TASKS, chosen)
    officers.faults += crowd.aftermath(installation, daemon)
    officers.faults += unpromised(installation, officers.promised)
    printed = [answer for officer in officers.workers for answer in officer.printed]
    officers.faults += forgotten(installation, printed)
    checked = [0]
    officers.faults += out_of_turn(installation, checked)
    if not checked[0]:
        officers.faults.append("no decision could be held against what stood")
    return officers, (f"{len(officers.promised)} acts acknowledged, {checked[0]} decisions held "
                      f"against what stood, {len(printed)} evaluations printed again")


if __name__ == "__main__":
    sys.exit(crowd.main(__doc__, TASKS, campaign))

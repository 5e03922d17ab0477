#!/usr/bin/env python3
"""Kills Jalon at every system call, and looks whether anything was lost or counted twice.

In a scratch installation the daemon takes what a team pushed (`serve`), a portfolio is adopted
(`adopt`), a file is taken from the shell (`ingest`), and officers and administrators do each thing
that they can do (command_scenarios.py: `decide` to `new`). Each is done again and again, and killed at its first system call, at its second, and so on until it ends by itself: every
call of every thread, loading and shutting down included. After each kill the same is done again,
undisturbed, and what then stands is held against what a run without any kill leaves: notebook,
ledger, archive, receipts, depots and verdicts. `serve, twice` kills the recovery, too.

Needs Python 3 alone; reads the names of system calls from the C headers where they are there.
"""

import os
import re
import sys

import notebook
from killing import Examination, run_campaigns
from command_scenarios import COMMANDS
from scenarios import SCENARIOS


def plain_text(text):
    """A text without what depends on the moment."""
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "INSTANT", text)
    return re.sub(r"\d\d/\d\d/\d{4}|\d{1,2} \w+ \d{4}|\d{1,2} ?[h:] ?\d\d(:\d\d)?", "MOMENT", text)


def door_state(team):
    """Receipts, without instants, and the names that are left in the depot."""
    state = {"depot": sorted(os.listdir(team.depot))}
    for path in sorted(team.receipts.iterdir()):
        if not path.name.startswith("."):
            state[path.name] = plain_text(path.read_text())
    return state


def outcome(run):
    """All that a run leaves, in a form in which two runs can be compared."""
    installation = run.installation
    found = {"facts": notebook.facts(installation), "verdicts": notebook.judgement(installation)}
    if run.has_doors:
        found["doors"] = door_state(run.team)
    return found


def violations(run, expected):
    """What is wrong after a recovery, as sentences."""
    installation = run.installation
    found = outcome(run)
    yield from notebook.differences(expected["facts"], found["facts"])
    if found["verdicts"] != expected["verdicts"]:
        yield "the verdicts differ from those of an undisturbed run"
    for name in {**expected.get("doors", {}), **found.get("doors", {})}:
        if expected["doors"].get(name) != found["doors"].get(name):
            yield f"{name}: {found['doors'].get(name)} instead of {expected['doors'].get(name)}"
    yield from notebook.soundness(installation)
    yield from notebook.misfits(installation)
    yield from notebook.archive_faults(installation, run.pushed)
    if pending := notebook.rows(installation, "SELECT number FROM submission WHERE pending = 1"):
        yield f"pending: {pending}"
    # Only the daemon tidies up, and only it writes beside the doors.
    folders = [installation.doors, installation.state] if "doors" in expected else []
    yield from notebook.leftovers(*folders)


if __name__ == "__main__":
    sys.exit(run_campaigns([*SCENARIOS, *COMMANDS], Examination(outcome, violations), __doc__.splitlines()[0]))

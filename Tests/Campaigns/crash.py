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
import json
import multiprocessing
import os
import re
import shutil
import sys
import time
from collections import Counter

import notebook
from installation import Installation, find_binary, scratch_folder
from scenarios import PROJECT, SCENARIOS


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

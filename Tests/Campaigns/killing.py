"""Kills a scenario at its first system call, at its second, and so on, and gathers what was wrong.

A scenario is a class with a `name`, `prepare(template)`, and runs: `run_traced(kill_at)` and
`run_undisturbed()`, which gives what went wrong meanwhile. `kills_recovery` asks for a second kill
in each attempt, `sparser` makes the short form of a campaign shorter.
"""

import argparse
import multiprocessing
import os
import shutil
import time
from collections import Counter
from typing import Callable, NamedTuple

import notebook
import tracer
from installation import Installation, find_binary, scratch_folder
from scenarios import PROJECT


class Examination(NamedTuple):
    """How a campaign looks at what a run has left."""

    # All that is compared with an undisturbed run, of a run.
    outcome: Callable
    # What is wrong after a recovery, of a run and the undisturbed outcome, as sentences.
    violations: Callable
    # What is wrong already before it.
    violations_before: Callable = lambda run, expected: ()


class Campaign:
    """One scenario, killed again and again."""

    def __init__(self, scenario, examination, folder, binary):
        self.scenario = scenario
        self.examination = examination
        self.folder = folder
        self.template = Installation(folder / "template", binary)
        self.template.folder.mkdir(parents=True)
        self.template.create([PROJECT])
        scenario.prepare(self.template)
        self.expected, self.calls = None, 0
        self.loading = tracer.run([str(binary), "--help"], 0, os.devnull).calls

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
                faults += self.examination.violations_before(run, self.expected)
            notebook.age_leftovers(installation.state)
            faults += run.run_undisturbed()
            if is_first:
                self.expected = self.examination.outcome(run)
            faults += self.examination.violations(run, self.expected)
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
    # The short form leaves out what every program does before it begins.
    start = 1 if every == 1 else campaign.loading
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


def run_campaign(scenario, examination, every, folder, binary, processes):
    """Runs one campaign, prints its line and what was wrong; gives the number of violations."""
    global current
    begun = time.monotonic()
    campaign = Campaign(scenario, examination, folder, binary)
    campaign.record()
    current = campaign
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        results = sweep(campaign, every * scenario.sparser if every > 1 else 1, pool)
    killed = [result for result in results if result[1]]
    wrong = [result for result in results if result[2]]
    seconds = time.monotonic() - begun
    print(f"{scenario.name:<16}{campaign.calls:>6}{len(killed):>8}{len(wrong):>12}{seconds:>8.0f} s",
          flush=True)
    for place, call, faults in wrong[:20]:
        shown = [fault[:400].replace("\n", " | ") for fault in faults[:6] + faults[6:][-1:]]
        print(f"  call {place} ({call}): " + "\n    ".join(shown), flush=True)
    return Counter(call for _, call, _ in killed), len(wrong)


def run_campaigns(scenarios, examination, description):
    """Reads the command line and runs the campaigns; gives the exit status."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th call only")
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="how many at once")
    parser.add_argument("--only", metavar="SCENARIO",
                        choices=[scenario.name for scenario in scenarios])
    chosen = parser.parse_args()
    binary = find_binary(chosen.binary)
    folder = scratch_folder()
    calls, violated = Counter(), 0
    print(f"{'scenario':<16}{'calls':>6}{'killed':>8}{'violations':>12}{'time':>10}")
    try:
        for number, scenario in enumerate(scenarios):
            if chosen.only in (None, scenario.name):
                if reason := getattr(scenario, "needs", None):
                    print(f"{scenario.name:<16}skipped: {reason}")
                    continue
                counted, wrong = run_campaign(scenario, examination, chosen.every,
                                              folder / str(number), binary, chosen.processes)
                calls.update(counted)
                violated += wrong
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("killed at: " + ", ".join(f"{name} {count}" for name, count in calls.most_common()))
    print(f"{sum(calls.values())} kills, {violated} with violations")
    return 1 if violated else 0

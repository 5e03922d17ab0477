"""Processes that each do one thing over and over beside a daemon, and note what they were promised."""

import argparse
import json
import multiprocessing
import shutil
import time
from collections import Counter

import notebook
from installation import Installation, find_binary, scratch_folder, wait_until


class Worker:
    """One process."""

    def __init__(self, installation, number, task, deadline):
        self.installation = installation
        self.number = number
        self.task = task
        self.deadline = deadline
        self.promised = []
        self.done = Counter()
        self.faults = []

    def run(self):
        """Works until the deadline."""
        turn = 0
        while time.monotonic() < self.deadline:
            try:
                self.task(self, turn)
            except Exception as error:  # noted, and the others go on
                self.faults.append(f"worker {self.number}: {type(error).__name__}: {error}")
            turn += 1
        return self


def verify(worker, turn):
    """A task: holds ledger, tables and archive against each other while the others write."""
    answer = worker.command("verify", "--json")
    if answer is not None:
        worker.faults += [f"verify: {misfit}" for misfit in json.loads(answer)["misfits"]]


class Crowd:
    """Workers that took turns at some tasks, and what they have done together."""

    def __init__(self, installation, kind, tasks, chosen):
        deadline = time.monotonic() + chosen.seconds
        workers = [kind(installation, number, tasks[number % len(tasks)], deadline)
                   for number in range(chosen.processes)]
        with multiprocessing.get_context("fork").Pool(chosen.processes) as pool:
            self.workers = pool.map(kind.run, workers, chunksize=1)
        self.promised = [promise for worker in self.workers for promise in worker.promised]
        self.done = sum((worker.done for worker in self.workers), Counter())
        self.faults = [fault for worker in self.workers for fault in worker.faults]


def aftermath(installation, daemon):
    """Waits until the depots are empty, and ends the daemon; gives what is wrong then."""
    if not wait_until(lambda: not any(installation.doors.glob("*/depot/*")), 120, 0.05):
        yield "files are left in the depots"
    status = installation.stop(daemon)
    if status != 0:
        yield f"the daemon ended with status {status}: {installation.log_tail()}"
    yield from notebook.soundness(installation)
    yield from notebook.misfits(installation)
    yield from notebook.leftovers(installation.doors, installation.state)


def main(description, tasks, campaign):
    """Reads the command line and runs a campaign, which gives its crowd and what it counted."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, metavar="S")
    parser.add_argument("--processes", type=int, default=len(tasks), metavar="N")
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    chosen = parser.parse_args()
    folder = scratch_folder()
    try:
        crowd, counted = campaign(Installation(folder, find_binary(chosen.binary)), chosen)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{chosen.processes} processes and the daemon, {chosen.seconds:g} s: "
          + ", ".join(f"{name} {count}" for name, count in sorted(crowd.done.items())))
    for fault in crowd.faults[:20]:
        print(f"  {fault[:400]}")
    print(f"{counted}, {len(crowd.faults)} violations")
    return 1 if crowd.faults else 0

#!/usr/bin/env python3
"""Lets things fail as they do in service, and looks whether Jalon recovers or stops with advice.

Disks that fail, fill up or turn read-only (disk_faults.py); a notebook that is damaged, gone, locked
or another program's (notebook_faults.py); doors that are replaced, unmounted or flooded, and too few
descriptors (door_faults.py); clocks that jump (clock_faults.py). After each fault Jalon is run again
undisturbed: everything acknowledged has to be there, once, and `verify` clean; and where it could not
go on, its log has to say what to do. Ends in a table: the fault, how often, how it ended, and the line.

Needs strace, faketime and the right to mount; says what it skips where it has not.
"""

import argparse
import multiprocessing
import shutil
import sys
import textwrap
import time
import traceback

import clock_faults
import disk_faults
import door_faults
import notebook_faults
import recorded_disk
from fault_bench import RECOVERED, STOPPED, Attempt, Bench, may_mount, row_of
from installation import find_binary, scratch_folder

# What takes longest comes first, so that the last ones end together.
FAULTS = [*door_faults.FAULTS, *disk_faults.FAULTS, *clock_faults.FAULTS, *notebook_faults.FAULTS]
bench = None


def attempt(number):
    """All attempts of one fault, in a process of the pool."""
    fault = FAULTS[number]
    begun = time.monotonic()
    try:
        attempts = fault.attempts(bench)
    except Exception as error:  # what cannot be tried is a finding; the others go on
        attempts = [Attempt("", "", [f"{type(error).__name__}: {error}", traceback.format_exc()])]
    return number, row_of(fault.name, attempts), time.monotonic() - begun


def show(row, seconds):
    """Prints a line of the table, what the log said, and what was wrong."""
    print(f"{row.name:<44}{row.times:>6}{row.outcomes[RECOVERED]:>11}{row.outcomes[STOPPED]:>12}"
          f"{len(row.faults):>12}{seconds:>7.0f} s")
    for line in textwrap.wrap(row.line, 96)[:4]:
        print("    " + line)
    for fault in row.faults[:8]:
        print("  ! " + fault[:600].replace("\n", " | "))
    sys.stdout.flush()


def main():
    """Reads the command line and runs it all."""
    global bench
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="each kind of fault, a few times")
    parser.add_argument("--only", metavar="WORDS", help="faults whose name contains this")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="how many at once")
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    chosen = parser.parse_args()
    if may_mount() is None:
        recorded_disk.own_mounts()
    folder, rows = scratch_folder(), []
    print(f"{'fault':<44}{'times':>6}{'recovered':>11}{'clean stop':>12}{'violations':>12}"
          f"{'time':>9}")
    try:
        bench = Bench(folder, find_binary(chosen.binary), chosen.short)
        numbers = [number for number, fault in enumerate(FAULTS)
                   if (chosen.only or "") in fault.name
                   and not (chosen.short and fault.is_long)]
        for number in [number for number in numbers if FAULTS[number].needs()]:
            print(f"{FAULTS[number].name:<44}skipped: {FAULTS[number].needs()}")
        wanted = [number for number in numbers if not FAULTS[number].needs()]
        with multiprocessing.get_context("fork").Pool(chosen.processes) as pool:
            for _, row, seconds in pool.imap_unordered(attempt, wanted, chunksize=1):
                show(row, seconds)
                rows.append(row)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    violated = sum(len(row.faults) for row in rows)
    print(f"{sum(row.times for row in rows)} faults of {len(rows)} kinds: "
          f"{sum(row.outcomes[RECOVERED] for row in rows)} recovered, "
          f"{sum(row.outcomes[STOPPED] for row in rows)} clean stops with advice, "
          f"{violated} violations")
    return 1 if violated else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Cuts the power while Jalon works, and looks whether anything acknowledged is lost.

The real daemon and the commands of a busy day (working_day.py) work on an ext4 file system whose every
write is recorded (recorded_disk.py). Then, for moments drawn at random from all those writes, the disk
is had as a power cut at that moment left it; in every second cut the disk's own cache loses a random
choice of what was not flushed, too. Each is mounted, which replays the journal, Jalon is started on it
and recovers, and then everything promised before the cut has to hold: receipts unchanged, files
counted once, bytes in the archive, each pushed file answered, acts, adoptions, silences, backups and
project files there, every message in the Maildir once, `verify` clean.

The controls are the same with syncs that do nothing: they must lose, or the campaign could not see a
loss. It fails when one does not.

Needs the right to mount, /dev/fuse and, for the controls, strace; says so where it cannot.
"""

import argparse
import json
import multiprocessing
import os
import random
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import notebook
import recorded_disk
from installation import Installation, find_binary, scratch_folder, wait_until
from working_day import OFFICERS_DOOR, PROJECTS, Day

# How long a day is, and in the short form.
SECONDS, SHORT_SECONDS = 5, 3
# What could not be looked at counts as lost, but proves nothing of a control.
UNEXAMINED = "cannot be examined"


class Kind(NamedTuple):
    """A kind of day, and what its cuts have to show."""

    name: str
    # Sync calls that do nothing.
    muted: tuple = ()
    must_lose: bool = False


USUAL = Kind("power cut")
CONTROLS = [Kind("control: no sync does anything", ("fsync", "fdatasync", "syncfs"), True),
            Kind("control: fdatasync does nothing", ("fdatasync",), True),
            Kind("control: syncfs does nothing", ("syncfs",), True)]


class Job(NamedTuple):
    """One day and its cuts."""

    kind: Kind
    seed: int
    cuts: int
    seconds: int
    binary: Path


class Result(NamedTuple):
    """What came of a day: the promises made, those held to over all cuts, and what was lost."""

    kind: Kind
    cuts: Counter
    promised: Counter
    held: int
    dropped: int
    losses: list


def muting(calls):
    """A command line's beginning under which some system calls do nothing and succeed."""
    if not calls:
        return ()
    names = ",".join(calls)
    return ("strace", "-D", "-f", "-q", "--seccomp-bpf", "-o", os.devnull, "-e", f"trace={names}",
            "-e", f"inject={names}:retval=0")


def work(job):
    """Works a day and cuts the power; in a process of its own, with mounts of its own."""
    recorded_disk.own_mounts()
    folder = scratch_folder()
    mounted_on = folder / "disk-of-jalon"
    mounted_on.mkdir()
    try:
        disk = recorded_disk.RecordedDisk(folder, mounted_on)
        installation = Installation(mounted_on / "jalon", job.binary)
        installation.folder.mkdir()
        # Its log is elsewhere: it must not be what keeps the disk busy.
        installation.log = folder / "log"
        day = Day(disk, installation, job.seed, muting(job.kind.muted))
        day.prepare()
        start = disk.position
        day.work(job.seconds)
        end = disk.position
        disk.close()
        return cut_often(job, day, disk, folder, range(start, end + 1))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cut_often(job, day, disk, folder, moments):
    """Cuts the power at random moments of a day that is over."""
    generator = random.Random(f"cuts {job.seed}")
    cuts = recorded_disk.Cuts(disk, folder, moves_device=job.seed % 2 == 1)
    held, dropped, count, losses = 0, 0, Counter(), []
    if not job.kind.must_lose:
        losses += [(0, [f"the day itself: {fault}"]) for fault in day.faults[:5]]
    for number, moment in enumerate(sorted(generator.choices(moments, k=job.cuts))):
        loses_cache = number % 2 == 1
        image, blocks = cuts.at(moment, generator if loses_cache else None)
        due = [promise for promise in day.promises if promise.position <= moment]
        faults = examine(day.installation, image, disk.mounted_on, due)
        if faults:
            losses.append((moment, faults))
        count["cache lost" if loses_cache else "cut"] += 1
        held, dropped = held + len(due), dropped + blocks
    promised = Counter(promise.kind for promise in day.promises)
    return Result(job.kind, count, promised, held, dropped, losses)


def examine(installation, image, folder, due):
    """Mounts what a power cut left, recovers, and gives what is wrong."""
    try:
        recorded_disk.mount_image(image, folder)
    except Exception as error:  # a file system that cannot be mounted has lost everything
        return [f"{UNEXAMINED}: {type(error).__name__}: {getattr(error, 'stderr', error)}"]
    faults = []
    try:
        notebook.age_leftovers(installation.state)
        faults += recover(installation)
        faults += broken_promises(installation, due)
        faults += mail_faults(installation)
        faults += notebook.soundness(installation)
        faults += notebook.misfits(installation)
        faults += notebook.leftovers(installation.doors, installation.state)
    except Exception as error:  # whatever cannot be examined is a loss
        faults.append(f"{UNEXAMINED}: {type(error).__name__}: {error}")
    if faults:
        faults.append("log: " + installation.log_tail())
    recorded_disk.unmount(folder)
    return faults


def recover(installation):
    """Starts the daemon, and ends it when the depots are empty and everything is handed over."""
    logged = installation.log_size()
    daemon = installation.start()
    depots = [installation.depot(name) for name in (*PROJECTS, OFFICERS_DOOR)
              if installation.depot(name).exists()]
    is_over = wait_until(lambda: daemon.poll() is not None or (
        b"ready: " in installation.log_since(logged) and not any(
            name.suffix == ".csv" for depot in depots for name in depot.iterdir())))
    if daemon.poll() is not None:
        yield f"the daemon ended by itself, status {daemon.returncode}"
        return
    if not is_over:
        yield "after 20 seconds not everything was answered"
    status = installation.stop(daemon)
    if status != 0:
        yield f"the daemon ended with status {status}"
    if notebook.rows(installation, "SELECT number FROM submission WHERE pending = 1"):
        yield "files are still pending"
    installation.command("courier", "--once")


def broken_promises(installation, due):
    """What was promised and is not so, as sentences."""
    submissions = {
        f"J{number:08}": (name, digest.lower(), status, rows)
        for number, name, digest, status, rows in notebook.rows(installation, """
            SELECT number, project.id, hex(sha256), status,
            (SELECT count(*) FROM observation WHERE submission = number) +
            (SELECT count(*) FROM milestone WHERE submission = number)
            FROM submission JOIN project ON project.key = submission.project""")}
    expunged = {promise.detail for promise in due if promise.kind == "expunged"}
    expunged |= {digest.lower() for digest, in notebook.rows(
        installation, "SELECT hex(digest) FROM act WHERE digest IS NOT NULL")}
    counts = Counter(promise.kind for promise in due)
    yield from missing(installation, due, counts)
    for promise in due:
        if promise.kind == "pushed":
            yield from push_faults(installation, promise.detail)
        elif promise.kind == "receipt":
            seen = promise.detail
            path = installation.receipts(seen.project) / seen.name
            if not path.exists() or path.read_bytes() != seen.content:
                yield f"the receipt {seen.name} of {seen.project} is not what it was"
            yield from receipt_faults(
                installation, json.loads(seen.content), submissions, expunged)
        elif promise.kind == "ingested":
            yield from receipt_faults(installation, promise.detail, submissions, expunged)


def push_faults(installation, pushed):
    """Whether a pushed file was answered."""
    path = installation.receipts(pushed.project) / (pushed.name + ".receipt.json")
    if not path.exists():
        yield f"{pushed.project}: {pushed.name} has neither stayed nor a receipt"
        return
    try:
        receipt = json.loads(path.read_text())
    except ValueError:
        yield f"{pushed.project}: the receipt of {pushed.name} cannot be read"
        return
    wanted = ("accepted", "duplicate") if pushed.is_whole else ("rejected",)
    if receipt["sha256"] != pushed.digest or receipt["status"] not in wanted:
        yield f"{pushed.project}: {pushed.name} is answered with {receipt}"


def receipt_faults(installation, receipt, submissions, expunged):
    """Whether the notebook and the archive say what a receipt says."""
    number, digest = receipt["receipt"], receipt["sha256"]
    known = submissions.get(number)
    # An officer's receipt counts acts, and has no project.
    is_officers = receipt["project"] is None
    rows = receipt["rows"] if receipt["status"] == "accepted" and not is_officers else 0
    name = OFFICERS_DOOR if is_officers else receipt["project"]
    wanted = (name, digest, receipt["status"], rows)
    if known is None or known != wanted:
        yield f"{number} was given out as {wanted} and is {known}"
    if digest not in expunged:
        path = installation.state / "archive" / digest[:2] / digest
        if not path.exists() or path.stat().st_size != receipt["bytes"]:
            yield f"{number}: its bytes are not in the archive"


def missing(installation, due, counts):
    """Acknowledged acts, adoptions, evaluations, silences and files that are not there."""
    acts = {number for number, in notebook.rows(installation, "SELECT number FROM act")}
    versions = {digest.lower() for digest, in notebook.rows(
        installation, "SELECT hex(sha256) FROM version")}
    for kind, table in (("evaluated", "evaluation"), ("silenced", "silence")):
        ((count,),) = notebook.rows(installation, f"SELECT count(*) FROM {table}")
        if count < counts[kind]:
            yield f"{counts[kind]} times {kind}, {count} in the notebook"
    for _, kind, detail in due:
        if kind == "act" and detail not in acts:
            yield f"act {detail} is lost"
        elif kind == "adopted" and detail not in versions:
            yield f"the adopted version {detail[:12]} is lost"
        elif kind == "expunged" and (installation.state / "archive" / detail[:2] / detail).exists():
            yield f"expunged bytes are back: {detail[:12]}"
        elif kind == "set up" and (
                not detail[0].exists() or detail[0].read_bytes() != detail[1]):
            yield f"{detail[0].name} is not what was written"
        elif kind == "backup":
            yield from backup_faults(installation, detail)


def backup_faults(installation, path):
    """Whether a backup is there and sound."""
    if not path.exists():
        yield f"the backup {path.name} is lost"
        return
    copy = Installation(installation.folder, installation.binary)
    copy.database = path
    for fault in notebook.soundness(copy):
        yield f"backup {path.name}: {fault}"


def mail_faults(installation):
    """Whether every message is in the Maildir, once, with its bytes."""
    folder = installation.state / "mail"
    found = Counter(path.read_bytes() for path in [*folder.glob("new/*"), *folder.glob("cur/*")])
    for number, state, content in notebook.rows(installation, """
            SELECT number, state, content FROM message
            LEFT JOIN message_content ON message = number"""):
        if state != "sent" or found.pop(content, 0) != 1:
            yield f"message {number} is {state}, and not once in the Maildir"
    if found:
        yield f"{len(found)} files in the Maildir that are no message"


def jobs(chosen, binary):
    """The days to work."""
    per_day = -(-chosen.cuts // chosen.days)
    seconds = SHORT_SECONDS if chosen.short else SECONDS
    usual = [Job(USUAL, seed, per_day, seconds, binary) for seed in range(chosen.seed,
                                                                 chosen.seed + chosen.days)]
    controls = CONTROLS[:1] if chosen.short else CONTROLS
    return usual + [Job(kind, chosen.seed + number, max(4, per_day // 4), seconds, binary)
                    for number, kind in enumerate(controls)]


def show(results):
    """Prints the table; gives the exit status."""
    print(f"{'what':<34}{'days':>5}{'cuts':>7}{'cache lost':>12}{'promises':>10}{'checked':>9}"
          f"{'cuts that lost':>16}")
    failed = False
    for kind in [USUAL, *CONTROLS]:
        some = [result for result in results if result.kind == kind]
        if not some:
            continue
        count = sum((result.cuts for result in some), Counter())
        lost = sum(1 for result in some for _, faults in result.losses
                   if not (kind.must_lose and faults[0].startswith(UNEXAMINED)))
        is_wrong = (lost == 0) if kind.must_lose else (lost > 0)
        failed |= is_wrong
        verdict = " WRONG" if is_wrong else (" as it must" if kind.must_lose else "")
        print(f"{kind.name:<34}{len(some):>5}{sum(count.values()):>7}{count['cache lost']:>12}"
              f"{sum(sum(result.promised.values()) for result in some):>10}"
              f"{sum(result.held for result in some):>9}{lost:>16}{verdict}", flush=True)
        for result in some if not kind.must_lose else some[:1]:
            for moment, faults in result.losses[:3 if not kind.must_lose else 1]:
                print(f"  after write {moment}: " + "\n    ".join(
                    fault[:400].replace("\n", " | ") for fault in faults[:6] + faults[6:][-1:]))
    promised = sum((result.promised for result in results if result.kind == USUAL), Counter())
    print("promised: " + ", ".join(f"{name} {count}" for name, count in promised.most_common()))
    print(f"blocks that the disk's cache lost: {sum(result.dropped for result in results)}")
    return 1 if failed else 0


def main():
    """Reads the command line and runs the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=20, metavar="N", help="days of work")
    parser.add_argument("--cuts", type=int, default=1000, metavar="N", help="cuts in all")
    parser.add_argument("--short", action="store_true", help="one control instead of three")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    chosen = parser.parse_args()
    if reason := recorded_disk.can_record():
        print(f"power cuts: skipped, {reason}")
        return 0
    begun = time.monotonic()
    with multiprocessing.get_context("fork").Pool(chosen.processes, maxtasksperchild=1) as pool:
        results = pool.map(work, jobs(chosen, find_binary(chosen.binary)), chunksize=1)
    status = show(results)
    print(f"{time.monotonic() - begun:.0f} s")
    return status


if __name__ == "__main__":
    sys.exit(main())

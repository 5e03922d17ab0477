#!/usr/bin/env python3
"""Lets syncs fail and disks fill up, and looks whether anything acknowledged is lost.

Each `fsync`, `fdatasync` and `syncfs` of the daemon, of `adopt` and of `ingest` is made to fail
once with an I/O error (SPEC §7: a failed sync ends the process). The same is done on a disk that
has less and less room. After each, undisturbed and with room, everything must be as if nothing had
happened.

Needs strace and, for the full disk, the right to mount; without it that part says that it is
skipped.
"""

import argparse
import os
import shutil
import subprocess
import sys

import notebook
from crash import outcome, violations
from installation import find_binary, scratch_folder, wait_until
from killing import Campaign, Examination
from scenarios import Adopt, Ingest, Serve

SYNCS = ("fsync", "fdatasync", "syncfs")
# More syncs of one kind than any of the runs makes.
SYNC_LIMIT = 60
DISK = "1200k"
ROOM = (0, 1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192)
INPUT_OUTPUT = 74


def failing(call, number, trace):
    """A command line's beginning that lets the n-th call of a kind fail.

    The round's queue is served by one thread at a time, but not always by the same: the count is a
    thread's own, so two calls may fail in one run, or none.
    """
    return ["strace", "-D", "-f", "-y", "-q", "-o", str(trace), "-e", f"trace={call}",
            "-e", f"inject={call}:error=EIO:when={number}"]


class Trace:
    """What strace saw of the syncs of a run."""

    def __init__(self, path):
        lines = path.read_text().splitlines() if path.exists() else []
        calls = [line for line in lines if "sync" in line]
        places = [index for index, line in enumerate(calls) if "(INJECTED)" in line]
        self.was_injected = bool(places)
        self.calls_after = len(calls) - places[0] - 1 if places else 0
        self.is_unnoticed = bool(places) and places[0] > 0 \
            and "/state>" in calls[places[0]] and "-journal>" in calls[places[0] - 1]


def run_serve(run, before=(), seconds=10):
    """Runs the daemon until it has done everything, ends by itself, or takes too long."""
    installation = run.installation
    daemon = installation.start(before)
    wait_until(lambda: daemon.poll() is not None or (
        b"ready: " in installation.log_since(0) and run.team.step()), seconds)
    if daemon.poll() is None:
        return installation.stop(daemon)
    return daemon.returncode


def run_command(run, before=()):
    """Runs a command to its end."""
    arguments = [*before, *run.installation.arguments(*run.words())]
    with open(run.installation.log, "ab") as log:
        return subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=log,
                              stdin=subprocess.DEVNULL, timeout=120).returncode


def run_once(run, *arguments, **named):
    """Runs a scenario's program once."""
    once = run_serve if isinstance(run, Serve) else run_command
    return once(run, *arguments, **named)


def examine(campaign, run):
    """Runs it undisturbed, and gives what is wrong then."""
    faults = []
    try:
        faults += run.run_undisturbed()
        notebook.age_leftovers(run.installation.state)
        faults += violations(run, campaign.expected)
    except Exception as error:  # whatever cannot be examined is a finding
        faults.append(f"{type(error).__name__}: {error}")
    return faults


def fail_syncs(campaign, call):
    """Lets each sync of a kind fail; gives how many failed, how many of these SQLite does not look
    at, and what was wrong."""
    failed, unnoticed, faults = 0, 0, []
    for number in range(1, SYNC_LIMIT):
        installation = campaign.template.copy(campaign.folder / f"{call}-{number}")
        trace, found = fail_sync(campaign, call, number, installation)
        faults += [f"{call} {number}: {fault}" for fault in found]
        if found:
            faults.append("log: " + installation.log_tail())
        shutil.rmtree(installation.folder)
        if not trace.was_injected:
            break
        failed += 1
        unnoticed += trace.is_unnoticed
    return failed, unnoticed, faults


def fail_sync(campaign, call, number, installation):
    """Lets one sync fail, then runs undisturbed; gives the trace and what was wrong."""
    file = installation.folder / "trace"
    run = campaign.scenario(installation)
    status = run_once(run, failing(call, number, file))
    # The tracer writes its last lines after the program has ended.
    wait_until(lambda: file.exists() and "+++ exited" in file.read_text(), 1)
    trace, faults = Trace(file), []
    wanted = 0 if trace.is_unnoticed or not trace.was_injected else INPUT_OUTPUT
    if status != wanted:
        faults.append(f"status {status}, {trace.calls_after} syncs after a failed {call}")
    return trace, faults + examine(campaign, run)


class SmallDisk:
    """A file system of little room."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "jalon", str(folder)],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise PermissionError(done.stderr.strip())

    def leave(self, kilobytes):
        """Fills it but for so much."""
        with open(self.folder / "ballast", "wb") as ballast:
            status = os.statvfs(self.folder)
            count = status.f_bavail * status.f_frsize - kilobytes * 1024
            ballast.write(bytes(max(0, count)))

    def free(self):
        """Makes room again."""
        (self.folder / "ballast").unlink()

    def close(self):
        """Unmounts it."""
        subprocess.run(["umount", str(self.folder)], check=True)


def fill_disk(campaign, kilobytes):
    """Runs a scenario with so much room, then with enough; gives whether the room was enough at
    once, and what was wrong."""
    disk = SmallDisk(campaign.folder / f"disk-{kilobytes}")
    try:
        installation = campaign.template.copy(disk.folder / "jalon")
        # The log is elsewhere, as in service: a full disk must not silence it.
        installation.log = campaign.folder / f"log-{kilobytes}"
        run = campaign.scenario(installation)
        disk.leave(kilobytes)
        status = run_once(run, seconds=1) if isinstance(run, Serve) else run_once(run)
        text = installation.log_tail(1000)
        disk.free()
        was_enough, faults = status == 0, []
        if isinstance(run, Serve):
            was_enough = "<3>" not in text
            if status != 0 and was_enough:
                faults.append(f"the daemon ended with {status} and said nothing")
        elif status not in (0, INPUT_OUTPUT):
            faults.append(f"status {status}")
        faults += examine(campaign, run)
        if faults:
            faults.append("log: " + installation.log_tail())
        return was_enough, [f"{kilobytes} kB: {fault}" for fault in faults]
    finally:
        disk.close()


def may_mount(folder):
    """Whether the disk can be had; says so where not."""
    try:
        SmallDisk(folder / "try").close()
        return True
    except (PermissionError, FileNotFoundError) as error:
        print(f"full disk: skipped, nothing can be mounted here ({error})")
        return False


def prepared(scenario, folder, binary):
    """A campaign with its installation, and what an undisturbed run leaves."""
    campaign = Campaign(scenario, Examination(outcome, violations), folder, binary)
    _, _, faults = campaign.attempt(0, is_first=True)
    if faults:
        raise SystemExit(f"{scenario.name}, undisturbed: {faults}")
    return campaign


def show(line, faults):
    """Prints a line, and what was wrong."""
    print(f"{line:<56}{len(faults):>4} violations", flush=True)
    for fault in faults[:10]:
        print("  " + fault[:400].replace("\n", " | "))
    return len(faults)


def main():
    """Reads the command line and runs it all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    binary = find_binary(parser.parse_args().binary)
    folder, violated = scratch_folder(), 0
    try:
        mounts = may_mount(folder)
        for scenario in (Serve, Adopt, Ingest):
            campaign = prepared(scenario, folder / scenario.name, binary)
            for call in SYNCS:
                failed, unnoticed, faults = fail_syncs(campaign, call)
                aside = f" ({unnoticed} SQLite's own)" if unnoticed else ""
                violated += show(f"{scenario.name}: {call} failed, {failed} places{aside}", faults)
            if mounts:
                results = [fill_disk(campaign, kilobytes) for kilobytes in ROOM]
                faults = [fault for _, found in results for fault in found]
                short = sum(not was_enough for was_enough, _ in results)
                violated += show(
                    f"{scenario.name}: {len(ROOM)} sizes of disk, {short} too small", faults)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if violated else 0


if __name__ == "__main__":
    sys.exit(main())

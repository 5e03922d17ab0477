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
from crash import Adopt, Campaign, Ingest, Serve, violations
from installation import find_binary, scratch_folder, wait_until

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
    return ["strace", "-D", "-f", "-qq", "-o", str(trace), "-e", f"trace={call}",
            "-e", f"inject={call}:error=EIO:when={number}"]


def injected(trace):
    """Whether a call was made to fail, and how often calls were made after that."""
    lines = trace.read_text().splitlines() if trace.exists() else []
    places = [index for index, line in enumerate(lines) if "(INJECTED)" in line]
    return bool(places), len(lines) - places[0] - 1 if places else 0


def run_serve(run, before=(), seconds=10):
    """Runs the daemon until it has done everything, ends by itself, or takes too long."""
    installation = run.installation
    daemon = installation.start(before)
    wait_until(lambda: daemon.poll() is not None or run.team.step(), seconds)
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
        faults += violations(run.installation, campaign.expected, campaign.scenario.pushed)
    except Exception as error:  # whatever cannot be examined is a finding
        faults.append(f"{type(error).__name__}: {error}")
    return faults


def fail_syncs(campaign, call):
    """Lets each sync of a kind fail; gives how many failed and what was wrong."""
    failed, faults = 0, []
    for number in range(1, SYNC_LIMIT):
        installation = campaign.template.copy(campaign.folder / f"{call}-{number}")
        trace = installation.folder / "trace"
        run = campaign.scenario(installation)
        status = run_once(run, failing(call, number, trace))
        wait_until(lambda: "exited" in (trace.read_text() if trace.exists() else ""), 1)
        was_injected, calls_after = injected(trace)
        found = []
        if was_injected and status != INPUT_OUTPUT:
            found.append(f"status {status} after a failed {call}, {calls_after} syncs later")
        found += examine(campaign, run)
        faults += [f"{call} {number}: {fault}" for fault in found]
        if found:
            faults.append("log: " + installation.log_tail())
        shutil.rmtree(installation.folder)
        failed += was_injected
        if not was_injected:
            break
    return failed, faults


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
        faults = []
        if isinstance(run, Serve):
            if status != 0 and not text:
                faults.append(f"the daemon ended with {status} and said nothing")
        elif status not in (0, INPUT_OUTPUT):
            faults.append(f"status {status}")
        faults += examine(campaign, run)
        if faults:
            faults.append("log: " + installation.log_tail())
        return status == 0, [f"{kilobytes} kB: {fault}" for fault in faults]
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
    campaign = Campaign(scenario, folder, binary)
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
                failed, faults = fail_syncs(campaign, call)
                violated += show(f"{scenario.name}: {call} failed, {failed} places", faults)
            if mounts:
                results = [fill_disk(campaign, kilobytes) for kilobytes in ROOM]
                faults = [fault for _, found in results for fault in found]
                violated += show(f"{scenario.name}: disk full, {len(ROOM)} sizes", faults)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if violated else 0


if __name__ == "__main__":
    sys.exit(main())

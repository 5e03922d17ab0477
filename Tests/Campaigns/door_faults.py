"""Faults at the doors: floods, folders that are replaced, unmounted or missing, few descriptors."""

import os
import shutil
import signal
import subprocess
import time

from fault_bench import (RECOVERED, Attempt, Fault, aftermath, answer, discard, is_answered,
                         may_mount, mount_memory, push, run, soundness, started, unlike, unmount,
                         verdict)
from installation import project, wait_until
from scenarios import PROJECT

# Only what an event or an overflow asks for: no look but the first for an hour.
NO_LOOKS = {"maxFileBytes": 20000, "settleSeconds": 0, "scanSettleSeconds": 0,
            "rescanSeconds": 3600}
QUEUE_LIMIT = "/proc/sys/fs/inotify/max_queued_events"


def finish(installation, daemon, pushed, seconds=20, must_say=False, wanted=("accepted",)):
    """Waits for the answers, ends the daemon, and gives the attempt."""
    faults = []
    waiting = list(pushed)

    def is_over():
        # What is answered is not looked at again: of 100,000 files that would be all the work.
        while waiting and is_answered(installation, waiting[-1:]):
            waiting.pop()
        return daemon.poll() is not None or not waiting

    if not wait_until(is_over, seconds, 0.05):
        left = sum(not is_answered(installation, [name]) for name in waiting)
        faults.append(f"{left} of {len(pushed)} files are not answered")
    if daemon.poll() is not None:
        faults.append(f"the daemon ended by itself, status {daemon.returncode}")
    elif (status := installation.stop(daemon)) != 0:
        faults.append(f"status {status}")
    faults += soundness(installation, pushed, wanted)
    attempt = verdict(installation.log_text(), installation, faults, False, must_say)
    discard(installation)
    return [attempt]


def overflow(bench):
    """The queue of events runs over while the daemon is stopped; files come after that."""
    installation = bench.fresh(intake=NO_LOOKS)
    daemon = started(installation)
    daemon.send_signal(signal.SIGSTOP)
    limit = int(open(QUEUE_LIMIT).read())
    depot = installation.depot(PROJECT)
    pushed = {}
    if bench.is_short:
        # Names that are left alone tell as many events as others.
        names = [depot / f".{number}" for number in range(2)]
        names[0].touch()
        for number in range(limit + 1000):
            names[number % 2].rename(names[(number + 1) % 2])
        count = 20
    else:
        count = max(20_000, limit + 4_000)
    for number in range(count):
        pushed[f"{number}.csv"] = unlike(number)
        push(installation, f"{number}.csv", unlike(number))
    daemon.send_signal(signal.SIGCONT)
    return finish(installation, daemon, pushed, 600)


def many_files(bench):
    """Very many small files at once: more than the 10,000 that one look takes note of."""
    installation = bench.fresh(intake=NO_LOOKS)
    pushed = {}
    for number in range(10_100 if bench.is_short else 100_000):
        # A repetition takes less time.
        pushed[f"{number}.csv"] = unlike(number % 100 if bench.is_short else number)
        push(installation, f"{number}.csv", pushed[f"{number}.csv"])
    return finish(installation, installation.start(), pushed, 1800,
                  wanted=("accepted", "duplicate") if bench.is_short else ("accepted",))


def replaced(bench):
    """A depot is renamed away and another one made; removed and made; so is its door, and all."""
    def depot_renamed(installation):
        depot = installation.depot(PROJECT)
        depot.rename(depot.with_name("old"))
        depot.mkdir()

    def depot_removed(installation):
        shutil.rmtree(installation.depot(PROJECT))
        time.sleep(0.05)
        installation.depot(PROJECT).mkdir()

    def door_renamed(installation):
        door = installation.doors / PROJECT
        door.rename(installation.folder / "old-door")
        installation.depot(PROJECT).mkdir(parents=True)

    def doors_renamed(installation):
        installation.doors.rename(installation.folder / "old-doors")
        installation.depot(PROJECT).mkdir(parents=True)

    attempts = []
    for harm in (depot_renamed, depot_removed, door_renamed, doors_renamed):
        installation = bench.fresh()
        daemon = started(installation)
        push(installation, "before.csv", unlike(1))
        wait_until(lambda: is_answered(installation, ["before.csv"]))
        harm(installation)
        pushed = {"after.csv": unlike(2)}
        push(installation, "after.csv", unlike(2))
        wait_until(lambda: is_answered(installation, pushed))
        # And by its events, too: a second one comes to the folder that is there now.
        push(installation, "later.csv", unlike(3))
        attempts += finish(installation, daemon, {**pushed, "later.csv": unlike(3)})
        if attempts[-1].faults:
            attempts[-1].faults[0] = f"{harm.__name__}: {attempts[-1].faults[0]}"
    return attempts


def mounted_over(bench):
    """A file system is mounted over a depot, files come, and it is unmounted again."""
    installation = bench.fresh()
    daemon = started(installation)
    depot = installation.depot(PROJECT)
    # What waits below comes to light when it is unmounted.
    daemon.send_signal(signal.SIGSTOP)
    push(installation, "below.csv", unlike(1))
    mount_memory(depot, "1m")
    daemon.send_signal(signal.SIGCONT)
    push(installation, "above.csv", unlike(2))
    wait_until(lambda: is_answered(installation, ["above.csv"]))
    unmount(depot)
    push(installation, "after.csv", unlike(3))
    # A daemon that stopped while it read the first one knows it already when it comes to light.
    return finish(installation, daemon, {"below.csv": unlike(1), "above.csv": unlike(2),
                                         "after.csv": unlike(3)},
                  wanted=("accepted", "duplicate"))


def vanished(bench):
    """A depot goes with the disk it is on, a file still in it, and comes back."""
    installation = bench.fresh()
    depot = installation.depot(PROJECT)
    away = depot.with_name("away")
    away.mkdir()
    subprocess.run(["mount", "--bind", str(away), str(depot)], check=True)
    daemon = started(installation)
    daemon.send_signal(signal.SIGSTOP)
    push(installation, "a.csv", unlike(1))
    unmount(depot)
    depot.rmdir()
    daemon.send_signal(signal.SIGCONT)
    time.sleep(2.5)
    # Meanwhile the daemon may have made one, as it does for every project that has none.
    depot.mkdir(exist_ok=True)
    subprocess.run(["mount", "--bind", str(away), str(depot)], check=True)
    try:
        wait_until(lambda: is_answered(installation, ["a.csv"]))
    finally:
        unmount(depot)
    return finish(installation, daemon, {"a.csv": unlike(1)})


def no_receipts(bench):
    """The folder of receipts is missing, a file stands in its place, or it cannot be written."""
    attempts = []

    def removed(folder):
        shutil.rmtree(folder)
        return lambda: None

    def made_a_file(folder):
        shutil.rmtree(folder)
        folder.write_text("recepisses")
        return folder.unlink

    def made_a_full_disk(folder):
        mount_memory(folder, "4k")
        return lambda: unmount(folder)

    for harm in (removed, made_a_file, made_a_full_disk)[:3 if may_mount() is None else 2]:
        installation = bench.fresh()
        daemon = started(installation)
        repair = harm(installation.receipts(PROJECT))
        push(installation, "a.csv", unlike(1))
        if harm is not removed:
            wait_until(lambda: b"finished at the next scan" in installation.log_since(0))
            time.sleep(1.5)
        repair()
        attempts += finish(installation, daemon, {"a.csv": unlike(1)}, must_say=harm is not removed)
        if attempts[-1].faults:
            attempts[-1].faults[0] = f"{harm.__name__}: {attempts[-1].faults[0]}"
    return attempts


def few_descriptors(bench):
    """No more than 32 open files, and 50 doors with a file in each."""
    limit = ("prlimit", "--nofile=32")
    installation = bench.fresh()
    names = [f"ESSAI-{number}" for number in range(2, 52)]
    for name in names:
        installation.write(f"portfolio/projects/{name}.json", project(name))
    attempts = []
    for words in (("adopt", "--by", "C", "--reason", "x"), ("evaluate",), ("verify",),
                  ("backup", str(installation.folder / "copy.sqlite")), ("courier", "--once")):
        status, complaint = run(installation, *words, before=limit)
        attempts.append(Attempt(RECOVERED, "", [] if status == 0 else [
            f"{words[0]}: {status}: {complaint}"]))
    daemon = installation.start(limit, ())
    wait_until(lambda: all(installation.receipts(name).exists() for name in names))
    for name in names:
        push(installation, "a.csv", unlike(1), name)
    faults = []
    if not wait_until(lambda: daemon.poll() is not None or all(
            is_answered(installation, ["a.csv"], name) for name in names)):
        faults.append("not all are answered")
    faults += [f"{name}: {found}" for name in names
               if (found := answer(installation, "a.csv", name)) != "accepted"]
    if daemon.poll() is not None or (status := installation.stop(daemon)) != 0:
        faults.append(f"status {daemon.returncode}")
    faults += soundness(installation, {})
    attempts.append(verdict(installation.log_text(), installation, faults, False, must_say=False))
    discard(installation)
    return attempts


def may_map_users():
    """Why a name space of users cannot be made here, or None."""
    tried = subprocess.run(["unshare", "--user", "--map-root-user", "true"], capture_output=True)
    return None if tried.returncode == 0 else "it needs a name space of users"


def no_watches(bench):
    """The system has no inotify watch left: files are found by looking."""
    installation = bench.fresh()
    # The limit is a user's own, and a name space of users has limits of its own.
    script = ('echo 0 > /proc/sys/user/max_inotify_watches && exec "$@"')
    before = ("unshare", "--user", "--map-root-user", "sh", "-c", script, "sh")
    daemon = started(installation, before)
    if daemon.poll() is not None:
        return [verdict(installation.log_text(), installation, ["it does not start"], True)]
    push(installation, "a.csv", unlike(1))
    return finish(installation, daemon, {"a.csv": unlike(1)}, must_say=True)


def twice(bench):
    """A second daemon is started beside the first."""
    installation = bench.fresh()
    daemon = started(installation)
    status, complaint = run(installation, "serve", "--no-mail")
    faults = [] if status == 75 else [f"status {status}"]
    attempt = verdict(complaint, installation, faults, True, must_say=False)
    push(installation, "a.csv", unlike(1))
    return [attempt, *finish(installation, daemon, {"a.csv": unlike(1)})]


FAULTS = [
    Fault("very many files at once", many_files),
    Fault("more events than the kernel keeps", overflow),
    Fault("a depot, a door or all are replaced", replaced),
    Fault("a file system is mounted over a depot", mounted_over, may_mount),
    Fault("a depot goes with its disk and comes back", vanished, may_mount),
    Fault("the folder of receipts is not to be used", no_receipts),
    Fault("no more than 32 open files", few_descriptors),
    Fault("no inotify watch is left", no_watches, may_map_users),
    Fault("a second daemon", twice),
]

"""Faults of the disk: a call that fails, no room, no writing."""

import os
import shutil
import subprocess

import notebook
from command_scenarios import Backup, Decide, Expunge
from crash import outcome, violations
from fault_bench import (INPUT_OUTPUT, RECOVERED, STOPPED, Attempt, Fault, aftermath,
                         is_answered, may_mount, mount_memory, push, remount, run, said, started,
                         unlike, unmount, verdict)
from installation import wait_until
from killing import Campaign, Examination
from mail_scenarios import SendingToMaildir
from scenarios import PROJECT, Adopt, Ingest, Serve, ServeOfficer

CRASH = Examination(outcome, violations)
MAIL = Examination(lambda run: run.outcome(), lambda run, expected: run.violations(expected))
SCENARIOS = [(Serve, CRASH), (ServeOfficer, CRASH), (Adopt, CRASH), (Ingest, CRASH),
             (Decide, CRASH), (Expunge, CRASH), (Backup, CRASH), (SendingToMaildir, MAIL)]
SYNCS = ("fsync", "fdatasync", "syncfs")
CALLS = ("write", "pwrite64", "renameat", "renameat2", "unlink", "unlinkat", "ftruncate", "fchmod",
         "mkdirat")
# More calls of one kind than any of the runs makes.
CALL_LIMIT = 400
DISK = "1200k"
ROOM = (0, 1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192)


def failing(call, number, trace):
    """A command line's beginning that lets the n-th call of a kind fail.

    The round's queue is served by one thread at a time, but not always by the same: the count is a
    thread's own, so two calls may fail in one run, or none.
    """
    return ["strace", "-D", "-f", "-y", "-q", "-o", str(trace), "-e", f"trace={call}",
            "-e", f"inject={call}:error=EIO:when={number}"]


class Trace:
    """What strace saw of the calls of a run."""

    def __init__(self, path):
        lines = path.read_text(errors="replace").splitlines() if path.exists() else []
        calls = [line for line in lines if "(" in line]
        places = [index for index, line in enumerate(calls) if "(INJECTED)" in line]
        self.was_injected = bool(places)
        # SQLite does not look at two syncs of its own: that of the folder after the journal's first
        # one, which the journal's second makes up for, and that after a rollback, whose journal may
        # come back and is then played back again. What it does look at is the one that commits: of
        # the folder, after the notebook's.
        self.is_unnoticed = bool(places) and is_folder(calls[places[0]]) \
            and not is_notebook(calls[max(0, places[0] - 1)])


def path_of(call):
    """The name of the file that a traced call is about."""
    return os.path.basename(call.partition("<")[2].partition(">")[0])


def is_folder(call):
    """Whether it is one that SQLite syncs as a folder: no file there is without a dot."""
    return "fdatasync" in call and "." not in path_of(call)


def is_notebook(call):
    """Whether it is about a notebook or a copy of one, not its journal."""
    return "." in path_of(call) and not path_of(call).endswith("-journal")


def run_once(scene, before=(), seconds=10):
    """Runs a scenario's program until it has done everything, ends by itself, or takes too long."""
    installation = scene.installation
    if not isinstance(scene, Serve):
        arguments = [*before, *installation.arguments(*scene.words())]
        with open(installation.log, "ab") as log:
            return subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=log,
                                  stdin=subprocess.DEVNULL, timeout=120).returncode
    daemon = installation.start(before)
    wait_until(lambda: daemon.poll() is not None or (
        b"ready: " in installation.log_since(0) and scene.team.step()), seconds)
    return daemon.returncode if daemon.poll() is not None else installation.stop(daemon)


def examine(campaign, scene):
    """Runs it undisturbed, and gives what is wrong then."""
    faults = []
    try:
        faults += scene.run_undisturbed()
        notebook.age_leftovers(scene.installation.state)
        faults += campaign.examination.violations(scene, campaign.expected)
    except Exception as error:  # whatever cannot be examined is a finding
        faults.append(f"{type(error).__name__}: {error}")
    return faults


def prepared(bench, scenario, examination):
    """A campaign with its installation, and what an undisturbed run leaves."""
    campaign = Campaign(scenario, examination, bench.scratch(scenario.__name__), bench.binary)
    _, _, faults = campaign.attempt(0, is_first=True)
    if faults:
        raise SystemExit(f"{scenario.name}, undisturbed: {faults}")
    return campaign


def fail_call(campaign, call, number):
    """Lets one call fail, then runs undisturbed; `None` when there is no such call any more."""
    installation = campaign.template.copy(campaign.folder / f"{call}-{number}")
    file = installation.folder / "trace"
    scene = campaign.scenario(installation)
    status = run_once(scene, failing(call, number, file), seconds=2)
    # The tracer writes its last lines after the program has ended.
    wait_until(lambda: file.exists() and "+++ exited" in file.read_text(errors="replace"), 1)
    trace, faults = Trace(file), []
    text = installation.log_text()
    line = said(text, installation)
    if trace.was_injected:
        must_stop = call in SYNCS and not trace.is_unnoticed
        if status != INPUT_OUTPUT and (must_stop or status != 0):
            faults.append(f"status {status} after a failed {call}")
        if status != 0 and "check the disk" not in line:
            faults.append(f"the log does not say what to do: {line}")
    faults += examine(campaign, scene)
    if faults:
        faults = [f"{campaign.scenario.name}, {call} {number}: {faults[0]}", *faults[1:],
                  "log: " + installation.log_tail()]
    shutil.rmtree(installation.folder)
    if not trace.was_injected:
        return None if not faults else Attempt(RECOVERED, "", faults)
    return Attempt(STOPPED if status else RECOVERED, line, faults)


def fail_calls(bench, scenarios, calls):
    """Lets calls of some kinds fail in some scenarios: each sync, and of other calls of the daemon,
    which then waits, every third; in the short form, one of each."""
    attempts = []
    for scenario, examination in scenarios:
        campaign = prepared(bench, scenario, examination)
        for call in calls:
            step = 3 if issubclass(scenario, Serve) and call not in SYNCS else 1
            # One that is neither the first nor the last.
            for number in range(3, 4) if bench.is_short else range(1, CALL_LIMIT, step):
                attempt = fail_call(campaign, call, number)
                if attempt is None:
                    break
                attempts.append(attempt)
    return attempts


class SmallDisk:
    """A file system of little room."""

    def __init__(self, folder):
        self.folder = folder
        mount_memory(folder, DISK)

    def leave(self, kilobytes):
        """Fills it but for so much."""
        with open(self.folder / "ballast", "wb") as ballast:
            status = os.statvfs(self.folder)
            count = status.f_bavail * status.f_frsize - kilobytes * 1024
            ballast.write(bytes(max(0, count)))

    def free(self):
        """Makes room again."""
        (self.folder / "ballast").unlink()


def fill_disk(bench, campaign, kilobytes):
    """Runs a scenario with so much room, then with enough."""
    disk = SmallDisk(bench.scratch("disk"))
    try:
        installation = campaign.template.copy(disk.folder / "jalon")
        # The log is elsewhere, as in service: a full disk must not silence it.
        installation.log = campaign.folder / f"log-{kilobytes}"
        scene = campaign.scenario(installation)
        disk.leave(kilobytes)
        status = run_once(scene, seconds=1)
        text = installation.log_text()
        disk.free()
        is_complaint = status != 0 or "<3>" in text
        faults = [] if status in (0, INPUT_OUTPUT) else [f"status {status}"]
        faults += examine(campaign, scene)
        if faults:
            faults[0] = f"{campaign.scenario.name}, {kilobytes} kB: {faults[0]}"
        return verdict(text, installation, faults, status != 0, must_say=is_complaint)
    finally:
        unmount(disk.folder)


def fill_disks(bench):
    """Disks of every size, for each scenario."""
    scenarios = SCENARIOS[:1] if bench.is_short else SCENARIOS
    rooms = (0, 16, 64) if bench.is_short else ROOM
    return [fill_disk(bench, campaign, room) for campaign in
            [prepared(bench, *scenario) for scenario in scenarios] for room in rooms]


def full_while_running(bench):
    """The disk fills up under the daemon and gets room again: it goes on by itself."""
    disk = SmallDisk(bench.scratch("disk"))
    installation = bench.fresh(disk.folder)
    installation.log = disk.folder.parent / f"{disk.folder.name}.log"
    daemon = started(installation)
    try:
        push(installation, "a.csv", unlike(1))
        wait_until(lambda: is_answered(installation, ["a.csv"]))
        # Already in its depot when the room goes.
        daemon.send_signal(19)
        push(installation, "b.csv", unlike(2))
        disk.leave(0)
        daemon.send_signal(18)
        faults = []
        if not wait_until(lambda: b"free some space" in installation.log_since(0)):
            faults.append("nothing is said of the full disk")
        disk.free()
        if not wait_until(lambda: is_answered(installation, ["b.csv"]), 45, 0.05):
            faults.append("with room again, it did not go on within 45 seconds")
        text = installation.log_text()
        if (status := installation.stop(daemon)) != 0:
            faults.append(f"status {status}")
        faults += aftermath(installation, {"a.csv": unlike(1), "b.csv": unlike(2)})
        return [verdict(text, installation, faults, False)]
    finally:
        if daemon.poll() is None:
            daemon.kill()
            daemon.wait()
        unmount(disk.folder)


def read_only(bench):
    """The disk turns read-only, before the daemon or a command starts, and under the daemon."""
    attempts = []
    words = [("serve", "--no-mail"), ("evaluate",), ("adopt", "--by", "C", "--reason", "x"),
             ("decide", PROJECT, "P2", "withhold", "--by", "C", "--reason", "x"),
             ("ingest", "--project", PROJECT, "FILE"), ("backup", "COPY"), ("courier", "--once")]
    for command in words[:3] if bench.is_short else words:
        attempts.append(read_only_from_start(bench, command))
    return attempts + [read_only_meanwhile(bench)]


def read_only_from_start(bench, words):
    """A command on a disk that is read-only, and again when it is not."""
    folder = bench.scratch("disk")
    mount_memory(folder, "20m")
    try:
        installation = bench.fresh(folder)
        installation.log = folder.parent / f"{folder.name}.log"
        (folder / "more.csv").write_bytes(unlike(3))
        words = [{"FILE": str(folder / "more.csv"), "COPY": str(folder / "copy.sqlite")}.get(
            word, word) for word in words]
        remount(folder, "ro")
        status, complaint = run(installation, *words)
        remount(folder, "rw")
        # With nothing to change there is nothing to complain of.
        idle = status == 0 and words[0] in ("adopt", "courier")
        faults = [] if idle or status == INPUT_OUTPUT else [f"{words[0]}: status {status}"]
        if words[0] != "serve":
            again, words_again = run(installation, *words)
            if again != 0:
                faults.append(f"{words[0]}, writable again: {again} {words_again}")
        faults += aftermath(installation, {})
        return verdict(complaint, installation, faults, status != 0, must_say=not idle)
    finally:
        unmount(folder)


def read_only_meanwhile(bench):
    """The state's file system has an error and turns read-only under the daemon, as ext4 does."""
    outside = bench.scratch("ext4")
    folder, image = outside / "disk", outside / "image"
    folder.mkdir()
    with open(image, "wb") as file:
        file.truncate(32 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    mount = ["mount", "-t", "ext4", "-o", "loop,errors=remount-ro", str(image), str(folder)]
    subprocess.run(mount, check=True)
    installation = bench.fresh(folder)
    installation.log = outside / "log"
    installation.doors = outside / "doors"
    installation.write("jalon.json", {**installation.configuration(),
                                      "doors": str(installation.doors)})
    daemon = started(installation)
    faults = []
    # What is there is on the disk before it fails.
    subprocess.run(["sync", "--file-system", str(folder)], check=True)
    try:
        device = os.stat(folder).st_dev
        name = os.path.basename(os.readlink(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}"))
        with open(f"/sys/fs/ext4/{name}/trigger_fs_error", "w") as trigger:
            trigger.write("this disk fails")
        file = outside / "part"
        file.write_bytes(unlike(1))
        file.rename(installation.depot(PROJECT) / "a.csv")
        if not wait_until(lambda: b"<3>" in installation.log_since(0) or daemon.poll() is not None):
            faults.append("nothing is said of the read-only disk")
        text = installation.log_text()
        has_ended = daemon.poll() is not None
        if not has_ended:
            installation.stop(daemon)
        subprocess.run(["umount", str(folder)], check=True)
        subprocess.run(["e2fsck", "-p", str(image)], capture_output=True)
        subprocess.run(mount, check=True)
        faults += aftermath(installation, {"a.csv": unlike(1)})
        return verdict(text, installation, faults, has_ended)
    finally:
        if daemon.poll() is None:
            daemon.kill()
            daemon.wait()
        unmount(folder)


def no_strace():
    """Why no call can be made to fail here."""
    return None if shutil.which("strace") else "there is no strace"


FAULTS = [
    Fault("EIO from a sync of the daemon", lambda bench: fail_calls(
        bench, SCENARIOS[:1] if bench.is_short else SCENARIOS[:2], SYNCS), no_strace),
    Fault("EIO from a sync of a command", lambda bench: fail_calls(
        bench, SCENARIOS[2:], SYNCS), no_strace, is_long=True),
    Fault("EIO from write, rename … of the daemon", lambda bench: fail_calls(
        bench, SCENARIOS[:1] if bench.is_short else SCENARIOS[:2],
        CALLS[:4] if bench.is_short else CALLS), no_strace),
    Fault("EIO from write, rename … of a command", lambda bench: fail_calls(
        bench, SCENARIOS[2:], CALLS), no_strace, is_long=True),
    Fault("a full disk, of every size", fill_disks, may_mount),
    Fault("a disk that fills up and empties again", full_while_running, may_mount,
          is_long=True),
    Fault("a read-only disk", read_only, may_mount),
]

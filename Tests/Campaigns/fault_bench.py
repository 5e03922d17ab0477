"""What the faults have in common: an installation to harm, and how to look at it afterwards."""

import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Callable, NamedTuple

import notebook
from installation import Installation, report, wait_until
from scenarios import PROJECT, WHOLE

RECOVERED, STOPPED = "recovered", "clean stop with advice"
INPUT_OUTPUT, TRY_AGAIN, CONFIGURATION = 74, 75, 78
# What a log line that says what to do contains.
ADVICE = ("check ", "free some space", "mount the disk", "try again", "trying again", "start again",
          "put the last copy", "use the newer version", "allow more", "finished at the next scan",
          "scans", "run 'jalon", "name another file")


class Attempt(NamedTuple):
    """One fault, once: how it ended, what the log said, and what was wrong."""

    outcome: str
    line: str
    faults: list


class Fault(NamedTuple):
    """A kind of fault; its function does it, some number of times, and gives the attempts."""

    name: str
    attempts: Callable
    # Why it cannot be had here, or `None`.
    needs: Callable = lambda: None
    # Whether the short form has no time for it.
    is_long: bool = False


class Bench:
    """Fresh installations with an adopted project, a file that counts, doors, and a backup."""

    def __init__(self, folder, binary, is_short):
        self.folder, self.binary, self.is_short = folder, binary, is_short
        self.template = Installation(folder / "template", binary)
        self.template.folder.mkdir(parents=True)
        self.template.create([PROJECT]).adopt()
        path = self.template.folder / "whole.csv"
        path.write_bytes(WHOLE)
        self.template.command("ingest", "--project", PROJECT, str(path))
        self.template.command("evaluate")
        daemon = self.template.start()
        wait_until(self.template.receipts(PROJECT).exists)
        self.template.stop(daemon)
        self.template.command("backup", str(self.template.folder / "backup.sqlite"))

    def scratch(self, name):
        """A new folder."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))

    def fresh(self, folder=None, **configuration):
        """An installation of its own; whoever asked for it removes it."""
        folder = folder or self.scratch("fresh")
        installation = self.template.copy(folder / "jalon")
        installation.log = folder / "log"
        if configuration:
            installation.write("jalon.json", {**installation.configuration(), **configuration})
        return installation


def discard(installation):
    """Removes an installation."""
    shutil.rmtree(installation.folder.parent, ignore_errors=True)


def push(installation, name, content, door=PROJECT):
    """Renames a file into a depot."""
    hidden = installation.folder.parent / f"pushing-{name}"
    hidden.write_bytes(content)
    target = installation.depot(door) / name
    try:
        hidden.rename(target)
    except OSError:  # the depot is on another file system: under a name that is left alone first
        shutil.copyfile(hidden, installation.depot(door) / (name + ".part"))
        (installation.depot(door) / (name + ".part")).rename(target)
        hidden.unlink()


def unlike(number, figure=310):
    """A report that differs from every other by its number."""
    return report(("2021-Q1", "agents", figure, "", "", f"n° {number}"))


def is_answered(installation, names, door=PROJECT):
    """Whether files have their receipts and have left their depot."""
    receipts, depot = installation.receipts(door), installation.depot(door)
    return all((receipts / (name + ".receipt.json")).exists() for name in names) \
        and not any((depot / name).exists() for name in names)


def answer(installation, name, door=PROJECT):
    """The status of a file's receipt."""
    path = installation.receipts(door) / (name + ".receipt.json")
    return json.loads(path.read_text())["status"] if path.exists() else "no receipt"


def soundness(installation, pushed, wanted=("accepted",)):
    """What is wrong once the daemon has ended: receipts, notebook, ledger, archive."""
    for name in pushed:
        if (found := answer(installation, name)) not in wanted:
            yield f"{name}: {found}"
        if (installation.depot(PROJECT) / name).exists():
            yield f"{name} is still in its depot"
    yield from notebook.soundness(installation)
    yield from notebook.misfits(installation)
    yield from notebook.archive_faults(installation, pushed)
    if pending := notebook.rows(installation, "SELECT number FROM submission WHERE pending = 1"):
        yield f"pending: {pending}"


def aftermath(installation, pushed, wanted=("accepted",), seconds=20):
    """Runs the daemon undisturbed until all is answered, and gives what is wrong then."""
    notebook.age_leftovers(installation.state)
    logged = installation.log_size()
    daemon = installation.start()
    wait_until(lambda: daemon.poll() is not None or (
        b"ready: " in installation.log_since(logged) and is_answered(installation, pushed)),
        seconds)
    if daemon.poll() is not None:
        yield f"the daemon ended by itself, status {daemon.returncode}"
        return
    if (status := installation.stop(daemon)) != 0:
        yield f"the daemon ended with status {status}"
    yield from soundness(installation, pushed, wanted)


def started(installation, before=(), mail=("--no-mail",)):
    """A daemon that is ready."""
    logged = installation.log_size()
    daemon = installation.start(before, mail)
    wait_until(lambda: daemon.poll() is not None
               or b"ready: " in installation.log_since(logged))
    return daemon


def run(installation, *words, before=(), seconds=170, **named):
    """Runs a command; gives its status and what it complained of, which the log keeps, too."""
    done = subprocess.run([*before, *installation.arguments(*words)], capture_output=True,
                          timeout=seconds, stdin=subprocess.DEVNULL, **named)
    complaint = done.stderr.decode(errors="replace")
    with open(installation.log, "a") as log:
        log.write(complaint)
    return done.returncode, complaint


def said(text, installation):
    """The last line in which something is said to be wrong, with what is the same everywhere."""
    lines = [line for line in text.splitlines() if line[:3] in ("<2>", "<3>", "<4>", "jal")]
    with_advice = [line for line in lines if any(words in line for words in ADVICE)]
    line = (with_advice or lines or [""])[-1]
    for path, name in ((installation.state, "STATE"), (installation.doors, "DOORS"),
                       (installation.folder, "…")):
        line = line.replace(str(path), name)
    return line


def verdict(text, installation, faults, has_ended, must_say=True):
    """The attempt: where something went wrong the log has to say what to do."""
    line = said(text, installation)
    if must_say and not any(words in line for words in ADVICE):
        faults = [*faults, f"the log does not say what to do: {line or 'nothing'}"]
    if faults:
        faults = [*faults, "log: " + installation.log_tail()]
    return Attempt(STOPPED if has_ended else RECOVERED, line, faults)


def may_mount():
    """Why nothing can be mounted here, or `None`."""
    return None if os.geteuid() == 0 else "it needs the right to mount"


def mount_memory(folder, size):
    """A file system in memory, of a size."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "jalon", str(folder)], check=True,
                   capture_output=True)


def remount(folder, how):
    """Makes a mounted file system read-only (`ro`) or writable (`rw`)."""
    return subprocess.run(["mount", "-o", f"remount,{how}", str(folder)],
                          capture_output=True).returncode == 0


def unmount(folder):
    """Unmounts; what is open there goes on."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


class Row(NamedTuple):
    """A line of the table."""

    name: str
    times: int
    outcomes: Counter
    line: str
    faults: list


def row_of(name, attempts):
    """Sums attempts up."""
    lines = Counter(attempt.line for attempt in attempts if attempt.line)
    return Row(name, len(attempts), Counter(attempt.outcome for attempt in attempts),
               lines.most_common(1)[0][0] if lines else "",
               [fault for attempt in attempts for fault in attempt.faults])

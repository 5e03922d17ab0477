"""Faults of the notebook's file: damaged, gone, another program's, not to be opened, locked."""

import os
import random
import shutil
import sqlite3
import subprocess
import threading
import time

from fault_bench import (CONFIGURATION, INPUT_OUTPUT, RECOVERED, STOPPED, TRY_AGAIN, Attempt, Fault,
                         aftermath, discard, is_answered, push, run, said, started, unlike, verdict)
from installation import wait_until
from scenarios import PROJECT

PAGE = 4096
NOBODY = 65534
COMMANDS = [("serve", "--no-mail"), ("evaluate",), ("ingest", "--project", PROJECT, "whole.csv"),
            ("decide", PROJECT, "P2", "withhold", "--by", "C", "--reason", "x"),
            ("courier", "--once"), ("status",), ("backup", "copy.sqlite")]


def overwrite_pages(file, seed):
    """Some pages hold noise, the first one not among them."""
    generator = random.Random(seed)
    pages = file.stat().st_size // PAGE
    with open(file, "r+b") as notebook:
        for page in generator.sample(range(1, pages), min(8, pages - 1)):
            notebook.seek(page * PAGE)
            notebook.write(generator.randbytes(PAGE))


def overwrite_first_page(file, seed):
    """The first page holds noise."""
    with open(file, "r+b") as notebook:
        notebook.write(random.Random(seed).randbytes(PAGE))


def cut(file, seed):
    """The end is missing."""
    os.truncate(file, random.Random(seed).randrange(1, file.stat().st_size))


def zero(file, seed):
    """All of it is zeros."""
    file.write_bytes(bytes(file.stat().st_size))


def empty(file, seed):
    """Nothing is left but its name."""
    os.truncate(file, 0)


def remove(file, seed):
    """Not even that."""
    file.unlink()


def write_text(file, seed):
    """A text stands in its place."""
    file.write_text("Ceci est une liste de courses.\n" * 400)


def replace(file, seed):
    """Another program's database stands in its place."""
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE recettes(titre)")
    connection.close()


def make_folder(file, seed):
    """A folder stands in its place."""
    file.unlink()
    file.mkdir()


def make_newer(file, seed):
    """A newer version has written it."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def picture(file):
    """What has to stay as it is."""
    return file.read_bytes() if file.is_file() else file.exists()


def damaged(harm, status=INPUT_OUTPUT, wanted="put the last copy", seeds=1):
    """The fault: harm is done, every command refuses, and after what the advice says all is well."""
    def attempts(bench):
        found = []
        for seed in range(1 if bench.is_short else seeds):
            for words in COMMANDS[:2] if bench.is_short else COMMANDS:
                found.append(refuse(bench, harm, seed, words, status, wanted))
        return found
    return attempts


def refuse(bench, harm, seed, words, status, wanted):
    """One command on a notebook that was harmed."""
    installation = bench.fresh()
    harm(installation.database, seed)
    before = picture(installation.database)
    known = {path.name for path in installation.state.iterdir()}
    found, complaint = run(installation, *words, cwd=installation.folder)
    faults = []
    if found != status:
        faults.append(f"{words[0]}: status {found} instead of {status}: {complaint[-200:]}")
    if wanted not in complaint:
        faults.append(f"{words[0]} does not say what to do: {complaint[-300:]}")
    if status == INPUT_OUTPUT and str(installation.database) not in complaint:
        faults.append(f"{words[0]} does not say with which file: {complaint[-300:]}")
    if picture(installation.database) != before:
        faults.append(f"{words[0]} has changed the file")
    if new := {path.name for path in installation.state.iterdir()} - known - {"courier.lock", "courier.sent"}:
        faults.append(f"{words[0]} has made {new}")
    restore(installation)
    faults += aftermath(installation, {"after.csv": push_after(installation)})
    if faults:
        faults[0] = f"{harm.__name__} {seed}: {faults[0]}"
    attempt = verdict(complaint, installation, faults, True)
    discard(installation)
    return attempt


def restore(installation):
    """Does what the advice says."""
    moved = installation.folder / "moved-away"
    moved.mkdir()
    for path in installation.state.glob("jalon.sqlite*"):
        path.rename(moved / path.name)
    shutil.copy(installation.folder / "backup.sqlite", installation.database)


def push_after(installation):
    """A file that comes when all is well again."""
    push(installation, "after.csv", unlike(1))
    return unlike(1)


def damaged_while_running(bench):
    """All pages but the first turn to noise under the daemon.

    It stops at the first that it reads; what it has at hand it need not read, and then the next
    start refuses. What came after the copy is gone then, as the advice says.
    """
    attempts = []
    for seed in range(1 if bench.is_short else 6):
        installation = bench.fresh()
        daemon = started(installation)
        size = installation.database.stat().st_size
        with open(installation.database, "r+b") as notebook:
            notebook.seek(PAGE)
            notebook.write(random.Random(seed).randbytes(size - PAGE))
        push(installation, "a.csv", unlike(2))
        wait_until(lambda: daemon.poll() is not None or is_answered(installation, ["a.csv"]))
        faults, text = [], installation.log_text()
        if daemon.poll() is None:
            installation.stop(daemon)
            status, text = run(installation, "serve", "--no-mail", seconds=20)
        else:
            status = daemon.returncode
        if status != INPUT_OUTPUT:
            faults.append(f"status {status}")
        restore(installation)
        (installation.state / "ledger.head").unlink()
        faults += aftermath(installation, {"after.csv": push_after(installation)})
        attempts.append(verdict(text, installation, faults, True))
        discard(installation)
    return attempts


def forbidden(bench):
    """The notebook belongs to somebody else."""
    attempts = []
    # The program may lie where nobody may go.
    folder = bench.scratch("lent")
    binary = shutil.copy(bench.binary, folder)
    for path in (bench.folder, folder):
        os.chmod(path, 0o755)
    for mode, words in [(0o600, COMMANDS[0]), (0o444, COMMANDS[1]), (0o444, COMMANDS[0])]:
        installation = bench.fresh()
        installation.binary = binary
        subprocess.run(["chown", "-R", str(NOBODY), str(installation.folder.parent)], check=True)
        os.chown(installation.database, 0, 0)
        os.chmod(installation.database, mode)
        before = picture(installation.database)
        status, complaint = run(installation, *words, seconds=20, before=(
            "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"))
        faults = [] if status == INPUT_OUTPUT else [f"{words[0]}: status {status}"]
        if picture(installation.database) != before:
            faults.append(f"{words[0]} has changed the file")
        attempts.append(verdict(complaint, installation, faults, True))
        discard(installation)
    return attempts


class Lock:
    """Another process that keeps the notebook to itself for some seconds."""

    PROGRAM = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""

    def __init__(self, installation, seconds):
        self.process = subprocess.Popen(
            ["python3", "-c", self.PROGRAM, str(installation.database), str(seconds)],
            stdout=subprocess.PIPE)
        self.process.stdout.readline()

    def wait(self):
        """Until it lets go."""
        self.process.wait()
        self.process.stdout.close()


def locked(bench):
    """Somebody holds the notebook locked for a minute; who comes meanwhile waits, and succeeds."""
    seconds = 2 if bench.is_short else 60
    installation = bench.fresh()
    daemon = started(installation)
    lock = Lock(installation, seconds)
    push(installation, "a.csv", unlike(1))
    results = {}

    def work(words):
        results[words[0]] = run(installation, *words, cwd=installation.folder)

    threads = [threading.Thread(target=work, args=[words]) for words in COMMANDS[1:]]
    for thread in threads:
        thread.start()
    time.sleep(seconds / 2)
    early = [words[0] for words in COMMANDS[1:] if words[0] in results]
    lock.wait()
    for thread in threads:
        thread.join()
    attempts = []
    for name, (status, complaint) in results.items():
        faults = [] if status == 0 else [f"{name}: status {status}: {complaint}"]
        attempts.append(Attempt(RECOVERED, "", faults))
    faults = [f"{name} did not wait" for name in early]
    if not wait_until(lambda: is_answered(installation, ["a.csv"])):
        faults.append("the daemon did not go on")
    if (status := installation.stop(daemon)) != 0:
        faults.append(f"status {status}")
    faults += aftermath(installation, {"a.csv": unlike(1)})
    attempts.append(verdict(installation.log_text(), installation, faults, False, must_say=False))
    discard(installation)
    return attempts


def locked_for_long(bench):
    """Somebody holds it for longer than anybody has patience (90 seconds): 75, and try again."""
    installation = bench.fresh()
    daemon = started(installation)
    lock = Lock(installation, 100)
    push(installation, "a.csv", unlike(1))
    status, complaint = run(installation, "evaluate")
    faults = [] if status == TRY_AGAIN else [f"evaluate: status {status}"]
    attempts = [verdict(complaint, installation, faults, True)]
    faults = []
    if not wait_until(lambda: b"trying again" in installation.log_since(0), 60):
        faults.append("the daemon says nothing")
    lock.wait()
    if not wait_until(lambda: is_answered(installation, ["a.csv"]), 60, 0.1):
        faults.append("the daemon did not go on")
    text = installation.log_text()
    installation.stop(daemon)
    faults += aftermath(installation, {"a.csv": unlike(1)})
    attempts.append(verdict(text, installation, faults, False))
    discard(installation)
    return attempts


def needs_root():
    """Why nobody cannot be."""
    return None if os.geteuid() == 0 else "it needs the right to be another user"


FAULTS = [
    Fault("random pages of the notebook hold noise", damaged(overwrite_pages, seeds=5)),
    Fault("its first page holds noise", damaged(overwrite_first_page)),
    Fault("its end is cut off", damaged(cut, seeds=5)),
    Fault("it is all zeros", damaged(zero)),
    Fault("it is empty", damaged(empty)),
    Fault("it is gone", damaged(remove)),
    Fault("a text stands in its place", damaged(write_text)),
    Fault("another program's database does", damaged(replace)),
    Fault("a folder does", damaged(make_folder, wanted="check that it is a file")),
    Fault("a newer version has written it",
          damaged(make_newer, CONFIGURATION, "use the newer version")),
    Fault("it turns to noise under the daemon", damaged_while_running),
    Fault("it belongs to somebody else", forbidden, needs_root),
    Fault("it is locked for a minute", locked),
    Fault("it is locked for 100 seconds", locked_for_long, is_long=True),
]

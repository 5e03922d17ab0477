"""Where the attacks take place: a daemon, its teams, and what no attack may change or learn."""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import stat
import subprocess
from pathlib import Path

from attack_field import (ATTACKER, IS_ROOT, NEIGHBOUR, SERVICE, WITNESS, Fault, Receipts,
                          Witness)
from installation import CONFIGURATION, Installation, report, wait_until

# Stands in every file that an attack wants to be read: it must turn up nowhere.
SECRET = b"s3cr3t-7f3a9c"
MEMORY_LIMIT = 300
# What must not reach a terminal: control characters, C1 ones included, and marks of direction.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class AttackedInstallation(Installation):
    """An installation whose program runs as a user without rights, as in service."""

    def arguments(self, *words):
        user = ["setpriv", f"--reuid={SERVICE}", f"--regid={SERVICE}", "--clear-groups"]
        return (user if IS_ROOT else []) + super().arguments(*words)

    def belong(self):
        """Gives the installation to the service, and the depots to their teams, too."""
        if not IS_ROOT:
            return
        for path in [self.folder, *self.folder.rglob("*")]:
            os.chown(path, SERVICE, SERVICE, follow_symlinks=False)

    def intake(self, **changes):
        """Writes the configuration with other terms of intake."""
        terms = {"maxFileBytes": 1_000_000, "projectQuotaBytes": 4_000_000_000,
                 "filesPerDay": 10_000_000, "settleSeconds": 0.2, "scanSettleSeconds": 0.5,
                 "rescanSeconds": 0.5, **changes}
        self.write("jalon.json", {**CONFIGURATION, "intake": terms})


class World:
    """Everything around the attacks, and the oracle."""

    def __init__(self, folder, binary, scale):
        self.scale = scale
        self.installation = AttackedInstallation(folder, binary)
        self.outside = folder / "outside"
        self.faults = []
        self.skipped = {}
        self.is_mounted = False
        self.limits = {"maxFileBytes": scale.file}

    def open(self, disk=None):
        """Adopts the portfolio, starts the daemon, and lays out what is to be protected; with the
        doors on a disk of their own where its size is given."""
        installation = self.installation
        installation.folder.mkdir(exist_ok=True)
        installation.folder.chmod(0o755)
        if disk:
            installation.doors.mkdir()
            self.is_mounted = run_as_root("mount", "-t", "tmpfs", "-o", f"size={disk}", "jalon",
                                          str(installation.doors))
        installation.create([ATTACKER, WITNESS, NEIGHBOUR])
        installation.intake(**self.limits)
        self.outside.mkdir()
        bait = report(("2021-Q1", "agents", 666, "", "", SECRET.decode()))
        for name in ("shadow", "report.csv"):
            (self.outside / name).write_bytes(bait)
        installation.belong()
        installation.adopt()
        self.daemon = installation.start()
        depots = [installation.depot(name) for name in (ATTACKER, WITNESS, NEIGHBOUR)]
        wait_until(lambda: all(depot.exists() for depot in depots))
        for depot in depots:
            depot.chmod(0o777)
        (depots[2] / "later.csv.part").write_bytes(bait)
        self.receipts = Receipts(installation.receipts(ATTACKER))
        self.before = self.protected()
        self.witness = Witness(installation)
        self.witness.start()
        return self

    def close(self):
        """Ends the daemon, if it is still there."""
        self.witness.stop()
        status = self.installation.stop(self.daemon)
        if status != 0:
            self.faults.append(f"the daemon ended with {status}: {self.installation.log_tail()}")

    def remove(self):
        """Removes everything."""
        if self.is_mounted:
            run_as_root("umount", str(self.installation.doors))
        shutil.rmtree(self.installation.folder, ignore_errors=True)

    def reload(self, **changes):
        """Changes the terms of intake while the daemon runs."""
        self.limits.update(changes)
        size = self.installation.log_size()
        self.installation.intake(**self.limits)
        self.daemon.send_signal(signal.SIGHUP)
        if not wait_until(lambda: b"configuration read" in self.installation.log_since(size), 60):
            raise Fault("the configuration is not read again")

    # What is watched

    def protected(self):
        """Everything that no attack may change: names, kinds, rights and bytes."""
        folders = [self.outside, self.installation.folder / "portfolio",
                   self.installation.doors / NEIGHBOUR]
        seen = {str(path): fingerprint(path) for folder in folders
                for path in [folder, *sorted(folder.rglob("*"))]}
        seen["doors"] = sorted(os.listdir(self.installation.doors))
        return seen

    def changes(self):
        """What was changed that no attack may change, as sentences."""
        now = self.protected()
        for path in {**self.before, **now}:
            if self.before.get(path) != now.get(path):
                yield f"{path}: was {self.before.get(path)}, is {now.get(path)}"

    def is_alive(self):
        """Whether the daemon runs."""
        return self.daemon.poll() is None

    def process(self):
        """The daemon's process."""
        return Path(f"/proc/{self.daemon.pid}")

    def peak(self):
        """The most memory that the daemon has had since it was last asked, in MB."""
        with contextlib.suppress(OSError):
            text = (self.process() / "status").read_text()
            (self.process() / "clear_refs").write_text("5")
            return int(re.search(r"VmHWM:\s+(\d+)", text)[1]) / 1024
        return 0

    def leaks(self):
        """Where the secret is that nobody may read, as sentences."""
        installation = self.installation
        files = [installation.log, installation.database]
        for folder in (installation.state / "archive", installation.receipts(ATTACKER)):
            files += [path for path in folder.rglob("*") if path.is_file()]
        for path in files:
            if SECRET in path.read_bytes():
                yield f"{path.name} in {path.parent.name} has what nobody may read"

    def unsafe_texts(self):
        """Texts for people that would do something to a terminal, as sentences."""
        installation = self.installation
        texts = {"log": installation.log.read_bytes()}
        for path in installation.receipts(ATTACKER).iterdir():
            texts[path.name] = os.fsencode(path.name) + b"\n" + path.read_bytes()
        for words in (("status", ATTACKER), ("status",), ("flags",), ("mail",), ("silences",),
                      ("explain", ATTACKER, "P1"), ("template", ATTACKER)):
            texts[" ".join(words)] = installation.command(*words).stdout.encode()
        for name, content in texts.items():
            found = UNSAFE.search(content.decode(errors="replace").replace("\r\n", "\n"))
            if found and found[0] != "\t":
                yield f"{name[:80]!r} has {found[0]!r}"
        yield from formulas(texts[f"template {ATTACKER}"].decode())


def fingerprint(path):
    """What a name stands for, its bytes included."""
    status = path.lstat()
    content = None
    if stat.S_ISREG(status.st_mode):
        content = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    names = sorted(os.listdir(path)) if stat.S_ISDIR(status.st_mode) else None
    return status.st_mode, status.st_uid, status.st_size if content else None, content, names


def formulas(table):
    """Cells of a table that a spreadsheet would run, as sentences."""
    for line in table.splitlines():
        for cell in line.split(";"):
            if re.match(r'"?[=+@\t\r]|"?-\D', cell):
                yield f"a cell of the template begins as a formula does: {cell[:40]!r}"


def run_as_root(*words):
    """Runs a command that needs rights; gives whether it worked."""
    return subprocess.run(words, capture_output=True).returncode == 0

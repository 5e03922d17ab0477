"""Where the attacks take place: a daemon, a team that attacks, one that works, and what is watched."""

import contextlib
import hashlib
import json
import os
import random
import re
import signal
import stat
import subprocess
import threading
import time
from pathlib import Path

from installation import CONFIGURATION, Installation, report, wait_until

ATTACKER, WITNESS, NEIGHBOUR = "MALICE-1", "TEMOIN-1", "VOISIN-1"
# Stands in every file that an attack wants to be read: it must turn up nowhere.
SECRET = b"s3cr3t-7f3a9c"
# The service and the attackers are users of their own where that can be had.
SERVICE, TEAM = 65534, 65533
PATIENCE = 60
MEMORY_LIMIT = 300
RECEIPT_LIMIT = 1_500_000
# What must not reach a terminal: control characters, C1 ones included, and marks of direction.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Fault(AssertionError):
    """An attack that had some success."""


class AttackedInstallation(Installation):
    """An installation whose program runs as a user without rights, as in service."""

    is_root = os.geteuid() == 0

    def arguments(self, *words):
        user = ["setpriv", f"--reuid={SERVICE}", f"--regid={SERVICE}", "--clear-groups"]
        return (user if self.is_root else []) + super().arguments(*words)

    def belong(self):
        """Gives the installation to the service, and the depots to their teams, too."""
        if not self.is_root:
            return
        for path in [self.folder, *self.folder.rglob("*")]:
            os.chown(path, SERVICE, SERVICE, follow_symlinks=False)

    def intake(self, **changes):
        """Writes the configuration with other terms of intake."""
        terms = {"maxFileBytes": 1_000_000, "projectQuotaBytes": 4_000_000_000,
                 "filesPerDay": 10_000_000, "settleSeconds": 0.2, "scanSettleSeconds": 0.6,
                 "rescanSeconds": 1, **changes}
        self.write("jalon.json", {**CONFIGURATION, "intake": terms})


class World:
    """Everything around the attacks, and the oracle."""

    def __init__(self, folder, binary, scale):
        self.scale = scale
        self.installation = AttackedInstallation(folder, binary)
        self.outside = folder / "outside"
        self.faults = []
        self.skipped = {}
        self.limits = {"maxFileBytes": scale.file}

    def open(self):
        """Adopts the portfolio, starts the daemon, and lays out what is to be protected."""
        installation = self.installation
        installation.folder.chmod(0o755)
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


class Receipts:
    """A folder of receipts, looked into again and again."""

    def __init__(self, folder):
        self.folder = folder
        self.lock = threading.Lock()
        self.seen = {}
        self.by_file, self.by_digest = {}, {}

    def look(self):
        """Takes note of new receipts."""
        with self.lock:
            for entry in os.scandir(os.fsencode(self.folder)):
                if not entry.name.endswith(b".receipt.json"):
                    continue
                changed = entry.stat().st_mtime_ns
                if self.seen.get(entry.name) != changed:
                    text = Path(os.fsdecode(entry.path)).read_bytes()
                    receipt = json.loads(text)
                    receipt["size"] = len(text)
                    self.seen[entry.name] = changed
                    self.by_file[receipt["file"]] = receipt
                    self.by_digest[receipt["sha256"]] = receipt

    def wait(self, name=None, content=None, seconds=PATIENCE):
        """The receipt of a file, by its name as people see it or by its bytes."""
        key = hashlib.sha256(content).hexdigest() if content is not None else name
        index = self.by_digest if content is not None else self.by_file
        wait_until(lambda: self.look() or key in index, seconds, 0.05)
        if key not in index:
            raise Fault(f"no receipt for {name or content[:60]!r} in {seconds} s")
        receipt = index[key]
        if receipt["size"] > RECEIPT_LIMIT:
            raise Fault(f"a receipt of {receipt['size']:,} bytes for {receipt['file']!r}")
        return receipt


class Witness(threading.Thread):
    """A team that works as usual, and has to be served whatever another one does."""

    def __init__(self, installation):
        super().__init__(daemon=True)
        self.depot = installation.depot(WITNESS)
        self.receipts = Receipts(installation.receipts(WITNESS))
        self.is_over = threading.Event()
        self.count, self.slowest, self.faults = 0, 0, []

    def run(self):
        while not self.is_over.wait(0.2):
            try:
                self.send()
            except Exception as error:  # noted, and the campaign goes on
                self.faults.append(f"the other team: {error!r}")

    def send(self):
        """Sends one good report and awaits its receipt."""
        self.count += 1
        content = report(("2021-Q1", "agents", 300 + self.count, "", "", f"n° {self.count}"))
        start = time.monotonic()
        put(self.depot, f"rapport-{self.count}.csv", content)
        receipt = self.receipts.wait(content=content)
        self.slowest = max(self.slowest, time.monotonic() - start)
        if (receipt["status"], receipt["rows"], receipt["project"]) != ("accepted", 1, WITNESS):
            raise Fault(f"a good report was answered {receipt}")

    def stop(self):
        """Ends its work."""
        self.is_over.set()
        self.join(PATIENCE + 5)


def put(depot, name, content):
    """Writes a file elsewhere, then renames it into place, as a careful client does."""
    draft = os.path.join(os.fsencode(depot), b".draft-%d-%d" % (
        threading.get_ident(), random.getrandbits(60)))
    with open(draft, "wb") as file:
        file.write(content)
    if AttackedInstallation.is_root:
        os.chown(draft, TEAM, TEAM)
    os.rename(draft, os.path.join(os.fsencode(depot), os.fsencode(name)))


class Field:
    """One attack's view of the world: its depot, its random numbers, and its expectations."""

    def __init__(self, world, label, seed):
        self.world, self.label = world, label
        self.installation, self.scale = world.installation, world.scale
        self.outside, self.depot = world.outside, world.installation.depot(ATTACKER)
        self.random = random.Random(f"{seed}-{label}")
        self.tried = 0

    def name(self, text="f.csv"):
        """A name that nothing else has."""
        return f"{self.random.getrandbits(40):010x}-{text}"

    def mark(self):
        """Words that nothing else has: they make bytes differ."""
        return f"m-{self.random.getrandbits(60):015x}"

    def good(self, more=b""):
        """A good report, with bytes of its own."""
        return report(("2021-Q1", "agents", 300 + self.random.randrange(900), "", "",
                       self.mark())) + more

    def put(self, name, content):
        """Puts a file into the depot."""
        self.tried += 1
        put(self.depot, name, content)

    def path(self, name):
        """A name's path in the depot."""
        return self.depot / name

    def give(self, path):
        """Makes something the team's own."""
        if AttackedInstallation.is_root:
            os.chown(path, TEAM, TEAM, follow_symlinks=False)

    def expect(self, statuses, codes=None, name=None, content=None, rows=None):
        """Awaits the receipt of a file, and holds it against what it has to say."""
        receipt = self.world.receipts.wait(name, content)
        found = sorted({error["code"] for error in receipt["errors"]})
        if receipt["status"] not in statuses.split() or receipt["project"] != ATTACKER:
            raise Fault(f"{receipt['file']!r}: {receipt['status']} {found}, not {statuses}")
        if codes is not None and not set(found) & set(codes.split()):
            raise Fault(f"{receipt['file']!r}: rejected for {found}, not {codes}")
        if rows is not None and receipt["rows"] != rows:
            raise Fault(f"{receipt['file']!r}: {receipt['rows']} rows counted, not {rows}")
        return receipt

    def refuse(self, name):
        """Awaits that something is refused unread and set aside."""
        self.tried += 1
        receipt = self.expect("rejected", "syntax", name=name)
        if not wait_until(lambda: not os.path.lexists(self.path(name)), PATIENCE):
            raise Fault(f"{name} is still there")
        return receipt

    def judge(self, content, statuses, codes=None, rows=None, ending=".csv"):
        """Puts a file there and holds its receipt against what it has to say."""
        self.put(self.name(self.label.replace(" ", "-")[:30] + ending), content)
        return self.expect(statuses, codes, content=content, rows=rows)

    def skip(self, reason):
        """Notes that something could not be tried here."""
        self.world.skipped[self.label] = reason


def run_as_root(*words):
    """Runs a command that needs rights; gives whether it worked."""
    return subprocess.run(words, capture_output=True).returncode == 0

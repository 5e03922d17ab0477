"""A depot as those see it who put files into it: what they put, and what they are answered."""

import hashlib
import json
import os
import random
import threading
import time
from pathlib import Path

from installation import report, wait_until

ATTACKER, WITNESS, NEIGHBOUR = "MALICE-1", "TEMOIN-1", "VOISIN-1"
# The service and the attackers are users of their own where that can be had.
SERVICE, TEAM = 65534, 65533
IS_ROOT = os.geteuid() == 0
PATIENCE = 60
RECEIPT_LIMIT = 1_500_000


class Fault(AssertionError):
    """An attack that had some success."""


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

    def wait(self, name=None, digest=None, seconds=PATIENCE):
        """The receipt of a file, by its name as people see it or by the digest of its bytes."""
        key = digest or name
        index = self.by_digest if digest else self.by_file
        wait_until(lambda: key in index or self.look() or key in index, seconds, 0.05)
        if key not in index:
            raise Fault(f"no receipt for {name or digest!r} in {seconds} s")
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
        # Held while an attack changes the terms for everybody.
        self.gate = threading.Lock()
        self.count, self.slowest, self.faults = 0, 0, []

    def run(self):
        while not self.is_over.wait(0.2):
            try:
                with self.gate:
                    self.send()
            except Exception as error:  # noted, and the campaign goes on
                self.faults.append(f"the other team: {error!r}")

    def send(self):
        """Sends one good report and awaits its receipt."""
        self.count += 1
        content = report(("2021-Q1", "agents", 300 + self.count, "", "", f"n° {self.count}"))
        start = time.monotonic()
        put(self.depot, f"rapport-{self.count}.csv", content)
        receipt = self.receipts.wait(digest=hashlib.sha256(content).hexdigest())
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
    if IS_ROOT:
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
        self.judged, self.refused = [], []

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
        if IS_ROOT:
            os.chown(path, TEAM, TEAM, follow_symlinks=False)

    def expect(self, statuses, codes=None, name=None, content=None, rows=None, digest=None):
        """Awaits the receipt of a file, and holds it against what it has to say."""
        digest = hashlib.sha256(content).hexdigest() if content is not None else digest
        receipt = self.world.receipts.wait(name, digest)
        found = sorted({error["code"] for error in receipt["errors"]})
        if receipt["status"] not in statuses.split() or receipt["project"] != ATTACKER:
            raise Fault(f"{receipt['file']!r}: {receipt['status']} {found}, not {statuses}")
        if codes is not None and not set(found) & set(codes.split()):
            raise Fault(f"{receipt['file']!r}: rejected for {found}, not {codes}")
        if rows is not None and receipt["rows"] != rows:
            raise Fault(f"{receipt['file']!r}: {receipt['rows']} rows counted, not {rows}")
        return receipt

    def refuse(self, name):
        """Something that is to be refused unread and set aside; `conclude` awaits it."""
        self.tried += 1
        self.refused.append(name)

    def judge(self, content, statuses, codes=None, rows=None, ending=".csv"):
        """Puts a file there; its receipt is held against what it has to say by `conclude`."""
        self.put(self.name(self.label.replace(" ", "-")[:30] + ending), content)
        self.judged.append((hashlib.sha256(content).hexdigest(), statuses, codes, rows))

    def conclude(self):
        """Holds the receipts of all that was judged against what they have to say; the last."""
        receipt = None
        for digest, statuses, codes, rows in self.judged:
            receipt = self.expect(statuses, codes, digest=digest, rows=rows)
        for name in self.refused:
            receipt = self.expect("rejected", "syntax", name=name)
            if not wait_until(lambda name=name: not os.path.lexists(self.path(name)), PATIENCE):
                raise Fault(f"{name} is still there")
        self.judged, self.refused = [], []
        return receipt

    def skip(self, reason):
        """Notes that something could not be tried here."""
        self.world.skipped[self.label] = reason

"""A notebook with a long ledger, written without the program.

Letting `jalon` take in 100,000 files and judge for years would take longer than what is measured
here. So the program adopts a portfolio, and the rest is written into its tables directly: received
files with ten rows each and their bytes in the archive, then changes of recommendation, each with
its entry, chained as the program chains them. `jalon verify` finds that all of it fits, which also
holds the documented forms of the digests against a second implementation.
"""

import hashlib
import json
import os
import sqlite3
import struct
import time

ROWS = 10
BATCH = 20_000
START = 1_640_995_200_000_000
DAY = 18_993


def number(value):
    """A number in the canonical form."""
    return struct.pack(">q", value)


def text(value):
    """A text in the canonical form."""
    raw = value.encode()
    return number(len(raw)) + raw


def optional(value):
    """A number or text that may be missing."""
    if value is None:
        return b"\0"
    return b"\1" + (number(value) if isinstance(value, int) else text(value))


def facts(observations):
    """The digest of a file's rows: (indicator, period, profile, value, weight, evidence, line)."""
    rows = b"".join(
        text(indicator) + text(period) + optional(profile) + optional(value) + optional(weight)
        + number(evidence) + number(line)
        for indicator, period, profile, value, weight, evidence, line in observations)
    return hashlib.sha256(
        hashlib.sha256(rows).digest() + hashlib.sha256(b"").digest() + number(len(observations))
        + number(0)).hexdigest()


def record(project, name, receipt):
    """The digest of what else is kept of a file that came by the shell."""
    return hashlib.sha256(optional(project) + text(name) + b"\0" * 5 + text(receipt)).hexdigest()


def instant(microseconds):
    """RFC 3339, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(microseconds // 1_000_000))


class Ledger:
    """Entries to be written, chained to the last one."""

    def __init__(self, notebook):
        self.sequence, self.head = notebook.execute(
            "SELECT sequence, sha256 FROM ledger ORDER BY sequence DESC LIMIT 1").fetchone()
        self.rows = []

    def append(self, kind, subject, body, at):
        """Adds an entry."""
        body = json.dumps(body, separators=(",", ":"))
        self.sequence += 1
        digest = hashlib.sha256(self.head + number(self.sequence) + number(at) + text(kind)
                                + text(subject) + text(body)).digest()
        self.rows.append((self.sequence, at, kind, subject, body, self.head, digest))
        self.head = digest


class Builder:
    """Writes files and recommendations into a notebook that the program made."""

    def __init__(self, state):
        self.state = state
        self.notebook = sqlite3.connect(state / "jalon.sqlite", isolation_level=None)
        self.notebook.execute("PRAGMA synchronous = OFF")
        self.projects = self.notebook.execute("SELECT key, id FROM project").fetchall()
        self.notebook.execute("INSERT OR IGNORE INTO name(text) VALUES ('agents')")
        ((self.indicator,),) = self.notebook.execute("SELECT key FROM name WHERE text = 'agents'")
        self.ledger = Ledger(self.notebook)
        self.rows = {"submission": [], "observation": [], "recommendation": []}

    def build(self, entries, files, size):
        """As many files, of so many bytes on average, and changes up to so many entries."""
        for prefix in range(256):
            (self.state / "archive" / f"{prefix:02x}").mkdir(parents=True, exist_ok=True)
        self.notebook.execute("BEGIN")
        for place in range(1, files + 1):
            self.file(place, size)
        for place in range(max(0, entries - self.ledger.sequence)):
            self.change(place, START + (files + place) * 1_000_000)
        self.flush()
        self.notebook.execute("COMMIT")
        self.notebook.close()
        (self.state / "ledger.head").write_text(
            f"{self.ledger.sequence} {self.ledger.head.hex()}\n")
        os.sync()

    def file(self, place, size):
        """One received file: the archived bytes, its rows, its entry."""
        key, project = self.projects[place % len(self.projects)]
        at = START + place * 1_000_000
        period = 2022 * 12 + place // len(self.projects) % 12
        # From half the size to one and a half.
        content = (f"{place};agents;{period}\n".encode() * (size // 10))[
            :size // 2 + place * 7919 % max(1, size)]
        digest = hashlib.sha256(content)
        (self.state / "archive" / digest.hexdigest()[:2] / digest.hexdigest()).write_bytes(content)
        name = f"remontee-{place}.csv"
        receipt = {"receipt": f"J{place:08}", "project": project, "file": name,
                   "sha256": digest.hexdigest(), "bytes": len(content), "receivedAt": instant(at),
                   "status": "accepted", "duplicateOf": None, "rows": ROWS}
        receipt_text = json.dumps({**receipt, "periods": [], "errors": [], "warnings": []}, indent=2)
        printed = f"{period // 12:04}-{period % 12 + 1:02}"
        rows = [("agents", printed, None, 1_000_000 * place + line, None, 1, line)
                for line in range(2, 2 + ROWS)]
        self.rows["observation"] += [
            (key, place, line - 1, line, self.indicator, period << 2, 0, value, None, evidence)
            for _, _, _, value, _, evidence, line in rows]
        self.rows["submission"].append(
            (place, key, name, name.encode(), digest.digest(), len(content), at, at, "accepted",
             None, ROWS, None, None, None, None, None, 0, receipt_text, 1))
        body = {name: value for name, value in receipt.items() if name != "project"}
        self.ledger.append("submission", project, {
            **body, "recordedAt": instant(at), "archived": True,
            "record": record(project, name, receipt_text), "facts": facts(rows)}, at)
        self.flush(BATCH)

    def change(self, place, at):
        """One change of recommendation: its row and its entry."""
        key, project = self.projects[place % len(self.projects)]
        now, before = ("withhold", "release") if place // len(self.projects) % 2 else \
            ("release", "withhold")
        day = DAY + place % 3_000
        printed = time.strftime("%Y-%m-%d", time.gmtime(day * 86_400))
        self.rows["recommendation"].append(
            (key, "P1", at, day, at, now, now, None, 0, int(now == "withhold"), 450_000_000_000,
             day))
        self.ledger.append("recommendation", project, {
            "asOf": printed, "knownAt": instant(at), "rules": 1, "gates": [
                {"phase": "P1", "before": before, "recommendation": now, "effective": now,
                 "crossed": None, "discretionary": False, "flagged": now == "withhold",
                 "fundsAtStake": "450000"}]}, at)
        self.flush(BATCH)

    def flush(self, fewest=1):
        """Writes what has gathered."""
        if len(self.ledger.rows) < fewest:
            return
        for table, rows in [*self.rows.items(), ("ledger", self.ledger.rows)]:
            if not rows:
                continue
            columns = [column[1] for column in self.notebook.execute(f"PRAGMA table_info({table})")
                       if column[1] != "key"]
            self.notebook.executemany(
                f"INSERT INTO {table}({', '.join(columns)}) "
                f"VALUES ({', '.join('?' * len(columns))})", rows)
            rows.clear()


def build(state, entries, files, size):
    """Fills the notebook of a state folder in which a portfolio is adopted."""
    Builder(state).build(entries, files, size)

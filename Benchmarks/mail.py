"""Mail: queueing a message for each of many teams, and sending them to smtp-sink on loopback."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import data
from machine import Daemon, fail, median, run

SINK = "/usr/sbin/smtp-sink"
SENDER = "jalon@example.gouv.fr"
SWAKS_MESSAGES = 50

# The loop that a script would have: one connection, each message from the notebook.
LOOP = """
import smtplib, sqlite3, sys
notebook, port, note = sys.argv[1], int(sys.argv[2]), len(sys.argv) > 3 and sys.argv[3]
messages = sqlite3.connect(f"file:{notebook}?mode=ro", uri=True)
if note:
    notes = sqlite3.connect(note, isolation_level=None)
    notes.execute("PRAGMA journal_mode = DELETE")
    notes.execute("PRAGMA synchronous = EXTRA")
    notes.execute("CREATE TABLE sent(number INTEGER PRIMARY KEY, at REAL)")
with smtplib.SMTP("127.0.0.1", port) as server:
    for number, recipient, content in messages.execute(
            "SELECT number, recipient, content FROM message "
            "JOIN message_content ON message = number ORDER BY next_at, number"):
        server.sendmail("jalon@example.gouv.fr", [recipient], content)
        if note:
            notes.execute("INSERT INTO sent VALUES (?, julianday())", (number,))
"""


class Sink:
    """Postfix's smtp-sink, which takes everything and keeps nothing but counts."""

    def __enter__(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.counts = tempfile.TemporaryFile()
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        self.process = subprocess.Popen([SINK, *user, "-c", f"127.0.0.1:{self.port}", "64"],
                                        stdout=self.counts)
        listening = f"0100007F:{self.port:04X} 00000000:0000 0A"
        for _ in range(1000):
            if listening in Path("/proc/net/tcp").read_text():
                return self
            time.sleep(0.005)
        fail("smtp-sink does not listen")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def counted(self):
        """Sessions that have ended, and messages taken."""
        time.sleep(0.3)
        self.counts.seek(0)
        told = self.counts.read().decode()
        last = re.findall(r"sess=(\d+).*?mesg=(\d+)", told.replace("\r", "\n"))
        return tuple(map(int, last[-1])) if last else fail(f"smtp-sink told {told[-200:]!r}")


class MailBench:
    """Jalon's courier beside other ways to send the same messages."""

    def __init__(self, bench):
        self.bench, self.table = bench, bench.table
        self.folder = bench.work / "mail"
        self.state = self.folder / "state"
        self.configuration = self.folder / "jalon.json"

    def run(self):
        """All of it."""
        data.write_portfolio(self.folder / "portfolio", self.bench.count, with_own_teams=True)
        self.configure(25)
        self.bench.adopt(self.configuration)
        self.queueing()
        os.sync()
        self.sending()

    def configure(self, port, transport="smtp"):
        data.write_json(self.configuration, {
            "alerts": {"digest": False},
            "mail": {"transport": transport, "from": SENDER, "smtp": {
                "url": f"smtp://127.0.0.1:{port}", "startTLS": "never"}}})

    def jalon(self, *words):
        return self.bench.jalon(*words, configuration=self.configuration)

    def queueing(self):
        seconds, peak = run(self.jalon("evaluate"))
        with self.notebook() as notebook:
            self.count, size = notebook.execute("SELECT count(*), sum(bytes) FROM message").fetchone()
        if self.count < self.bench.count:
            fail(f"{self.count} messages are queued, for {self.bench.count} teams")
        what = f"(m) evaluate that queues {self.count:,} messages of {size / self.count / 1e3:.0f} kB"
        self.table.line(what, f"{seconds:.1f} s", "", "", "")
        self.table.line("(e) its peak memory", f"{peak:.0f} MB", "", "", "< 300 MB")

    def notebook(self):
        return sqlite3.connect(f"file:{self.state}/jalon.sqlite?mode=ro", uri=True)

    def sending(self):
        """In turns, so that a busy moment of the machine hits all of them."""
        saved = self.folder / "queued.sqlite"
        shutil.copy(self.state / "jalon.sqlite", saved)
        courier, plain, durable, peaks = [], [], [], []
        for _ in range(self.bench.repeats):
            plain.append(self.peer(saved))
            shutil.copy(saved, self.state / "jalon.sqlite")
            os.sync()
            seconds, peak, connections = self.courier()
            courier.append(seconds)
            peaks.append(peak)
            durable.append(self.peer(saved, self.folder / "notes.sqlite"))
        ours, swaks = median(courier), self.swaks()
        what = f"(m) courier, {self.count / ours:,.0f} messages/s"
        self.table.seconds(f"{what}; smtplib loop that notes each", ours, median(durable), "≤ 1×")
        self.table.seconds("    the same; smtplib loop that notes nothing", ours, median(plain),
                           "≤ 1×")
        self.table.seconds(f"    the same; swaks, {SWAKS_MESSAGES} messages × "
                           f"{self.count / SWAKS_MESSAGES:.0f}", ours, swaks, "≤ 1×")
        self.table.line("(m) connections opened", f"{connections}", "", "", "1")
        self.table.line("(e) peak memory of the courier", f"{max(peaks):.0f} MB", "", "",
                        "< 300 MB")

    def courier(self):
        with Sink() as sink:
            self.configure(sink.port)
            with open(self.folder / "log", "wb") as log:
                seconds, peak = run(self.jalon("courier", "--once"), stderr=log)
            connections, messages = sink.counted()
        with self.notebook() as notebook:
            sent, = notebook.execute("SELECT count(*) FROM message WHERE state = 'sent'").fetchone()
        if (messages, sent) != (self.count, self.count):
            fail(f"{messages} messages came and {sent} were noted, of {self.count}")
        return seconds, peak, connections

    def peer(self, notebook, notes=None):
        if notes:
            notes.unlink(missing_ok=True)
        with Sink() as sink:
            words = [sys.executable, "-c", LOOP, notebook, str(sink.port), *([notes] if notes else [])]
            seconds, _ = run(words)
            if sink.counted()[1] != self.count:
                fail(f"smtplib sent {sink.counted()[1]} messages of {self.count}")
        return seconds

    def swaks(self):
        """One process and one connection a message: seconds for as many messages as there are."""
        with self.notebook() as notebook, Sink() as sink:
            messages = notebook.execute(
                "SELECT recipient, content FROM message JOIN message_content ON message = number "
                "ORDER BY number DESC LIMIT ?", (SWAKS_MESSAGES,)).fetchall()
            file = self.folder / "message.eml"
            seconds = 0
            for recipient, content in messages:
                file.write_bytes(content.replace(b"\r\n", b"\n"))
                seconds += run(["swaks", "--server", "127.0.0.1", "--port", str(sink.port), "--from",
                                SENDER, "--to", recipient, "--data", f"@{file}"])[0]
        return seconds / len(messages) * self.count


def idle_memory(bench, binary, portfolio, folder):
    """What a daemon holds that has nothing to do, with and without mail: the sample portfolio."""
    folder.mkdir()
    configuration = folder / "jalon.json"
    data.write_json(configuration, {"portfolio": str(portfolio), "alerts": {"digest": False}})
    bench.adopt(configuration)
    found = {}
    for name, words in (("serve", ["serve"]), ("serve --no-mail", ["serve", "--no-mail"])):
        daemon = Daemon(binary, configuration, words=words)
        bench.daemons.append(daemon)
        daemon.wait_for("ready")
        time.sleep(8)
        found[name] = daemon.memory("VmRSS", "RssAnon")
        daemon.stop()
    (ours, anonymous), (without, _) = found["serve"], found["serve --no-mail"]
    bench.table.line("(e) idle, sample portfolio, with mail; without", f"{ours:.1f} MB",
                     f"{without:.1f} MB", f"anon {anonymous:.1f}", "< 25 MB")

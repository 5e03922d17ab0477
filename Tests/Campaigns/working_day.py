"""A few seconds of work as on a busy day, on a disk of its own, and all that was promised meanwhile.

Teams push files into their depots, officers decide, waive, contest and remove bytes, somebody
evaluates, adopts, silences and backs up, mail goes out. Whatever is acknowledged is noted with the
disk's position: from then on no power cut may take it back. A promise is a receipt that can be seen,
or a command that has ended with status 0.
"""

import hashlib
import json
import os
import random
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple

import notebook
from installation import Installation, project, report, wait_until
from scenarios import sidecar

PROJECTS = ["ESSAI-1", "ESSAI-2", "ESSAI-3"]
OFFICER = ("--by", "C. Roux", "--reason", "vu le dossier", "--json")
OFFICERS_DOOR = ".decisions/faure"
BROKEN_ROW = ("2021-Q1", "agents", "beaucoup")
TRY_AGAIN = 75


class Promise(NamedTuple):
    """What was acknowledged, and how much the disk had written by then."""

    position: int
    kind: str
    detail: object


class Pushed(NamedTuple):
    """A file that a team had put, durably, into its depot."""

    project: str
    name: str
    digest: str
    is_whole: bool


class Seen(NamedTuple):
    """A receipt as the team can read it."""

    project: str
    name: str
    content: bytes


class Day:
    """The work of one day: threads that each do one thing over and over."""

    def __init__(self, disk, installation, seed, before=()):
        self.disk, self.installation, self.before = disk, installation, before
        self.seed = seed
        self.promises, self.faults = [], []
        self.deadline = 0
        self.sends_mail = seed % 2 == 0

    def prepare(self):
        """Writes configuration and portfolio, durably; all that follows is Jalon's."""
        self.installation.create(PROJECTS)
        for name in ("desk", "backups", f"doors/{OFFICERS_DOOR}/depot",
                     f"doors/{OFFICERS_DOOR}/recepisses"):
            (self.installation.folder / name).mkdir(parents=True)
        subprocess.run(["sync", "--file-system", str(self.installation.folder)], check=True)

    def work(self, seconds):
        """Works for so long, then drops everything."""
        mail = () if self.sends_mail else ("--no-mail",)
        self.installation.command("adopt", *OFFICER[:4], before=self.before)
        for name in PROJECTS:
            path = self.installation.folder / f"portfolio/projects/{name}.json"
            self.promise("adopted", hashlib.sha256(path.read_bytes()).hexdigest())
        daemon = self.installation.start(self.before, mail)
        wait_until(lambda: all(self.installation.receipts(name).exists() for name in PROJECTS))
        self.deadline = time.monotonic() + seconds
        workers = [Team(self, name) for name in PROJECTS[:2]]
        workers += [Office(self), Officer(self), Desk(self), Reader(self)]
        threads = [threading.Thread(target=worker.run) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        daemon.kill()
        daemon.wait()

    def promise(self, kind, detail):
        """Notes what was acknowledged just now."""
        self.promises.append(Promise(self.disk.position, kind, detail))


class Worker:
    """One thread with a random generator of its own."""

    pause = 0.01

    def __init__(self, day, name=""):
        self.day, self.installation = day, day.installation
        self.random = random.Random(f"{day.seed} {type(self).__name__} {name}")
        self.turn = 0

    def run(self):
        """Works until the deadline."""
        while time.monotonic() < self.day.deadline:
            self.turn += 1
            try:
                self.step()
            except Exception as error:  # noted, and the work goes on
                self.day.faults.append(f"{type(self).__name__}: {type(error).__name__}: {error}")
            time.sleep(self.random.random() * self.pause)

    def command(self, *words, expected=(0, TRY_AGAIN)):
        """Runs a command; gives what it printed, or `None` when it says to try again."""
        done = self.installation.command(*words, expected=expected, before=self.day.before)
        return None if done.returncode == TRY_AGAIN else done.stdout

    def content(self, is_whole=True):
        """A report that differs from every other, of two rows."""
        mark = f"{type(self).__name__} {self.day.seed} {self.turn} {self.random.random()}"
        return report(("2021-Q1", "agents", 200 + self.turn, "", "", mark),
                      ("2021-Q1", "depenses", self.turn) if is_whole else BROKEN_ROW)


class Team(Worker):
    """Pushes files, some refused, some twice, some with a checksum beside them."""

    def __init__(self, day, name):
        super().__init__(day, name)
        self.project = name
        self.pushed = []

    def step(self):
        """Pushes one file; one in three as most clients do, who sync nothing: until its receipt can be
        seen, a power cut may take such a file, and that is nobody's loss but its client's."""
        is_careful = self.random.random() > 1 / 3
        is_whole = self.random.random() > 0.1
        content = self.content(is_whole)
        if self.pushed and self.random.random() < 0.1:
            content, is_whole = self.random.choice(self.pushed)
        self.pushed.append((content, is_whole))
        name = f"remontee-{self.turn}.csv"
        if self.random.random() < 0.15:
            self.push(name + ".sha256", sidecar(name, content), is_careful)
        self.push(name, content, is_careful)
        digest = hashlib.sha256(content).hexdigest()
        if is_careful:
            self.day.promise("pushed", Pushed(self.project, name, digest, is_whole))

    def push(self, name, content, is_careful):
        """Writes a file elsewhere, renames it into the depot, and syncs both if asked to."""
        hidden = self.installation.folder / "desk" / f"{self.project.replace('/', '-')}-{name}"
        with open(hidden, "wb") as file:
            file.write(content)
            file.flush()
            if is_careful:
                os.fsync(file.fileno())
        depot = self.installation.depot(self.project)
        hidden.rename(depot / name)
        if not is_careful:
            return
        folder = os.open(depot, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


class Reader(Worker):
    """Looks for receipts, as a team that waits for them."""

    pause = 0.005

    def __init__(self, day):
        super().__init__(day)
        self.known = set()

    def step(self):
        """Notes the receipts that are new."""
        for name in (*PROJECTS[:2], OFFICERS_DOOR):
            for path in self.installation.receipts(name).iterdir():
                if path.suffix == ".json" and path not in self.known and path.name[0] != ".":
                    content = path.read_bytes()
                    self.known.add(path)
                    self.day.promise("receipt", Seen(name, path.name, content))


class Officer(Team):
    """Another officer, who decides through a door of their own."""

    pause = 0.1

    def __init__(self, day):
        super().__init__(day, OFFICERS_DOOR)

    def step(self):
        """Pushes a file of two acts, or one that is refused whole."""
        is_whole = self.random.random() > 0.2
        verdict = self.random.choice(["débloquer", "suspendre"])
        rows = ["acte;projet;phase;malgré;motif",
                f"{verdict};ESSAI-1;P1;oui;séance {self.turn}",
                f"suspendre;ESSAI-1;{'P2' if is_whole else 'P9'};oui;séance {self.turn}", ""]
        content = "\n".join(rows).encode()
        name = f"séance-{self.turn}.csv"
        self.push(name, content, is_careful=True)
        digest = hashlib.sha256(content).hexdigest()
        self.day.promise("pushed", Pushed(self.project, name, digest, is_whole))


class Office(Worker):
    """Officers decide, waive and contest; bytes are removed."""

    def step(self):
        """Does one of these."""
        self.random.choice([self.decide, self.waive, self.contest, self.expunge])()

    def act(self, *words):
        """Does something that nobody has said in these words, and notes its number."""
        why = ("--by", "C. Roux", "--reason", f"séance {self.turn}", "--json")
        answer = self.command(*words, *why)
        if answer:
            self.day.promise("act", json.loads(answer)[0]["id"])

    def decide(self):
        """A decision, whatever was decided before."""
        verdict = self.random.choice(["release", "withhold"])
        self.act("decide", "ESSAI-2", "P1", verdict, "--anyway")

    def waive(self):
        """A waiver."""
        self.act("waive", "ESSAI-2", "P1", "milestone:M1")

    def contest(self):
        """A figure is set aside, once there is one."""
        self.ingest(self.content())
        self.act("contest", "ESSAI-3", "agents", "2021-Q1")

    def expunge(self):
        """A file's bytes are removed."""
        content = self.content()
        if not self.ingest(content):
            return
        digest = hashlib.sha256(content).hexdigest()
        if self.command("expunge", digest, *OFFICER):
            self.day.promise("expunged", digest)

    def ingest(self, content):
        """Sends a file from the shell; gives whether that was acknowledged."""
        path = self.installation.folder / "desk" / f"bureau-{self.turn}.csv"
        path.write_bytes(content)
        answer = self.command("ingest", "--project", "ESSAI-3", "--json", str(path))
        if answer:
            self.day.promise("ingested", json.loads(answer)[0])
        return answer


class Desk(Worker):
    """Somebody evaluates, adopts, silences, backs up, sets up projects and sends the mail."""

    def step(self):
        """Does one of these."""
        tasks = [self.evaluate, self.evaluate, self.adopt, self.silence, self.back_up, self.set_up]
        self.random.choice(tasks if self.day.sends_mail else [*tasks, self.send, self.send])()

    def evaluate(self):
        """Judges everything."""
        if self.command("evaluate") is not None:
            self.day.promise("evaluated", None)

    def adopt(self):
        """Changes a title and adopts it."""
        changed = {**project("ESSAI-3"), "title": f"Projet {self.day.seed}-{self.turn}"}
        self.installation.write("portfolio/projects/ESSAI-3.json", changed)
        path = self.installation.folder / "portfolio/projects/ESSAI-3.json"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if self.command("adopt", *OFFICER[:4], "ESSAI-3") is not None:
            self.day.promise("adopted", digest)

    def silence(self):
        """Keeps a kind of alert quiet."""
        until = notebook.civil_day(days=10)
        words = ("--by", "C. Roux", "--reason", f"congés {self.turn}")
        if self.command("silence", "--kind", "deviation-strong", "--until", until, *words):
            self.day.promise("silenced", None)

    def back_up(self):
        """Copies the notebook."""
        path = self.installation.folder / "backups" / f"{self.turn}.sqlite"
        if self.command("backup", str(path)) is not None:
            self.day.promise("backup", path)

    def set_up(self):
        """Draws a project's file."""
        answer = self.command("new", f"NOUVEAU-{self.turn}", "--programme", "ESSAI")
        if answer:
            path = Path(answer.strip())
            self.day.promise("set up", (path, path.read_bytes()))

    def send(self):
        """Sends the mail."""
        self.command("courier", "--once")

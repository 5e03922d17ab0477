"""What the campaigns let Jalon do while they kill it or take its disk away."""

import hashlib
import json
import os
import signal
import threading
import time

import tracer
from installation import report, wait_until

PROJECT = "ESSAI-1"

FIRST = report(("2021-Q1", "agents", "310"), ("2021-Q1", "depenses", "10000,50"),
               ("", "", "", "M1", "2021-03-15"))

# Releases the first gate by itself.
WHOLE = report(("2021-Q1", "agents", "310"), ("2021-Q2", "agents", "330"),
               ("", "", "", "M1", "2021-03-15"))

# Pushed before the daemon starts, in this order.
PUSHED = {
    "a-first.csv": FIRST,
    "b-correction.csv": report(("2021-Q1", "agents", "320"), ("2021-Q1", "depenses", "9000")),
    "c-broken.csv": report(("2021-Q1", "agents", "beaucoup"), ("2021-Q5", "agents", "3")),
    "d-checked.csv": report(("2021-Q2", "agents", "420"), ("2021-Q2", "depenses", "30000")),
    "f-again.csv": FIRST,
    "g-cut.csv": report(("2021-Q2", "agents", "99999")),
    "h-large.csv": report(*[("2021-Q2", "agents", "1")] * 1500),
}
SIDECARS = {"d-checked.csv": PUSHED["d-checked.csv"], "g-cut.csv": b"the whole file"}
LINK = "i-link.csv"
# Pushed when the receipts of the others are there.
LATE = {"j-late.csv": report(("2021-Q3", "agents", "450"), ("2021-Q2", "agents", "430"))}
LATE_SIDECAR = "b-correction.csv"
EVERYTHING = {**PUSHED, **LATE}
ARCHIVED = {name: bytes_ for name, bytes_ in EVERYTHING.items() if len(bytes_) <= 20000}


def sidecar(name, content):
    """A checksum file as sha256sum prints it."""
    return f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode()


def receipts_of(names):
    """The names of the receipts of some files."""
    return {name + ending for name in names for ending in (".receipt.json", ".receipt.txt")}


class Team:
    """Pushes files as a team does, and goes on where it was whatever happens to the daemon."""

    door = PROJECT
    pushed = PUSHED
    sidecars = SIDECARS
    links = (LINK,)
    late = [*LATE.items(),
            (LATE_SIDECAR + ".sha256", sidecar(LATE_SIDECAR, PUSHED[LATE_SIDECAR]))]

    def __init__(self, installation):
        self.depot = installation.depot(self.door)
        self.receipts = installation.receipts(self.door)
        self.outbox = installation.folder / "outbox"
        self.outbox.mkdir()
        self.late_left = [*self.late]
        names = [*self.pushed, *[name for name, _ in self.late if not name.endswith(".sha256")]]
        self.answers_first = receipts_of([*self.pushed, *self.links])
        self.answers = receipts_of([*names, *self.links])

    def push(self, name, content):
        """Renames a file into the depot."""
        hidden = self.outbox / name
        hidden.write_bytes(content)
        hidden.rename(self.depot / name)

    def push_first(self):
        """Pushes what stands there before the daemon comes."""
        for name, content in self.sidecars.items():
            self.push(name + ".sha256", sidecar(name, content))
        for name, content in self.pushed.items():
            self.push(name, content)
        for name in self.links:
            (self.depot / name).symlink_to("/etc/hostname")

    def step(self):
        """Does what can be done now; gives whether everything is pushed and answered."""
        answered = set(os.listdir(self.receipts))
        if self.late_left:
            if self.answers_first <= answered:
                self.push(*self.late_left.pop(0))
            return False
        if not self.answers <= answered:
            return False
        return all(name.startswith(".") for name in os.listdir(self.depot))


class Serve:
    """The daemon takes what a team pushed."""

    name = "serve"
    team_class = Team
    pushed = ARCHIVED
    has_doors = True
    kills_recovery = False
    sparser = 1

    @staticmethod
    def prepare(template):
        """Adopts the portfolio, and lets the daemon make its doors."""
        template.adopt()
        daemon = template.start()
        wait_until(template.receipts(PROJECT).exists)
        template.stop(daemon)

    def __init__(self, installation):
        self.installation = installation
        self.team = self.team_class(installation)
        self.team.push_first()

    def run_traced(self, kill_at):
        """Starts the daemon under the tracer, and ends it when everything is answered."""
        over = threading.Event()
        watchers = []

        def watch(process):
            while not over.is_set():
                if self.team.step():
                    # The tracer reaps it only after `over`: the number is still its own.
                    os.kill(process, signal.SIGTERM)
                    return
                time.sleep(0.003)

        def accompany(process):
            watchers.append(threading.Thread(target=watch, args=[process], daemon=True))
            watchers[0].start()

        outcome = tracer.run(self.installation.arguments("serve", "--no-mail"), kill_at,
                             self.installation.log, accompany)
        over.set()
        watchers[0].join()
        return outcome

    def run_undisturbed(self):
        """Starts the daemon again, and ends it when everything is answered."""
        logged = self.installation.log_size()
        daemon = self.installation.start()
        # A signal that comes before the daemon listens to it would just end it.
        finished = wait_until(lambda: daemon.poll() is not None or (
            b"ready: " in self.installation.log_since(logged) and self.team.step()))
        if daemon.poll() is not None:
            yield f"the daemon ended by itself, status {daemon.returncode}"
            return
        if not finished:
            yield "after 20 seconds not everything was answered"
        status = self.installation.stop(daemon)
        if status != 0:
            yield f"the daemon ended with status {status}"


class ServeTwice(Serve):
    """The same, and the recovery is killed, too."""

    name = "serve, twice"
    kills_recovery = True
    # In the short form: the same first kills have been made already.
    sparser = 2


def acts(*rows):
    """An officer's file: rows of act, project, phase, SHA-256 and reason."""
    return "\n".join(["acte;projet;phase;sha256;motif", *map(";".join, rows), ""]).encode()


class Officer(Team):
    """An officer, who pushes acts into a door of their own."""

    door = ".decisions/roux"
    pushed = {
        "a-decisions.csv": acts(("suspendre", PROJECT, "P1", "", "vu en comité"),
                                ("suspendre", PROJECT, "P2", "", "vu en comité")),
        "b-broken.csv": acts(("suspendre", PROJECT, "P1", "", "vu"),
                             ("suspendre", PROJECT, "P9", "", "vu")),
        "d-again.csv": acts(("suspendre", PROJECT, "P1", "", "vu en comité"),
                            ("suspendre", PROJECT, "P2", "", "vu en comité")),
    }
    sidecars = {}
    late = [("e-expunge.csv", acts(("effacer", "", "", hashlib.sha256(FIRST).hexdigest(),
                                    "données personnelles")))]


class ServeOfficer(Serve):
    """The daemon takes what an officer pushed: a file counts whole or not at all."""

    name = "officer's door"
    team_class = Officer
    pushed = {**Officer.pushed, **dict(Officer.late)}

    @staticmethod
    def prepare(template):
        """Opens the door, once there is something to decide about and bytes to remove."""
        Serve.prepare(template)
        for folder in (template.depot(Officer.door), template.receipts(Officer.door)):
            folder.mkdir(parents=True)
        (template.folder / "first.csv").write_bytes(FIRST)
        template.command("ingest", "--project", PROJECT, str(template.folder / "first.csv"))
        template.command("evaluate")

    def run_undisturbed(self):
        """Ends what is left, and looks whether the bytes are gone."""
        yield from super().run_undisturbed()
        digest = hashlib.sha256(FIRST).hexdigest()
        if (self.installation.state / "archive" / digest[:2] / digest).exists():
            yield "the bytes that were removed are still there"


class Adopt:
    """A portfolio is adopted."""

    name = "adopt"
    pushed = {}
    has_doors = False
    kills_recovery = False
    sparser = 1

    @staticmethod
    def prepare(template):
        """Nothing: not even a notebook is there."""

    def __init__(self, installation):
        self.installation = installation

    def run_traced(self, kill_at):
        """Runs the command under the tracer."""
        return tracer.run(self.installation.arguments(*self.words()), kill_at,
                          self.installation.log)

    def run_undisturbed(self):
        """Runs the command again."""
        self.installation.command(*self.words())
        return []

    def words(self):
        """The command."""
        return "adopt", "--by", "Campagne", "--reason", "essai"


class Ingest(Adopt):
    """A file is taken from the shell: accepted once, and a duplicate ever after."""

    name = "ingest"
    pushed = {"whole.csv": WHOLE}

    @staticmethod
    def prepare(template):
        """Adopts the portfolio."""
        template.adopt()
        (template.folder / "whole.csv").write_bytes(WHOLE)

    def words(self):
        """The command."""
        file = self.installation.folder / "whole.csv"
        return "ingest", "--project", PROJECT, "--json", str(file)

    def run_undisturbed(self):
        """Sends it until it is a duplicate: at once, where the killed run had entered it."""
        if self.send() == "accepted" and self.send() != "duplicate":
            yield "the same bytes are no duplicate"

    def send(self):
        """Runs the command again; gives the receipt's status."""
        return json.loads(self.installation.command(*self.words()).stdout)[0]["status"]


SCENARIOS = [Serve, ServeTwice, ServeOfficer, Adopt, Ingest]

"""A scratch installation of Jalon: a portfolio of small projects, their doors, and its state."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

CONFIGURATION = {
    "state": "./state", "portfolio": "./portfolio", "doors": "./doors", "locale": "fr",
    "intake": {"maxFileBytes": 20000, "settleSeconds": 0, "scanSettleSeconds": 0,
               "rescanSeconds": 1},
}

PROGRAMME = {
    "id": "ESSAI", "title": "Programme d'essai", "operator": "DINUM", "form": "call",
    "reporting": {"cadence": "quarterly", "graceDays": 15},
    "indicators": [
        {"id": "agents", "title": "Agents formés", "unit": "agents", "kind": "cumulative",
         "direction": "up", "decimals": 0},
        {"id": "depenses", "title": "Dépenses", "unit": "€", "kind": "flow",
         "direction": "target"},
    ],
    "commitments": [], "followUp": ["suivi@example.gouv.fr"],
}


def project(identifier):
    """A project of two phases, long over: every figure that counts changes its gates."""
    return {
        "id": identifier, "programme": "ESSAI", "title": f"Projet {identifier}",
        "lead": "Service d'essai", "contacts": ["equipe@example.fr"], "awarded": "2020-12-01",
        "totalCost": 400000, "grant": 200000, "balance": 50000, "indicators": [],
        "phases": [
            {"id": "P1", "title": "Conception", "from": "2021-01-01", "to": "2021-06-30",
             "funding": 50000, "milestones": [{"id": "M1", "title": "Maquette",
                                               "due": "2021-03-31"}],
             "gate": {"thresholds": [{"indicator": "agents", "min": 300}]}},
            {"id": "P2", "title": "Déploiement", "from": "2021-07-01", "to": "2021-12-31",
             "funding": 100000, "milestones": [],
             "gate": {"thresholds": [{"indicator": "agents", "min": 500},
                                     {"indicator": "depenses", "max": 90000}]}},
        ],
    }


def report(*rows):
    """A report file: rows of period, indicator and value."""
    lines = ["periode;indicateur;valeur;jalon;date;commentaire"]
    lines += [";".join([*map(str, row)] + [""] * (6 - len(row))) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode()


def find_binary(given):
    """The program to test: the one given, else the one built last."""
    if given:
        return Path(given).resolve()
    built = [path for path in (REPOSITORY / ".build").glob("*/jalon") if path.is_file()]
    if not built:
        raise SystemExit("no jalon in .build: build it first, or name it with --binary")
    return max(built, key=lambda path: path.stat().st_mtime).resolve()


def scratch_folder():
    """A folder to work in: in memory where possible, for a kill does not ask what the disk holds."""
    memory = Path("/dev/shm")
    root = memory if os.access(memory, os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="jalon-campaign-", dir=root))


class Installation:
    """One installation in a folder of its own."""

    def __init__(self, folder, binary):
        self.folder = Path(folder)
        self.binary = str(binary)
        self.doors = self.folder / "doors"
        self.state = self.folder / "state"
        self.database = self.state / "jalon.sqlite"
        self.log = self.folder / "log"

    def create(self, projects):
        """Writes the configuration and the portfolio."""
        for name in ("programmes", "projects"):
            (self.folder / "portfolio" / name).mkdir(parents=True)
        self.write("jalon.json", CONFIGURATION)
        self.write("portfolio/programmes/ESSAI.json", PROGRAMME)
        for identifier in projects:
            self.write(f"portfolio/projects/{identifier}.json", project(identifier))
        return self

    def copy(self, folder):
        """The same installation in another folder, which must not exist."""
        shutil.copytree(self.folder, folder)
        return Installation(folder, self.binary)

    def write(self, name, value):
        """Writes a JSON file, whole or not at all."""
        hidden = self.folder / (name + ".tmp")
        hidden.write_text(json.dumps(value, ensure_ascii=False))
        hidden.rename(self.folder / name)

    def configuration(self):
        """The configuration as it is now."""
        return json.loads((self.folder / "jalon.json").read_text())

    def depot(self, identifier):
        """Where a project's team writes."""
        return self.doors / identifier / "depot"

    def receipts(self, identifier):
        """Where a project's team reads its receipts."""
        return self.doors / identifier / "recepisses"

    def arguments(self, *words):
        """A command line."""
        return [self.binary, "--config", str(self.folder / "jalon.json"), *words]

    def command(self, *words, expected=(0,), before=()):
        """Runs a command to its end; fails when its status is not an expected one."""
        done = subprocess.run([*before, *self.arguments(*words)], capture_output=True, text=True,
                              timeout=180, stdin=subprocess.DEVNULL)
        if done.returncode not in expected:
            raise AssertionError(f"{' '.join(words)}: status {done.returncode}: {done.stderr}")
        return done

    def adopt(self):
        """Makes the portfolio count."""
        return self.command("adopt", "--by", "Campagne", "--reason", "essai")

    def start(self, before=(), mail=("--no-mail",), environment=None):
        """Starts the daemon; with no words about mail it sends its own."""
        with open(self.log, "ab") as log:
            return subprocess.Popen([*before, *self.arguments("serve", *mail)], stdout=log,
                                    stderr=log, stdin=subprocess.DEVNULL, env=environment)

    def stop(self, daemon):
        """Ends the daemon and gives its status."""
        daemon.send_signal(signal.SIGTERM)
        try:
            return daemon.wait(timeout=10)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()
            return "it did not stop in 10 seconds"

    def log_size(self):
        """How long the log is."""
        return self.log.stat().st_size if self.log.exists() else 0

    def log_since(self, size):
        """What the log says since it was that long."""
        return self.log.read_bytes()[size:] if self.log.exists() else b""

    def log_text(self):
        """All that the log says."""
        return self.log_since(0).decode(errors="replace")

    def log_tail(self, lines=6):
        """The last lines of the log."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return " / ".join(text.splitlines()[-lines:])


def wait_until(condition, seconds=20, pause=0.004):
    """Waits for a condition; gives whether it came."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(pause)
    return bool(condition())

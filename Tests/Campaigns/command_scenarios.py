"""What officers and administrators do at the shell while a campaign kills it.

Each command is killed and then given again, as whoever typed it would: it has to do it, or to say
that it is done, and what then stands is what one undisturbed run leaves.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import notebook
from scenarios import PROJECT, WHOLE, Adopt

OFFICER = ("--by", "C. Roux", "--reason", "vu en comité")
NOBODY = 65534
# A file that counts, whose bytes are then removed.
DIGEST = hashlib.sha256(WHOLE).hexdigest()


class Act(Adopt):
    """A command of one word or more; the portfolio is adopted, a file is in, the gates are judged."""

    pushed = {"whole.csv": WHOLE}
    # Beside success, what a second run may end with, and what it then has to say.
    done_already = (0, "")

    @classmethod
    def prepare(cls, template):
        """Makes what every run begins with."""
        template.adopt()
        path = template.folder / "whole.csv"
        path.write_bytes(WHOLE)
        template.command("ingest", "--project", PROJECT, str(path))
        template.command("evaluate")

    def run_undisturbed(self):
        """Gives the command again."""
        status, words = self.done_already
        done = self.installation.command(*self.words(), expected=(0, status))
        if done.returncode != 0 and words not in done.stderr:
            yield f"status {done.returncode} without '{words}': {done.stderr}"


class Decide(Act):
    """A gate is decided on."""

    name = "decide"

    def words(self):
        """The command."""
        return "decide", PROJECT, "P2", "withhold", *OFFICER


class Waive(Act):
    """A criterion is dropped."""

    name = "waive"

    def words(self):
        """The command."""
        return "waive", PROJECT, "P2", "threshold:depenses", *OFFICER


class Contest(Act):
    """A figure is set aside."""

    name = "contest"

    def words(self):
        """The command."""
        return "contest", PROJECT, "agents", "2021-Q2", *OFFICER


class Expunge(Act):
    """The bytes of a file are removed."""

    name = "expunge"
    pushed = {}

    def words(self):
        """The command."""
        return "expunge", DIGEST, *OFFICER

    def run_undisturbed(self):
        """Gives the command again, and looks whether the bytes are gone."""
        yield from super().run_undisturbed()
        if (self.installation.state / "archive" / DIGEST[:2] / DIGEST).exists():
            yield "the bytes are still there"


class Confirm(Act):
    """A second person gives a decision its effect."""

    name = "confirm"
    done_already = (64, "waits for nobody")
    needs = None if os.geteuid() == 0 else "another user has to decide first"

    @classmethod
    def prepare(cls, template):
        """Has nobody decide, by name: who confirms is another user of the system."""
        super().prepare(template)
        template.write("jalon.json", {**template.configuration(),
                                      "decisions": {"secondPerson": True}})
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            # The program may lie where nobody may go; so may the campaign's folder.
            os.chmod(folder, 0o755)
            binary = shutil.copy(template.binary, folder)
            lent = template.copy(Path(folder) / "lent")
            lent.binary = binary
            subprocess.run(["chown", "-R", str(NOBODY), str(lent.folder)], check=True)
            lent.command("decide", PROJECT, "P2", "withhold", *OFFICER, before=(
                "setpriv", f"--reuid={NOBODY}", "--clear-groups"))
            subprocess.run(["chown", "-R", "0", str(lent.folder)], check=True)
            shutil.rmtree(template.folder)
            lent.copy(template.folder)

    def words(self):
        """The command."""
        return "confirm", "1", "--by", "D. Faure", "--reason", "vu"


class Silence(Act):
    """Alerts are kept quiet."""

    name = "silence"

    def words(self):
        """The command."""
        until = notebook.civil_day(days=20)
        return "silence", "--project", PROJECT, "--until", until, *OFFICER


class Evaluate(Act):
    """The gates are judged, and what changed is recorded; who is told is the mail campaign's part."""

    name = "evaluate"

    @classmethod
    def prepare(cls, template):
        """Adopts the portfolio, and no more: every gate is new."""
        template.adopt()

    pushed = {}

    def words(self):
        """The command."""
        return ("evaluate",)

    def run_undisturbed(self):
        """Judges again, and looks whether a change was recorded twice."""
        yield from super().run_undisturbed()
        for row in notebook.rows(self.installation, """
                SELECT project, phase, recommendation, count(*) FROM recommendation
                GROUP BY 1, 2, 3 HAVING count(*) > 1"""):
            yield f"recorded more than once: {row}"


class Backup(Act):
    """The notebook is copied."""

    name = "backup"
    done_already = (64, "is there already")

    def words(self):
        """The command."""
        return "backup", str(self.installation.folder / "copy.sqlite")

    def run_undisturbed(self):
        """Whatever has the copy's name is whole; then it is made again, where it is not there."""
        if (self.installation.folder / "copy.sqlite").exists():
            yield from self.copy_faults()
        yield from super().run_undisturbed()
        yield from self.copy_faults()

    def copy_faults(self):
        """What is wrong with the copy."""
        copy = type(self.installation)(self.installation.folder, self.installation.binary)
        copy.database = self.installation.folder / "copy.sqlite"
        for fault in notebook.soundness(copy):
            yield f"the copy: {fault}"
        if notebook.facts(copy) != notebook.facts(self.installation):
            yield "the copy holds something else than the notebook"


class BackupDated(Act):
    """A dated copy is added to a folder, and the oldest goes."""

    name = "backup --keep"
    done_already = (75, "was made this second")
    older = ("jalon-2021-07-01T013000Z.sqlite", "jalon-2021-07-02T013000Z.sqlite")

    @classmethod
    def prepare(cls, template):
        """Two older copies are there."""
        super().prepare(template)
        folder = template.folder / "copies"
        folder.mkdir()
        for name in cls.older:
            template.command("backup", str(folder / name))

    def words(self):
        """The command."""
        return "backup", "--keep", "2", str(self.installation.folder / "copies")

    def run_undisturbed(self):
        """At no moment fewer copies than are kept, and each of them whole."""
        yield from self.copy_faults()
        yield from super().run_undisturbed()
        yield from self.copy_faults()

    def copy_faults(self):
        """What is wrong with the copies."""
        found = sorted((self.installation.folder / "copies").glob("jalon-*.sqlite"))
        if len(found) < 2:
            yield f"only {[path.name for path in found]} are left"
        for path in found:
            copy = type(self.installation)(self.installation.folder, self.installation.binary)
            copy.database = path
            for fault in notebook.soundness(copy):
                yield f"{path.name}: {fault}"


class New(Act):
    """Three projects are set up from a table."""

    name = "new"
    pushed = {}
    ids = ("ESSAI-7", "ESSAI-8", "ESSAI-9")

    @classmethod
    def prepare(cls, template):
        """Writes the table."""
        template.adopt()
        rows = "".join(f"{name};Projet {name};Ministère\n" for name in cls.ids)
        (template.folder / "laureats.csv").write_text("id;titre;porteur\n" + rows)

    def words(self):
        """The command."""
        table = self.installation.folder / "laureats.csv"
        return "new", "--programme", "ESSAI", "--from", str(table)

    def run_undisturbed(self):
        """What is there is whole; then all are set up."""
        folder = self.installation.folder / "portfolio/projects/ESSAI"
        found = {path.name: path.read_text() for path in folder.glob("[!.]*")}
        yield from super().run_undisturbed()
        for name, text in found.items():
            if (folder / name).read_text() != text or not text.endswith("}\n"):
                yield f"{name} was half written"
        if (names := sorted(path.stem for path in folder.glob("[!.]*"))) != [*self.ids]:
            yield f"set up: {names}"


COMMANDS = [Decide, Waive, Contest, Expunge, Confirm, Silence, Evaluate, Backup, BackupDated, New]

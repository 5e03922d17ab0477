"""What the mail campaign lets Jalon do while it kills it."""

import hashlib
import shutil
import sqlite3
from collections import Counter

import notebook
import tracer
from installation import CONFIGURATION, PROGRAMME, Installation, project, report
from receiver import Receiver

PROJECTS = ["ESSAI-1", "ESSAI-2", "ESSAI-3"]
FOLLOW_UP = ["suivi@example.gouv.fr", "direction@example.gouv.fr"]
SENDER = "jalon@example.gouv.fr"
BROKEN = report(("2021-Q1", "agents", "beaucoup"), ("2021-Q5", "agents", "3"))


def team(identifier):
    """A team's address: each project has its own."""
    return f"equipe-{identifier.lower()}@example.fr"


def draw(installation, mail=None):
    """Three projects, so late that every team and both who follow them are told."""
    installation.write("jalon.json", {
        **CONFIGURATION, "alerts": {"digest": False},
        "mail": {"from": f"Jalon <{SENDER}>", **(mail or {})}})
    installation.write("portfolio/programmes/ESSAI.json", {**PROGRAMME, "followUp": FOLLOW_UP})
    for identifier in PROJECTS:
        installation.write(f"portfolio/projects/{identifier}.json",
                           {**project(identifier), "contacts": [team(identifier)]})
    installation.adopt()


def messages(installation):
    """Every message: number, Message-ID, recipient, state, bytes."""
    return notebook.rows(installation, """
        SELECT number, message_id, recipient, state, content
        FROM message LEFT JOIN message_content ON message = number ORDER BY number""")


def told(installation):
    """Alerts, messages and what they tell, without what depends on the moment."""
    return {
        "alerts": notebook.rows(installation, """
            SELECT kind, project, subject, audience, programme, times_told, ended_on,
            closed_at IS NULL FROM alert ORDER BY kind, project, subject, audience"""),
        "messages": notebook.rows(installation, """
            SELECT kind, recipient, project, subject FROM message ORDER BY number"""),
        "tellings": notebook.rows(installation, """
            SELECT recipient, a.kind, a.project, a.subject, audience, action, reason
            FROM telling JOIN message AS m ON m.number = message
            JOIN alert AS a ON a.number = alert ORDER BY 1, 2, 3, 4, 5"""),
    }


def bytes_faults(installation):
    """Messages whose bytes are not those that were queued, as sentences."""
    for number, digest, size, content in notebook.rows(installation, """
            SELECT number, sha256, bytes, content FROM message
            LEFT JOIN message_content ON message = number"""):
        if content is None or len(content) != size or hashlib.sha256(content).digest() != digest:
            yield f"message {number} has other bytes than were queued"


class Command:
    """A command that is killed, and then run again."""

    kills_recovery = False
    sparser = 1

    def __init__(self, installation):
        self.installation = installation

    @classmethod
    def prepare(cls, template):
        """Makes what every run begins with."""
        draw(template)

    def run_traced(self, kill_at):
        """Runs the command under the tracer."""
        return tracer.run(self.installation.arguments(*self.words()), kill_at,
                          self.installation.log)

    def run_undisturbed(self):
        """Runs the command again."""
        self.installation.command(*self.words())
        return []

    def violations_before(self, expected):
        """Nothing."""
        return []


class Sending(Command):
    """The courier empties an outbox of five messages."""

    @classmethod
    def prepare(cls, template):
        """Queues the messages."""
        draw(template, cls.mail)
        template.command("evaluate")
        recipients = sorted(row[2] for row in messages(template))
        assert recipients == sorted([*map(team, PROJECTS), *FOLLOW_UP]), recipients

    def words(self):
        """The command."""
        return "courier", "--once"

    def outcome(self):
        """All messages, which are the same in every run: they were there before."""
        return [row[:4] for row in messages(self.installation)]

    def violations(self, expected):
        """What is wrong with the outbox and at the other end."""
        if self.outcome() != expected:
            yield f"the outbox holds {self.outcome()} instead of {expected}"
        for number, _, recipient, state, _ in messages(self.installation):
            if state != "sent":
                yield f"message {number} to {recipient} is {state}"
        yield from bytes_faults(self.installation)
        yield from self.delivery_faults(messages(self.installation))
        yield from notebook.soundness(self.installation)
        yield from notebook.leftovers(self.installation.state)


class SendingToMaildir(Sending):
    """The same into a folder."""

    name = "maildir"
    mail = {"transport": "maildir"}

    def delivery_faults(self, sent):
        """Each message has to be there once, as one file with its bytes."""
        folder = self.installation.state / "mail"
        found = Counter(path.read_bytes() for path in [*folder.glob("new/*"), *folder.glob("cur/*")])
        for number, _, _, _, content in sent:
            if (count := found.pop(content, 0)) != 1:
                yield f"message {number} is {count} times in the Maildir"
        for content in found:
            yield f"a file in the Maildir that is no message: {content[:60]}"
        # Where the killed run's successor had nothing left to send, the next message tidies up.
        notebook.age_leftovers(self.installation.state)
        self.installation.command("mail", "--test", FOLLOW_UP[0])
        if left := [*folder.glob("tmp/*")]:
            yield f"left in tmp: {left}"


class SendingToMaildirTwice(SendingToMaildir):
    """The same, and the recovery is killed, too."""

    name = "maildir, twice"
    kills_recovery = True
    sparser = 2


class SendingBySMTP(Sending):
    """The same to a mail server."""

    name = "smtp"
    mail = {"transport": "smtp", "smtp": {"url": "smtp://127.0.0.1:25", "startTLS": "never"}}

    def __init__(self, installation):
        super().__init__(installation)
        self.accepted = []
        self.kills = 0

    def run_traced(self, kill_at):
        """Runs the courier under the tracer, with a server that outlives it."""
        with Receiver(self.accepted) as receiver:
            self.turn_to(receiver)
            outcome = tracer.run(self.installation.arguments(*self.words()), kill_at,
                                 self.installation.log, receiver.serve)
        self.kills += outcome.was_killed
        return outcome

    def run_undisturbed(self):
        """Runs the courier again."""
        with Receiver(self.accepted) as receiver:
            receiver.serve()
            self.turn_to(receiver)
            self.installation.command(*self.words())
        return []

    def turn_to(self, receiver):
        """Makes a server the one that mail goes to."""
        configuration = self.installation.configuration()
        configuration["mail"]["smtp"] |= {"url": f"smtp://127.0.0.1:{receiver.port}",
                                          "timeoutSeconds": 10}
        self.installation.write("jalon.json", configuration)

    def delivery_faults(self, sent):
        """Each message has to have come, at most one of them again for each kill, and unchanged."""
        came = Counter(message.message_id for message in self.accepted)
        for number, identifier, recipient, _, content in sent:
            count = came.pop(identifier, 0)
            if count == 0:
                yield f"message {number} never came"
            copies = {tuple(message) for message in self.accepted
                      if message.message_id == identifier}
            if copies - {(SENDER, recipient, content)}:
                yield f"message {number} came with another envelope or other bytes"
        if came:
            yield f"messages that nobody queued: {came}"
        doubled = len(self.accepted) - len(sent)
        if doubled > self.kills:
            yield f"{doubled} duplicates after {self.kills} kills"


class SendingBySMTPTwice(SendingBySMTP):
    """The same, and the recovery is killed, too."""

    name = "smtp, twice"
    kills_recovery = True
    sparser = 2


class Evaluating(Command):
    """An evaluation queues messages."""

    name = "evaluate"

    def words(self):
        """The command."""
        return ("evaluate",)

    def outcome(self):
        """What was told."""
        return told(self.installation)

    def violations_before(self, expected):
        """What a kill has left has to be all of it or nothing, before anything is run again."""
        if not expected:
            return
        nothing = {name: [] for name in expected}
        if (found := told(copy_of_notebook(self.installation))) not in (expected, nothing):
            counts = {name: len(rows) for name, rows in found.items()}
            yield f"neither all nor nothing: {counts}"

    def violations(self, expected):
        """What is told otherwise than by an undisturbed run."""
        yield from notebook.differences(expected, self.outcome())
        yield from bytes_faults(self.installation)
        yield from notebook.soundness(self.installation)


class EvaluatingTwice(Evaluating):
    """The same, and the recovery is killed, too."""

    name = "evaluate, twice"
    kills_recovery = True
    sparser = 2


class Refusing(Command):
    """A file is refused from the shell, and its team told."""

    name = "refusal"

    @classmethod
    def prepare(cls, template):
        """Adopts the portfolio."""
        draw(template)
        (template.folder / "broken.csv").write_bytes(BROKEN)

    def words(self):
        """The command."""
        return "ingest", "--project", PROJECTS[0], str(self.installation.folder / "broken.csv")

    def run_traced(self, kill_at):
        """Runs the command under the tracer; that a file is refused is what it is to say."""
        outcome = super().run_traced(kill_at)
        if outcome.status == 1:
            outcome.status = 0
        return outcome

    def run_undisturbed(self):
        """Sends it again."""
        self.installation.command(*self.words(), expected=(1,))
        return []

    def outcome(self):
        """Nothing: how often it was refused depends on the kill."""
        return []

    def violations_before(self, expected):
        """A submission without its message, or the other way about."""
        yield from refusal_faults(copy_of_notebook(self.installation), least=0)

    def violations(self, expected):
        """The same, and whether it was refused at all."""
        yield from refusal_faults(self.installation, least=1)
        yield from bytes_faults(self.installation)
        yield from notebook.soundness(self.installation)


class Retrying(Sending):
    """A message that a server had refused is put back."""

    name = "mail --retry"
    mail = {"transport": "maildir"}

    @classmethod
    def prepare(cls, template):
        """Has every message refused, as a server would."""
        super().prepare(template)
        with sqlite3.connect(template.database) as connection:
            connection.execute("""UPDATE message SET state = 'refused', finished_at = next_at,
                               code = 550, reply = '550 no such user'""")
        connection.close()

    def words(self):
        """The command."""
        return "mail", "--retry", "all"

    def violations(self, expected):
        """What is not waiting once, with the bytes it had."""
        if self.outcome() != expected:
            yield f"the outbox holds {self.outcome()} instead of {expected}"
        yield from bytes_faults(self.installation)
        yield from notebook.soundness(self.installation)


def refusal_faults(installation, least):
    """Whether every refusal has its alert, and the team its one message of the first of them.

    What is refused again within five minutes waits for the next message.
    """
    (submissions,), = notebook.rows(installation, "SELECT count(*) FROM submission")
    if not least <= submissions <= least + 1:
        yield f"{submissions} submissions"
    subjects = [f"J{number:08}" for number in range(1, submissions + 1)]
    wanted = {
        "alerts": [("file-rejected", PROJECTS[0], subject, "team", "ESSAI", subject == subjects[0],
                    None, 1) for subject in subjects],
        "tellings": [(team(PROJECTS[0]), "file-rejected", PROJECTS[0], subject, "team", "fire",
                      "began") for subject in subjects[:1]],
    }
    found = told(installation)
    yield from notebook.differences(wanted, found)
    if [row[1] for row in found["messages"]] != [team(PROJECTS[0]) for _ in subjects[:1]]:
        yield f"messages: {found['messages']} after {submissions} submissions"


def copy_of_notebook(installation):
    """The notebook as a kill has left it, in a place of its own: reading it would mend it."""
    copy = Installation(installation.folder / "left", installation.binary)
    shutil.rmtree(copy.folder, ignore_errors=True)
    copy.state.mkdir(parents=True)
    for path in installation.state.glob("jalon.sqlite*"):
        shutil.copy(path, copy.state)
    # The first who opens it for writing takes back what was not committed.
    with sqlite3.connect(copy.database) as connection:
        connection.execute("BEGIN IMMEDIATE")
    connection.close()
    return copy


SCENARIOS = [SendingToMaildir, SendingToMaildirTwice, SendingBySMTP, SendingBySMTPTwice,
             Evaluating, EvaluatingTwice, Refusing, Retrying]

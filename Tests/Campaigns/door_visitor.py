"""Somebody who comes to a door, with the clients that people have."""

import json
import shlex
import subprocess
import time

from sftp_client import Client

SITE = "https://depot.example.gouv.fr"


class Visitor:
    """An account and what it may know: a key, a password."""

    def __init__(self, stage, project, account=None, password=None):
        self.stage = stage
        self.project = project
        self.account = account or project
        self.password = password
        self.key = stage.folder / f"key-{self.account}"
        self.desk = stage.folder / f"desk-{self.account}"
        self.desk.mkdir(exist_ok=True)

    def write(self, name, data):
        """A file of their own machine."""
        file = self.desk / name
        file.write_bytes(data)
        return file

    # MARK: SFTP

    @property
    def options(self):
        """How every client of OpenSSH is called."""
        known = self.stage.folder / "known_hosts"
        return ["-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=accept-new",
                "-o", f"UserKnownHostsFile={known}", "-o", "LogLevel=ERROR",
                "-o", "IdentitiesOnly=yes", "-i", str(self.key)]

    @property
    def address(self):
        """Account and machine."""
        return f"{self.account}@127.0.0.1"

    @property
    def shared(self):
        """One connection for many commands: each takes a third of a second to begin."""
        path = self.stage.folder / f"mux-{self.account}-{self.key.name}"
        return ["-o", "ControlMaster=auto", "-o", "ControlPersist=20", "-o", f"ControlPath={path}"]

    def sftp(self, *lines):
        """Commands of `sftp`, ended at the first that fails."""
        return self._run(["sftp", *self.options, *self.shared, "-b", "-", self.address],
                         "\n".join(lines) + "\n")

    def sftp_by_password(self, line, password):
        """A command of `sftp` by somebody without a key; gives the status."""
        asker = self.desk / "ask"
        asker.write_text(f"#!/bin/sh\necho '{password}'\n")
        asker.chmod(0o700)
        options = [*self.options, "-o", "BatchMode=no", "-o", "PubkeyAuthentication=no",
                   "-o", "NumberOfPasswordPrompts=1"]
        # The first value of an option counts.
        options = options[-6:] + options[:-6]
        return subprocess.run(["sftp", *options, self.address], input=line + "\n", text=True,
                              capture_output=True, timeout=60, env={
                                  "PATH": "/usr/bin:/bin", "SSH_ASKPASS": str(asker),
                                  "SSH_ASKPASS_REQUIRE": "force"}).returncode

    def scp(self, file, place, *options):
        """`scp` as it is since OpenSSH 9."""
        return self._run(["scp", *options, *self.options, str(file), f"{self.address}:{place}"])

    def lftp(self, line):
        """A command of `lftp`, which runs `ssh` by itself."""
        program = shlex.join(["ssh", "-a", "-x", *self.options])
        return self._run(["lftp", "-c", f'set sftp:connect-program "{program}"; '
                          f"open -u {self.account},none sftp://127.0.0.1; {line}"])

    def ssh(self, *words):
        """A command, or whatever the options make of it."""
        return self._run(["ssh", *self.options, *words])

    def winscp(self):
        """A session of packets."""
        return Client(["ssh", *self.options, self.address])

    def start_sftp(self, *options):
        """A client that is going to be killed; it reads its commands from its input."""
        return subprocess.Popen(["sftp", *self.options, *options, "-b", "-", self.address],
                                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, cwd=self.desk)

    def receipt_by_sftp(self, name):
        """A receipt's status, or `None`."""
        copy = self.desk / "receipt.json"
        copy.unlink(missing_ok=True)
        self.sftp(f"get /recepisses/{name}.receipt.json {copy}")
        return json.loads(copy.read_bytes())["status"] if copy.exists() else None

    # MARK: HTTPS

    def curl(self, path, *words, password=None, user=None):
        """An answer's status and text."""
        who = f"{self.project if user is None else user}:{password or self.password}"
        return anonymous_curl(path, "-u", who, *words, cwd=self.desk)

    def put(self, name, data, **named):
        """`curl -T`; gives the status."""
        return self.curl(f"/depot/{name}", "-T", str(self.write("put", data)), **named)[0]

    def receipt_by_https(self, name):
        """A receipt's status, or `None`."""
        status, text = self.curl(f"/recepisses/{name}.receipt.json")
        return json.loads(text)["status"] if status == 200 else None

    def _run(self, command, text=""):
        return subprocess.run(command, input=text, capture_output=True, text=True, timeout=60,
                              cwd=self.desk)


def sidecar(name, data):
    """As `sha256sum` prints it."""
    done = subprocess.run(["sha256sum"], input=data, capture_output=True, check=True)
    return done.stdout.replace(b"-", name.encode())


def curl_command(path, *words):
    """A command line; the certificate is checked, the address resolved here."""
    return ["curl", "-sS", "--path-as-is", "--cacert", "/etc/ssl/certs/jalon.pem",
            "--resolve", "depot.example.gouv.fr:443:127.0.0.1", *words, SITE + path]


def anonymous_curl(path, *words, cwd=None):
    """An answer's status and text, for who says no name; waits where there were too many."""
    for _ in range(60):
        answer = curl_once(path, *words, cwd=cwd)
        if answer[0] != 429:
            break
        time.sleep(0.5)
    return answer


def curl_once(path, *words, cwd=None):
    """An answer's status and text."""
    done = subprocess.run(curl_command(path, "-w", "\n%{http_code}", *words), capture_output=True,
                          text=True, timeout=60, stdin=subprocess.DEVNULL, cwd=cwd)
    text, _, code = done.stdout.rpartition("\n")
    return (int(code) if code.isdigit() else 0), text

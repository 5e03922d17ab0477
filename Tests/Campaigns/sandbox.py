#!/usr/bin/env python3
"""Runs the real program under what its units forbid, and looks that none of it is missed.

The system calls, address families and other limits are read from the unit files, and made with
seccomp and bubblewrap: the file system read-only but for what the unit may write, no other
processes, no network where the unit has none. Under strace daemon, evaluation, backup and courier
then do their work: not one call may be refused, but for what a library asks and does without.
Then calls are taken away, and forbidden things tried, to see that the sandbox holds.

`service.py` does the same under systemd itself, where a machine can be booted.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

from installation import (CONFIGURATION, REPOSITORY, Installation, find_binary, report,
                          scratch_folder, wait_until)
from unitfile import Unit

HERE = Path(__file__).resolve().parent
SERVER = HERE.parent / "MailServers/smtp-server.py"
PROJECTS = ["ESSAI-1", "ESSAI-2"]
GOOD = report(("2021-Q1", "agents", "120"), ("2021-Q2", "agents", "350"))
BROKEN = report(("2021-Q1", "agents", "beaucoup"))
REFUSALS = re.compile(
    r"(\w+)(?:\(| resumed>)(.*)\) += -1 (EPERM|EACCES|ENOSYS|EAFNOSUPPORT|EROFS) ")
# What a library asks for, and does without, by call, error and what is in its arguments.
DONE_WITHOUT = [
    ("clone3", "ENOSYS", ""),  # the C library then makes its threads with `clone`
    ("socket", "EAFNOSUPPORT", "AF_NETLINK"),  # getaddrinfo asks which addresses this machine has
    ("socket", "EAFNOSUPPORT", "AF_UNIX"),  # and whether there is a cache of names
]
# What a probe must find in the daemon's sandbox, and in the courier's.
DAEMON = {
    "write /etc": "EROFS", "write /var/lib": "EROFS", "local socket": "ok",
    "internet socket": "EAFNOSUPPORT", "packet socket": "EAFNOSUPPORT", "writable code": "EPERM",
    "code made": "EPERM", "user namespace": "SIGSYS", "trace": "SIGSYS", "mount": "SIGSYS",
    "keys": "SIGSYS", "io_uring": "SIGSYS", "page faults": "SIGSYS", "kernel program": "SIGSYS",
    "change owner": "SIGSYS", "no capability": "ok", "no new privileges": "ok",
}
COURIER = {**DAEMON, "local socket": "EAFNOSUPPORT", "internet socket": "ok", "listen": "SIGSYS"}


class Manager:
    """The service manager's end of `sd_notify`: says what it hears, and from which process."""

    def __init__(self, path):
        self.path = str(path)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.socket.settimeout(30)
        self.process = None

    def hears(self, start):
        """Waits for a message that starts so."""
        while True:
            message, data, _, _ = self.socket.recvmsg(4096, socket.CMSG_SPACE(12))
            self.process = struct.unpack("iII", data[0][2])[0]
            if message.decode().startswith(start):
                return


class Sandbox:
    """A unit's sandbox around an installation."""

    def __init__(self, unit, installation, **environment):
        self.unit = Unit(unit)
        self.installation = installation
        self.environment = environment
        self.trace = installation.folder / f"{unit}.trace"

    def begins(self):
        """The words that bring about the file system, the processes and the network."""
        folder = self.installation.folder
        # These again, for they may lie where other mounts hide them.
        # Not as root, for whom SQLite would also see to the owner of its files.
        words = ["bwrap", "--die-with-parent", "--unshare-user", "--uid", "990", "--gid", "990",
                 "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--cap-drop", "ALL",
                 "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"]
        for path in (REPOSITORY, self.installation.binary, folder):
            words += ["--ro-bind", str(path), str(path)]
        # StateDirectory=, and what ReadWritePaths= says that stands for it here.
        for path in ["/var/lib/jalon", *self.unit.paths("ReadWritePaths")]:
            words += ["--bind", *[str(folder / self.place(path))] * 2]
        for path in self.unit.paths("InaccessiblePaths"):
            words += ["--tmpfs", str(folder / self.place(path)),
                      "--chmod", "0000", str(folder / self.place(path))]
        if self.unit.says("PrivateNetwork"):
            words.append("--unshare-net")
        return words

    def place(self, path):
        """Where in the installation a path of the units is."""
        return {"/var/lib/jalon": "state", "/srv/jalon": "doors", "/var/backups/jalon": "backups",
                "/var/lib/jalon/archive": "state/archive"}[path]

    def start(self, *program, taken=(), before=()):
        """Starts a program in it, or the unit's own."""
        program = program or self.installation.arguments(*self.unit.program())
        program = [word.replace("/var/backups/jalon", str(self.installation.folder / "backups"))
                   for word in program]
        umask = int(self.unit.words("UMask")[0], 8)
        return subprocess.Popen(
            [*before, *self.begins(), "/usr/bin/python3", str(HERE / "confine.py"), self.unit.name,
             *(f"-{call}" for call in taken), *program],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **self.environment}, umask=umask,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def traced(self, *program):
        """The same, followed by strace."""
        return self.start(*program, before=["strace", "-f", "-q", "-o", str(self.trace)])

    def calls(self):
        """What strace has seen so far."""
        return self.trace.read_text(errors="replace") if self.trace.exists() else ""

    def refusals(self):
        """Calls that were refused since the program began, apart from what is done without."""
        lines = self.calls().splitlines()
        first = next((index for index, line in enumerate(lines)
                      if f'execve("{self.installation.binary}"' in line), len(lines))
        found = [] if first < len(lines) else ["the program never began"]
        for line in lines[first:]:
            refused = REFUSALS.search(line)
            if refused and not any(
                    refused[1] == call and refused[3] == error and part in refused[2]
                    for call, error, part in DONE_WITHOUT):
                found.append(line)
            elif "killed by SIGSYS" in line:
                found.append(line)
        return found


def end(process, seconds=60):
    """Waits for a process; gives its status and what it said."""
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
        return "it did not end", said
    return process.returncode, said


def judged(sandbox, process, wanted=0):
    """What is wrong with a run that has to end by itself."""
    status, said = end(process)
    if status != wanted:
        yield f"{sandbox.unit.name}: status {status}: {said}"
    yield from (f"{sandbox.unit.name}: {line}" for line in sandbox.refusals())


def serve(installation):
    """The daemon takes files, answers, reads its configuration again, and stops when told."""
    manager = Manager(installation.folder / "notify")
    sandbox = Sandbox("jalon.service", installation, NOTIFY_SOCKET=manager.path,
                      WATCHDOG_USEC="400000")
    daemon = sandbox.traced()
    try:
        manager.hears("READY=1")
        manager.hears("WATCHDOG=1")
        for name, content, wanted in (("ESSAI-1", GOOD, "accepted"),
                                      ("ESSAI-2", BROKEN, "rejected")):
            hidden = installation.depot(name) / ".T1.csv"
            hidden.write_bytes(content)
            hidden.rename(installation.depot(name) / "T1.csv")
            receipt = installation.receipts(name) / "T1.csv.receipt.json"
            if not wait_until(receipt.exists):
                yield f"no receipt for {name}"
            elif (status := json.loads(receipt.read_text())["status"]) != wanted:
                yield f"{name} is {status} instead of {wanted}"
            if not wait_until(lambda: not list(installation.depot(name).iterdir())):
                yield f"the depot of {name} is not empty"
        os.kill(manager.process, signal.SIGHUP)
        manager.hears("RELOADING=1")
        manager.hears("READY=1")
        os.kill(manager.process, signal.SIGTERM)
        manager.hears("STOPPING=1")
    except (TimeoutError, ProcessLookupError) as error:
        yield f"jalon.service: {error}"
        daemon.kill()
    yield from judged(sandbox, daemon)


def evaluate(installation):
    """The evaluation records what it finds, without a look into doors or archive."""
    sandbox = Sandbox("jalon-evaluate.service", installation)
    yield from judged(sandbox, sandbox.traced())
    if not json.loads(installation.command("flags", "--json").stdout):
        yield "no flags after an evaluation"


def backup(installation):
    """A backup is written beside the others."""
    sandbox = Sandbox("jalon-backup.service", installation)
    yield from judged(sandbox, sandbox.traced())
    if len(copies := list((installation.folder / "backups").iterdir())) != 1:
        yield f"copies: {copies}"


@contextlib.contextmanager
def mail_server(installation):
    """A server that wants TLS and a password; gives its folder and its port."""
    folder = installation.folder / "relay"
    folder.mkdir()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                    "-keyout", str(folder / "key"), "-out", str(folder / "certificate")], check=True, capture_output=True)
    server = subprocess.Popen(
        ["/usr/bin/python3", str(SERVER), "--folder", str(folder), "--starttls", "--certificate",
         str(folder / "certificate"), "--key", str(folder / "key"), "--require-auth",
         "jalon:mot de passe"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield folder, int(server.stdout.readline())
    finally:
        server.kill()
        server.communicate()


def courier(installation):
    """The courier sends by name, with TLS and systemd's credential; the doors are hidden from it."""
    with mail_server(installation) as (folder, port):
        installation.write("jalon.json", {**CONFIGURATION, "mail": {
            "transport": "smtp", "from": "Jalon <jalon@example.gouv.fr>", "smtp": {
                "url": f"smtp://localhost:{port}", "user": "jalon", "timeoutSeconds": 10,
                "caFile": str(folder / "certificate")}}})
        (folder / "smtp-password").write_text("mot de passe\n")
        waiting = len(json.loads(installation.command("mail", "--json").stdout)["waiting"])
        sandbox = Sandbox("jalon-courier.service", installation, CREDENTIALS_DIRECTORY=str(folder))
        yield from judged(sandbox, sandbox.traced(*installation.arguments("courier", "--once")))
        came = len(list(folder.glob("*.eml")))
        if came != waiting or not came:
            yield f"{came} messages came, {waiting} were waiting"
        # Not only when told to do it once.
        forever = sandbox.traced()
        if not wait_until(lambda: "sigtimedwait" in sandbox.calls()):
            yield "the courier does not wait for signals"
        began = re.search(rf'(?m)^(\d+) +execve\("{re.escape(installation.binary)}"',
                          sandbox.calls())
        if began:
            os.kill(int(began[1]), signal.SIGTERM)
        yield from judged(sandbox, forever)


def holds(installation):
    """What is forbidden fails, and a call that is missing ends the program."""
    for unit, wanted in (("jalon.service", DAEMON), ("jalon-courier.service", COURIER)):
        status, said = end(Sandbox(unit, installation).start(
            "/usr/bin/python3", str(HERE / "probe.py"), "25"))
        found = dict(re.findall(r"(?m)^([^:\n]+): (\S+)$", said))
        for name, outcome in wanted.items():
            if found.get(name) != outcome:
                yield f"{unit}: {name}: {found.get(name)} instead of {outcome}"
    status, _ = end(Sandbox("jalon.service", installation).start(taken=["inotify_add_watch"]))
    if status != 128 + signal.SIGSYS:
        yield f"the daemon without one of its calls: status {status}"


SCENES = [serve, evaluate, backup, courier, holds]


def obstacle():
    """Why no sandbox can be made here, if none can."""
    tried = subprocess.run(["bwrap", "--unshare-user", "--uid", "990", "--unshare-pid",
                            "--unshare-net", "--ro-bind", "/", "/", "--proc", "/proc", "true"],
                           capture_output=True, text=True)
    return tried.stderr.strip() if tried.returncode else None


def main():
    """Reads the command line and plays the scenes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    binary = find_binary(parser.parse_args().binary)
    if reason := obstacle():
        print(f"units in a sandbox: skipped, none can be made here ({reason})")
        return 0
    folder, count = scratch_folder(), 0
    try:
        installation = Installation(folder / "jalon", binary)
        installation.folder.mkdir()
        installation.create(PROJECTS)
        installation.adopt()
        for path in ["backups", "state/archive",
                     *(f"doors/{name}/{part}" for name in PROJECTS
                       for part in ("depot", "recepisses"))]:
            (installation.folder / path).mkdir(parents=True, exist_ok=True)
        for scene in SCENES:
            faults = list(scene(installation))
            count += len(faults)
            print(f"{scene.__name__:<10}{scene.__doc__:<100}{len(faults):>3} faults", flush=True)
            for fault in faults[:12]:
                print("  " + fault[:600].replace("\n", " | "), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

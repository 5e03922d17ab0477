"""Postfix's `smtp-sink`, which fails in every way that SMTP knows, and keeps what comes whole."""

import os
import shutil
import socket
import subprocess
from email.parser import BytesHeaderParser
from pathlib import Path

from installation import wait_until

PROGRAM = "/usr/sbin/smtp-sink"


class Sink:
    """Listens on a free port of 127.0.0.1 for as long as it is the subject of a `with`."""

    def __init__(self, folder, *options):
        self.folder = Path(folder)
        self.options = options

    def __enter__(self):
        self.folder.mkdir()
        self.folder.chmod(0o777)
        for _ in range(10):
            self.port = free_port()
            # It will not run as root.
            user = ["-u", "nobody"] if os.geteuid() == 0 else []
            self.process = subprocess.Popen(
                [PROGRAM, *user, "-d", f"{self.folder}/message.", *self.options,
                 f"127.0.0.1:{self.port}", "64"], stderr=subprocess.DEVNULL)
            if wait_until(lambda: self.process.poll() is not None or is_listening(self.port)) \
                    and self.process.poll() is None:
                return self
        raise AssertionError("smtp-sink does not start")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder)

    def whole(self, contents):
        """How often each of these messages came whole, whatever the server then answered.

        `contents` are the messages by Message-ID, as they are to come; gives counts by Message-ID,
        and of what came whole otherwise than it should.
        """
        counts, altered = dict.fromkeys(contents, 0), 0
        for path in self.folder.iterdir():
            dump = path.read_bytes()
            identifier = BytesHeaderParser().parsebytes(dump)["Message-ID"]
            # The dump has headers of its own in front, LF for CR LF, and a blank line behind.
            wanted = contents.get(identifier)
            if wanted and dump.endswith(b"\n" + wanted.replace(b"\r\n", b"\n") + b"\n"):
                counts[identifier] += 1
            elif identifier and dump.endswith(b"\n\n"):
                altered += 1
        return counts, altered


def free_port():
    """A port that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def is_listening(port):
    """Whether somebody listens there, by the kernel's table: asking would be a session."""
    wanted = f"0100007F:{port:04X}"
    fields = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    return any(field[1] == wanted and field[3] == "0A" for field in fields)

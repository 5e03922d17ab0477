"""A small SFTP client (version 3) over OpenSSH's `ssh -s`: what WinSCP sends, and what nobody should."""

import struct
import subprocess

OPEN, CLOSE, WRITE, SETSTAT, FSETSTAT = 3, 4, 6, 9, 10
REMOVE, MKDIR, RMDIR, RENAME, READLINK, SYMLINK, EXTENDED = 13, 14, 15, 18, 19, 20, 200
STATUS, HANDLE = 101, 102
WRITING = 0x02 | 0x08 | 0x10  # WRITE, CREAT, TRUNC
UPDATING = 0x01 | 0x02  # READ, WRITE
OK, NO_SUCH_FILE, PERMISSION_DENIED = 0, 2, 3


def text(value):
    """A string as the protocol has it."""
    data = value if isinstance(value, bytes) else value.encode()
    return struct.pack(">I", len(data)) + data


def permissions(mode):
    """Attributes that set permissions."""
    return struct.pack(">II", 4, mode)


def times(seconds):
    """Attributes that set the times."""
    return struct.pack(">III", 8, seconds, seconds)


def size(count):
    """Attributes that cut a file, or lengthen it."""
    return struct.pack(">IQ", 1, count)


def owner(user, group):
    """Attributes that set owner and group."""
    return struct.pack(">III", 2, user, group)


class Refused(Exception):
    """A status other than success."""

    def __init__(self, code):
        super().__init__(f"status {code}")
        self.code = code


class Client:
    """One session."""

    def __init__(self, ssh):
        self.process = subprocess.Popen([*ssh, "-s", "sftp"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.number = 0
        self._send(struct.pack(">BI", 1, 3))
        self.extensions = self._receive()[5:]

    def _send(self, body):
        self.process.stdin.write(struct.pack(">I", len(body)) + body)
        self.process.stdin.flush()

    def _receive(self):
        length = struct.unpack(">I", self._read(4))[0]
        return self._read(length)

    def _read(self, count):
        data = self.process.stdout.read(count)
        if len(data) < count:
            raise ConnectionError(self.process.stderr.read().decode(errors="replace"))
        return data

    def ask(self, kind, *parts):
        """Sends a request and gives its answer; raises where it is refused."""
        self.number += 1
        self._send(struct.pack(">BI", kind, self.number) + b"".join(parts))
        answer = self._receive()
        if answer[0] == STATUS:
            code = struct.unpack(">I", answer[5:9])[0]
            if code != OK:
                raise Refused(code)
        return answer

    def code(self, kind, *parts):
        """A request's status."""
        try:
            self.ask(kind, *parts)
            return OK
        except Refused as refused:
            return refused.code

    def extended(self, name, *parts):
        """An extended request."""
        return self.ask(EXTENDED, text(name), *parts)

    def open(self, name, attributes=struct.pack(">I", 0), flags=WRITING):
        """Opens a file and gives its handle."""
        answer = self.ask(OPEN, text(name), struct.pack(">I", flags), attributes)
        return answer[5:]

    def write(self, handle, data, offset=0):
        """Writes all the data."""
        for start in range(0, len(data), 30_000):
            piece = data[start:start + 30_000]
            self.ask(WRITE, handle, struct.pack(">Q", offset + start), text(piece))

    def close_file(self, handle):
        """Closes a file."""
        self.ask(CLOSE, handle)

    def put_as_winscp(self, name, data, resumable_from=100 * 1024, rename="RENAME"):
        """What WinSCP does with a file, as it is set up after installation: in place below 100 KiB,
        else as NAME.filepart, renamed; then the time, by the name. Gives that last answer."""
        is_large = len(data) > resumable_from
        first = name + ".filepart" if is_large else name
        handle = self.open(first, size(len(data)))
        self.write(handle, data)
        self.close_file(handle)
        if is_large and rename == "RENAME":
            self.ask(RENAME, text(first), text(name))
        elif is_large:
            self.extended("posix-rename@openssh.com", text(first), text(name))
        return self.code(SETSTAT, text(name), times(1_600_000_000))

    def kill(self):
        """Ends as a client does whose machine is switched off."""
        self.process.kill()
        self.process.wait()
        self._close_pipes()

    def close(self):
        """Ends in good order."""
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self._close_pipes()

    def _close_pipes(self):
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass

"""A mail server of the campaigns' own, that notes each message before it says that it has it."""

import re
import socket
import threading
from email.parser import BytesHeaderParser
from typing import NamedTuple


class Accepted(NamedTuple):
    """A message as it came."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message_id(self):
        """Its Message-ID, with angle brackets."""
        return BytesHeaderParser().parsebytes(self.content)["Message-ID"]


class Receiver:
    """Listens on a free port of 127.0.0.1 for as long as it is the subject of a `with`."""

    def __init__(self, accepted):
        self.accepted = accepted
        self.sessions = []

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.acceptor = None
        return self

    def serve(self, *_):
        """Begins to answer; what connected before waits in the kernel meanwhile."""
        self.acceptor = threading.Thread(target=self._accept, daemon=True)
        self.acceptor.start()

    def __exit__(self, *_):
        """Ends when everything that was sent is read: also what a killed client has left behind."""
        self.listener.shutdown(socket.SHUT_RDWR)
        if self.acceptor:
            self.acceptor.join()
        self.listener.close()
        for session in self.sessions:
            session.join(timeout=20)

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.sessions.append(threading.Thread(target=self._converse, args=[connection],
                                                  daemon=True))
            self.sessions[-1].start()

    def _converse(self, connection):
        with connection, connection.makefile("rb") as lines:
            try:
                self._answer(connection, lines)
            except OSError:
                pass  # the client was killed

    def _answer(self, connection, lines):
        connection.sendall(b"220 receiver ESMTP\r\n")
        sender = recipient = None
        for line in lines:
            command = line[:4].upper()
            answer = b"250 Ok"
            if command == b"MAIL":
                sender = address(line)
            elif command == b"RCPT":
                recipient = address(line)
            elif command == b"DATA":
                connection.sendall(b"354 go on\r\n")
                content = read_content(lines)
                if content is None:
                    return
                self.accepted.append(Accepted(sender, recipient, content))
            elif command == b"QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            connection.sendall(answer + b"\r\n")


def address(line):
    """The address of a MAIL or RCPT."""
    return re.search(rb"<(.*?)>", line)[1].decode()


def read_content(lines):
    """A message, up to the line with a dot; None where the client went away before."""
    content = []
    for line in lines:
        if line == b".\r\n":
            return b"".join(content)
        content.append(line[1:] if line.startswith(b".") else line)
    return None

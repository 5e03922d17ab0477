#!/usr/bin/python3
"""A real SMTP server for the tests (python3-aiosmtpd): keeps what it accepts in a folder.

It listens on a free port, of 127.0.0.1 unless told otherwise, and prints the port's number. Each accepted message becomes
NNNN.eml, its bytes as they came, beside NNNN.envelope, the sender and the recipients one a line.
Each connection becomes a line in the file `connections`.
"""

import argparse
import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Keeper:
    """Keeps messages; lets a connection bring so many before it ends it with 421."""

    def __init__(self, options):
        self.folder = options.folder
        self.most = options.messages_per_connection
        self.options = options
        self.count = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        session.messages = getattr(session, "messages", 0) + 1
        if self.most and session.messages > self.most:
            await server.push("421 4.7.0 Too many messages on this connection")
            server.transport.close()
            return "421 4.7.0 closed"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.options.refuse:
            return "550 5.1.1 No such user"
        if address == self.options.defer:
            return "451 4.2.0 Mailbox busy, try again later"
        if address == self.options.drop:
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:04}"
        lines = [envelope.mail_from, *envelope.rcpt_tos, ""]
        self.keep(f"{name}.envelope", "\n".join(lines).encode())
        self.keep(f"{name}.eml", envelope.original_content)
        return f"250 2.0.0 Ok: queued as {name}"

    def keep(self, name, data):
        """Appears whole or not at all: a test may be looking."""
        path = os.path.join(self.folder, name)
        with open(path + ".part", "wb") as file:
            file.write(data)
        os.rename(path + ".part", path)


def authenticator(expected, says_back):
    def authenticate(server, session, envelope, mechanism, data):
        given = (data.login + b":" + data.password).decode()
        if given == expected:
            return AuthResult(success=True)
        words = f": {given}" if says_back else ""
        return AuthResult(success=False, handled=False,
                          message=f"535 5.7.8 Authentication credentials invalid{words}")
    return authenticate


async def serve(options):
    tls = None
    if options.starttls or options.tls:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.certificate, options.key)
    keeper = Keeper(options)
    settings = {"hostname": "test.invalid", "auth_require_tls": False, "ident": "test"}
    if options.starttls:
        settings |= {"tls_context": tls, "require_starttls": True}
    if options.require_auth:
        settings |= {"auth_required": True, "authenticator": authenticator(
            options.require_auth, options.say_password_back)}

    def connected():
        with open(os.path.join(options.folder, "connections"), "a") as file:
            file.write("connection\n")
        return SMTP(keeper, loop=loop, **settings)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        connected, options.address, 0, ssl=tls if options.tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--starttls", action="store_true", help="offered, and required")
    parser.add_argument("--tls", action="store_true", help="TLS from the start")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--require-auth", metavar="USER:PASSWORD")
    parser.add_argument("--say-password-back", action="store_true",
                        help="an indiscreet answer to a wrong password")
    parser.add_argument("--messages-per-connection", type=int, default=0)
    parser.add_argument("--refuse", metavar="ADDRESS", help="nobody is there")
    parser.add_argument("--defer", metavar="ADDRESS", help="always later")
    parser.add_argument("--drop", metavar="ADDRESS", help="ends the connection")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(0)

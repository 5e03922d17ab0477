"""What attacks leave in the mail: every message has to be whole, and to run nothing."""

import email
import email.policy
import re

from attack_world import UNSAFE

READERS = {"equipe@example.fr", "suivi@example.gouv.fr"}
HEADERS = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type",
           "auto-submitted", "x-auto-response-suppress", "list-id", "reply-to",
           "content-transfer-encoding", "references", "in-reply-to", "content-language",
           "precedence"}
LONGEST = 3_000_000


def faults(world):
    """Sends what waits into the Maildir, and reads it; what is wrong, as sentences."""
    installation = world.installation
    installation.command("evaluate")
    installation.command("courier", "--once")
    messages = [path for path in (installation.state / "mail").rglob("*") if path.is_file()]
    if not messages:
        yield "the attacks have told nobody anything"
    for path in messages:
        raw = path.read_bytes()
        if len(raw) > LONGEST:
            yield f"a message of {len(raw):,} bytes"
        message = email.message_from_bytes(raw, policy=email.policy.default)
        yield from wrong_headers(message)
        for part in message.walk():
            if part.get_content_maintype() == "text":
                yield from wrong_text(part.get_content_subtype(), part.get_content())


def wrong_headers(message):
    """Headers that nobody meant, as sentences."""
    for name in message.keys():
        if name.lower() not in HEADERS:
            yield f"a message has the header {name}: {message[name]}"
    readers = {address.addr_spec for address in message["to"].addresses}
    if not readers <= READERS or len(message.get_all("to")) != 1:
        yield f"a message goes to {readers}"
    if UNSAFE.search(str(message["subject"])):
        yield f"the subject {str(message['subject'])!r}"


def wrong_text(kind, text):
    """What a text part should not have, as sentences."""
    found = UNSAFE.search(text.replace("\r\n", "\n").replace("\t", " "))
    if found:
        yield f"a message's {kind} has {found[0]!r}"
    if kind == "html":
        for word in re.findall(r"<(?:script|img|iframe|object|form|svg)|\son\w+=|javascript:",
                               re.sub(r"&lt;.*?&gt;", "", text), re.I):
            yield f"a message's HTML has {word!r}"

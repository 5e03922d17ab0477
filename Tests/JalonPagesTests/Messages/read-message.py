#!/usr/bin/env python3
"""Reads messages as a mail reader does, with Python's own parser, and tells what it found as JSON.

Each argument is a file with one message. Defects of the bytes themselves are told too: a bare CR or
LF, a byte beyond seven bits, a line longer than 998.
"""

import email
import email.policy
import html.parser
import json
import sys


def shape(part):
    """A part's type, those below it inside."""
    if part.is_multipart():
        return [part.get_content_type(), [shape(below) for below in part.iter_parts()]]
    return part.get_content_type()


class Page(html.parser.HTMLParser):
    """What a page is made of."""

    def __init__(self, text):
        super().__init__()
        self.found = {"tags": set(), "attributes": set(), "links": set(), "comments": set()}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found["tags"].add(tag)
        self.found["attributes"] |= {name for name, _ in attributes}
        self.found["links"] |= {value or "" for name, value in attributes if name in ("href", "src")}

    def handle_comment(self, data):
        self.found["comments"].add(data)

    def handle_decl(self, declaration):
        self.found["tags"].add("!" + declaration)


def page(parts):
    """What the page among the parts is made of."""
    text = next((part["text"] for part in parts if part["type"] == "text/html"), "")
    return {key: sorted(found) for key, found in Page(text).found.items()}


def read(path):
    raw = open(path, "rb").read()
    lines = raw.split(b"\r\n")
    faults = []
    if any(b"\r" in line or b"\n" in line for line in lines):
        faults.append("bare CR or LF")
    if any(byte > 126 or (byte < 32 and byte not in (9, 10, 13)) for byte in raw):
        faults.append("not seven bits, or a control character")
    if max(map(len, lines)) > 998:
        faults.append("a line longer than 998")
    head = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    if any(b"=?" in line and len(line) > 76 for line in head):
        faults.append("a line with an encoded word longer than 76")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        faults += [type(defect).__name__ for defect in part.defects]
    parts = [
        {
            "type": part.get_content_type(),
            "name": part.get_filename() or "",
            "text": part.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n"),
        }
        for part in message.walk()
        if not part.is_multipart()
    ]
    return {
        "faults": faults,
        "headers": [[name, str(value)] for name, value in message.items()],
        "recipients": [address.addr_spec for address in message["To"].addresses],
        "sender": [[a.display_name, a.addr_spec] for a in message["From"].addresses],
        "date": message["Date"].datetime.isoformat(),
        "shape": json.dumps(shape(message)),
        "parts": parts,
        "page": page(parts),
    }


json.dump([read(path) for path in sys.argv[1:]], sys.stdout)

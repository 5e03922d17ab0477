"""Attacks by names: hostile bytes, twins, names of receipts, and sidecars."""

import hashlib
import os
import time
import unicodedata

from attack_field import Fault

HOSTILE = [
    b"\xff\xfe\xe9.csv", b"\x1b[2J\x1b]0;pwned\x07.csv", b"a\nSubject: x\r\nBcc: eve@example.net",
    b"a\r\n\r\n.\r\nQUIT\r\n.csv", "\u202egnp.exe".encode(), "\u2066a\u2069.csv".encode(),
    "\u200b\ufeff\u00ad.csv".encode(), b"-rf", b"--help", b"%2e%2e%2f..%2fetc%2fpasswd", b" ",
    b"%s%n%x.csv", b"$(reboot).csv", b"`id`.csv", b";id.csv", b"|id", b"<script>alert(1)<!--",
    b"'\"><img src=x onerror=alert(1)>.csv", b"=cmd|' !A0'.csv", b"\x9b31mred.csv",
    "\u009b31mred.csv".encode(), b"\\", b"\\x0A.csv", b"\x7f\x08\x08\x08.csv", b"CON", b"nul.csv",
    "\U0001f4a3.csv".encode(), ("e" + "\u0301" * 120).encode(), b"a" * 255, "é".encode() * 127,
    b"\xc3" * 255, b"x" * 241 + b".receipt.json", b"<?xml version='1.0'?>", b"{\"receipt\":1}",
]
LEFT_ALONE = [b".receipt.json", b".bashrc", b".jalon-taken-", b"a.part", b"a~", b"a.tmp",
              b"a.0123456789", b".-rf", b"...", b"..%2f..%2fetc%2fpasswd"]


def hostile_names(field):
    """Names that do something to a terminal, a shell, a page, a mail, or a program."""
    contents = [field.good() for _ in HOSTILE]
    for name, content in zip(HOSTILE, contents):
        # Half of them by themselves, half with something before them.
        if len(name) < 200 and field.random.random() < 0.5:
            name = b"%d" % field.random.randrange(10**6) + name
        field.put(name, content)
    for number, content in enumerate(contents):
        receipt = field.expect("accepted", content=content)
        if not receipt["file"].isprintable():
            raise Fault(f"hostile name no. {number} is shown as {receipt['file']!r}")


def twins(field):
    """Names that look alike: composed and decomposed, upper and lower case, long and cut alike."""
    stem = field.name("é")
    long = "é" * 110 + field.name()
    pairs = [(unicodedata.normalize("NFC", stem), unicodedata.normalize("NFD", stem)),
             (stem.lower() + "a", stem.lower() + "A"), (stem + " ", stem + "\u00a0"),
             (long + "x1.csv", long + "x2.csv"), (stem + "\\x0A", stem + "\n")]
    written = [[field.good(), field.good()] for _ in pairs]
    for pair, contents in zip(pairs, written):
        for name, content in zip(pair, contents):
            field.put(name, content)
    for contents in written:
        names = {field.expect("accepted", content=content)["file"] for content in contents}
        if len(names) != 2:
            raise Fault(f"two names have one receipt: {names}")


def receipt_names(field):
    """Names that are those of another file's receipts."""
    base = field.name("r.csv")
    contents = {name: field.good() for name in (
        base, base + ".receipt.json", base + ".receipt.txt", base + ".receipt.json.receipt.json",
        f"EN-ATTENTE{field.random.randrange(10**6)}.txt", field.name("depot"))}
    for name, content in contents.items():
        field.put(name, content)
    for name, content in contents.items():
        receipt = field.expect("accepted", content=content)
        if receipt["file"] != name:
            raise Fault(f"{name} has the receipt of {receipt['file']}")


def left_alone(field):
    """Names that are left alone stay, are not read, and hide nothing that comes after them."""
    content = field.good()
    for name in LEFT_ALONE:
        with open(os.path.join(os.fsencode(field.depot), name), "wb") as file:
            file.write(content)
        field.tried += 1
    field.judge(field.good(), "accepted")
    field.conclude()
    if hashlib.sha256(content).hexdigest() in field.world.receipts.by_digest:
        raise Fault("a name that is left alone was read")
    for name in LEFT_ALONE:
        os.unlink(os.path.join(os.fsencode(field.depot), name))


def sidecars(field):
    """Sidecars that are huge, links, pipes, folders, of nothing, of each other, of other files."""
    def side(name, content):
        field.path("." + name).write_bytes(content)
        os.rename(field.path("." + name), field.path(name + ".sha256"))

    def checksum(content, name):
        return f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode()

    kinds = {
        # Over a sidecar's limit and under a file's: a larger one is refused as a file, by itself, where
        # the daemon sees it before what it stands beside.
        "huge": lambda name, content: side(
            name, checksum(content, name) + b"#" * 70_000 + b"\n"),
        "link": lambda name, content: (
            field.path("." + name).write_bytes(checksum(content, name)),
            os.symlink("." + name, field.path(name + ".sha256"))),
        "pipe": lambda name, content: os.mkfifo(field.path(name + ".sha256")),
        "folder": lambda name, content: field.path(name + ".sha256").mkdir(),
        # Of another file, and matching that one: it says nothing good of the file beside it.
        "other": lambda name, content: side(name, checksum(field.good(), name)),
        "path": lambda name, content: side(name, checksum(content, "../../../etc/passwd")),
    }
    contents = {kind: field.good() for kind in kinds}
    for kind, make in kinds.items():
        name = field.name(kind + ".csv")
        make(name, contents[kind])
        field.put(name, contents[kind])
    for kind, content in contents.items():
        if kind == "path":
            field.expect("accepted", content=content)
        else:
            field.expect("rejected", "syntax", content=content)

    chain = field.name("chain")
    for depth in range(4):
        side(chain + ".sha256" * depth, checksum(b"", chain))
    field.tried += 4
    time.sleep(0.5)
    for path in field.depot.iterdir():
        if path.name.startswith(chain):
            path.unlink(missing_ok=True)


ATTACKS = {"hostile names": hostile_names, "twins": twins, "receipt names": receipt_names,
           "names left alone": left_alone, "sidecars": sidecars}

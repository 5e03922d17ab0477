"""A file's permissions, times and size: nobody sets them by SFTP, and what asks for it is in all the
same (part of `real-doors.py`)."""

import hashlib
import json
import os

import sftp_client
from door_stage import AS_DELIVERED, DOORS, PATIENT, UNHURRIED
from sftp_client import PERMISSION_DENIED

LONG_AGO = 1_500_000_000


def push_with_times(tries):
    """`sftp` and `scp`, told to keep the time of the file, and `lftp`, which does so anyway."""
    tries.book.chapter("Clients that set a file's time")
    team = tries.first
    for name, send, says_so in (
            ("p-sftp.csv", lambda file: team.sftp(f"put -p {file.name}"), True),
            ("p-scp.csv", lambda file: team.scp(file, "/depot/", "-p"), True),
            # It always asks, and never tells.
            ("p-lftp.csv", lambda file: team.lftp(f"put {file.name}"), False)):
        data = tries.fresh()
        file = team.write(name, data)
        os.utime(file, (LONG_AGO, LONG_AGO))
        done = send(file)
        tries.book.expect(f"{name}: sent, and told that its time is refused",
                          (done.returncode, "fsetstat: Permission denied" in done.stderr),
                          (0, says_so))
        expect_whole(tries, team, name, data)


def push_as_winscp(tries):
    """In place below 100 KiB, `.filepart` above, then the time by name: refused, wherever the file is
    by then."""
    tries.book.chapter("As WinSCP does")
    team = tries.second
    tries.stage.reconfigure(AS_DELIVERED)
    session = team.winscp()
    put(tries, team, session, "small: written in place", "w-small.csv", tries.fresh(300))
    put(tries, team, session, "large: renamed", "w-large.csv", tries.fresh(150_000))
    # Whatever has to wait now waits for an hour.
    tries.stage.reconfigure(UNHURRIED)
    put(tries, team, session, "large: renamed as POSIX does, taken at once", "w-posix.csv",
        tries.fresh(150_000), "posix-rename")
    session.close()
    tries.stage.reconfigure(PATIENT)


def push_act_as_winscp(tries, name, data):
    """An officer's file of acts."""
    session = tries.officer.winscp()
    put(tries, tries.officer, session, "the officer, as WinSCP does", name, data)
    session.close()


def put(tries, visitor, session, what, name, data, rename="RENAME"):
    """Sends a file; its time is not set, and it is in."""
    code = session.put_as_winscp(name, data, rename=rename)
    tries.book.expect(f"{what}: its time is refused", code, PERMISSION_DENIED)
    expect_whole(tries, visitor, name, data)


def expect_whole(tries, visitor, name, data):
    """The file was accepted, to the byte."""
    tries.expect_accepted(f"{name}: accepted", visitor, name)
    receipt = DOORS / visitor.project / "recepisses" / f"{name}.receipt.json"
    digest = json.loads(receipt.read_bytes())["sha256"] if receipt.exists() else None
    tries.book.expect(f"{name}: to the byte", digest, hashlib.sha256(data).hexdigest())


def trespass(tries, visitor):
    """SETSTAT and FSETSTAT of everything, for a file that lies in the depot and for folders."""
    who, depot = visitor.project, DOORS / visitor.project / "depot"
    session, name = visitor.winscp(), "/depot/kept.csv.part"
    handle = session.open(name)
    session.write(handle, tries.fresh())
    session.close_file(handle)
    file = depot / "kept.csv.part"
    before = facts(file), file.read_bytes()
    handle = session.open(name, flags=sftp_client.UPDATING)
    for what, attributes in (
            ("times", sftp_client.times(1_600_000_000)),
            ("permissions", sftp_client.permissions(0o777)),
            ("no permissions", sftp_client.permissions(0)),
            ("size", sftp_client.size(0)), ("owner", sftp_client.owner(0, 0))):
        for request, kind, file_named in (("SETSTAT", sftp_client.SETSTAT, sftp_client.text(name)),
                                          ("FSETSTAT", sftp_client.FSETSTAT, handle)):
            tries.book.expect(f"{who}: {request}, {what}",
                              session.code(kind, file_named, attributes), PERMISSION_DENIED)
    session.close_file(handle)
    tries.book.expect(f"{who}: the file is as it was", (facts(file), file.read_bytes()), before)
    session.ask(sftp_client.REMOVE, sftp_client.text(name))
    for folder in ("/", "/depot", "/recepisses"):
        path = DOORS / who / folder[1:]
        before = facts(path)
        for mode in (0, 0o777):
            tries.book.expect(f"{who}: SETSTAT {folder} to {mode:o}", session.code(
                sftp_client.SETSTAT, sftp_client.text(folder), sftp_client.permissions(mode)),
                PERMISSION_DENIED)
        tries.book.expect(f"{who}: {folder} is as it was", facts(path), before)
    session.close()


def facts(path):
    """What a request might have changed; the last change tells even what was set to what it was."""
    found = path.stat()
    return (oct(found.st_mode), found.st_uid, found.st_gid, found.st_size, found.st_mtime_ns,
            found.st_ctime_ns)

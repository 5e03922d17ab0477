"""Attacks by sheer quantity: files, names, events, and what one team may fill."""

import contextlib
import os
import time

from attack_field import ATTACKER, Fault
from installation import report, wait_until


def good_files(field):
    """Many good files at once."""
    contents = [field.good() for _ in range(field.scale.files)]
    for content in contents:
        field.put(field.name(), content)
    for content in contents:
        field.expect("accepted", content=content)


def bad_files(field):
    """Many files at once that are refused, each of them telling the team."""
    contents = [field.mark().encode() for _ in range(field.scale.files)]
    for content in contents:
        field.put(field.name(), content)
    for content in contents:
        field.expect("rejected", content=content)


def repetitions(field):
    """One good file under many names, and under one name again and again."""
    content, name = field.good(), field.name()
    for number in range(field.scale.files // 2):
        field.put(field.name() if number % 2 else name, content)
    field.put(name, content)
    field.expect("accepted duplicate", name=name)


def hidden_names(field):
    """Names that are left alone, by the thousand, before and after a good file."""
    names = [b".h%d-%d" % (field.random.getrandbits(40), number)
             for number in range(field.scale.names)]
    depot = os.open(field.depot, os.O_RDONLY)
    for name in names:
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY, dir_fd=depot))
    field.judge(field.good(), "accepted")
    field.conclude()
    for name in names:
        os.unlink(name, dir_fd=depot)
    os.close(depot)
    field.tried += len(names)


def waiting_names(field):
    """Empty files by the thousand, gone again before they are read."""
    depot = os.open(field.depot, os.O_RDONLY)
    names = [b"w%d-%d.csv" % (field.random.getrandbits(40), number)
             for number in range(field.scale.names)]
    for name in names:
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY, dir_fd=depot))
    for name in names:
        try:
            os.unlink(name, dir_fd=depot)
        except FileNotFoundError:
            field.tried += 1
    os.close(depot)
    field.judge(field.good(), "accepted")


def events(field):
    """One file opened and closed without end: more events than anybody hears."""
    path = field.path(field.name("busy.csv"))
    end, count = time.monotonic() + field.scale.seconds, 0
    while time.monotonic() < end:
        for _ in range(1_000):
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
            os.utime(path)
        count += 1_000
    path.unlink(missing_ok=True)
    field.judge(field.good(), "accepted")
    field.tried += count


def large_files(field):
    """Files of the greatest size and beyond, many at once."""
    count, contents = 12, []
    for number in range(count):
        size = field.scale.file + (0 if number % 3 == 0 else -40_000)
        content = report(("2021-Q1", "agents", 310, "", "", field.mark() + "x" * size))
        contents.append((content, number % 3 == 0))
    for content, _ in contents:
        field.put(field.name("large.csv"), content)
    for content, is_beyond in contents:
        if is_beyond:
            field.expect("rejected", "too-large", content=content)
        else:
            field.expect("accepted", content=content)


def quota(field):
    """More bytes than a project may keep; the quota is reached, said, and made larger again."""
    with field.world.witness.gate:
        reach_quota(field)
    field.judge(field.good(), "accepted")


def reach_quota(field):
    """The same, while nobody else is at work."""
    world = field.world
    kept, name = field.good(), field.name("kept.csv")
    field.judge(kept, "accepted")
    field.conclude()
    world.reload(projectQuotaBytes=1_000)
    try:
        for _ in range(20):
            field.judge(field.good(b";;;;;\r\n" * 200), "rejected", "too-large")
        receipt = field.conclude()
        message = receipt["errors"][0]["message"]
        if "1\u202f000 octets" not in message or "suivi@example.gouv.fr" not in message:
            raise Fault(f"the receipt does not say what is left and whom to ask: {message}")
        field.put(name, kept)
        field.expect("duplicate", name=name)
        digest = receipt["sha256"]
        if (field.installation.state / "archive" / digest[:2] / digest).exists():
            raise Fault("bytes beyond the quota were archived")
    finally:
        world.reload(projectQuotaBytes=4_000_000_000)


def files_a_day(field):
    """More files than are read in a day: they wait, the team reads why, and none is lost."""
    with field.world.witness.gate:
        use_up_the_day(field)


def use_up_the_day(field):
    """The same, while nobody else is at work."""
    world = field.world
    notice = field.installation.receipts(ATTACKER) / "EN-ATTENTE.txt"
    world.reload(filesPerDay=10)
    contents = [field.good() for _ in range(16)]
    try:
        for content in contents:
            field.put(field.name("day.csv"), content)
        if not wait_until(notice.exists, 30):
            raise Fault("nothing says that files have to wait")
        time.sleep(1)
        world.receipts.look()
        waiting = sum(path.name.endswith("day.csv") for path in field.depot.iterdir())
        if not 5 <= waiting <= 16:
            raise Fault(f"{waiting} files wait, of 16 with 10 a day")
    finally:
        world.reload(filesPerDay=10_000_000)
    for content in contents:
        field.expect("accepted", content=content)
    if not wait_until(lambda: not notice.exists(), 30):
        raise Fault("the notice stays when nothing waits")


def full_disk(field):
    """All that a disk has: the team writes until nothing more fits, then makes room again."""
    if not field.world.is_mounted:
        field.skip("a disk to fill: nothing can be mounted here")
        return
    with field.world.witness.gate:
        fill(field)
    field.judge(field.good(), "accepted")


def fill(field):
    """The same, while nobody else is at work: they could not write either."""
    contents = [field.good() for _ in range(20)]
    for content in contents:
        field.path("." + field.name()).write_bytes(content)
    ballast = field.path(".ballast")
    with contextlib.suppress(OSError), open(ballast, "wb", buffering=0) as file:
        while True:
            file.write(bytes(4_096))
    # Renaming takes no room: they are read, and their receipts do not fit.
    names = []
    for path in [path for path in field.depot.iterdir() if path.name.endswith("-f.csv")]:
        names.append(path.name[1:])
        path.rename(field.path(names[-1]))
    field.tried += len(names)
    time.sleep(2)
    if not field.world.is_alive():
        raise Fault("the daemon does not survive a full disk")
    ballast.unlink()
    for content in contents:
        field.expect("accepted", content=content)
    if not wait_until(lambda: not any(os.path.lexists(field.path(name)) for name in names), 60):
        raise Fault("files stay after a full disk")


ATTACKS = {"good files": good_files, "bad files": bad_files, "repetitions": repetitions,
           "hidden names": hidden_names, "waiting names": waiting_names, "events": events,
           "large files": large_files}
ALONE = {"quota": quota, "files a day": files_a_day}
# On a disk of its own.
ON_SMALL_DISK = {"full disk": full_disk}

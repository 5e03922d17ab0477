"""Attacks by the depot itself: what cannot leave it, guessed names, another in its place."""

import contextlib
import os
import time

from attack_field import NEIGHBOUR, Fault
from attack_world import run_as_root
from installation import wait_until


def immovable(field):
    """A file that cannot be removed: it counts once, and holds up nothing."""
    name, content = field.name("immovable.csv"), field.good()
    # Written in place: it has to settle, and cannot be gone before it is made immovable.
    field.path(name).write_bytes(content)
    if not run_as_root("chattr", "+i", str(field.path(name))):
        field.path(name).unlink(missing_ok=True)
        field.skip("files that cannot be removed: no chattr here")
        return
    try:
        field.tried += 1
        field.expect("accepted duplicate", content=content)
        # It was perhaps taken before it was made immovable, and is then another one.
        time.sleep(1.5)
        field.world.receipts.look()
        first = field.expect("accepted duplicate", name=name)
        field.judge(field.good(), "accepted")
        field.conclude()
        time.sleep(2)
        field.world.receipts.look()
        if field.expect("accepted duplicate", name=name) != first:
            raise Fault("a file that cannot be removed was taken again and again")
    finally:
        run_as_root("chattr", "-i", str(field.path(name)))
    if not wait_until(lambda: not field.path(name).exists(), 60):
        raise Fault("a file that can be removed again stays")


def private_names(field):
    """Names that Jalon itself uses for what it removes and sets aside, guessed in advance."""
    field.world.receipts.look()
    last = max((int(receipt["receipt"][1:]) for receipt in
                list(field.world.receipts.by_file.values())), default=0)
    made = []
    for number in range(last + 1, last + 40):
        for prefix in (".jalon-taken-", ".refused-", ".jalon-taken-sidecar-"):
            path = field.path(f"{prefix}J{number:08}")
            if not os.path.lexists(path):
                if number % 2:
                    path.mkdir()
                else:
                    path.write_bytes(field.good())
                made.append(path)
    for _ in range(3):
        name = field.name("link.csv")
        os.symlink("nothing", field.path(name))
        field.refuse(name)
        content, name = field.good(), field.name("good.csv")
        field.put(name, content)
        field.expect("accepted", content=content)
        if not wait_until(lambda: not field.path(name).exists(), 60):
            raise Fault("a file that was taken stays in the depot")
    field.conclude()
    for path in made:
        with contextlib.suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def replaced_depot(field):
    """The depot itself: a link to another team's, and to a folder outside."""
    depot, aside = field.depot, field.depot.parent / "depot-aside"
    (field.outside / "inbox").mkdir(exist_ok=True)
    (field.outside / "inbox").chmod(0o777)
    bait = field.outside / "inbox/bait.csv"
    bait.write_bytes((field.outside / "shadow").read_bytes())
    for target in (field.installation.depot(NEIGHBOUR), field.outside / "inbox"):
        field.tried += 1
        os.rename(depot, aside)
        os.symlink(target, depot)
        size = field.installation.log_size()
        is_said = wait_until(
            lambda: b"the depot is a link" in field.installation.log_since(size), 30)
        time.sleep(1)
        os.unlink(depot)
        os.rename(aside, depot)
        if not is_said:
            raise Fault("nothing is said of a depot that is a link")
        if not bait.exists():
            raise Fault("a file outside the depot was taken")
    bait.unlink()
    bait.parent.rmdir()


def forbidden_depot(field):
    """A depot that its team forbids, with files in it that are to leave it."""
    for mode, count in ((0o000, 1), (0o555, field.scale.files)):
        contents = [field.good() for _ in range(count)]
        for content in contents:
            field.put(field.name("forbidden.csv"), content)
        field.give(field.depot)
        field.depot.chmod(mode)
        time.sleep(1.5)
        field.depot.chmod(0o777)
        for content in contents:
            field.expect("accepted", content=content)
        if not wait_until(lambda: not any(field.depot.glob("*forbidden.csv")), 60):
            raise Fault("files stay in a depot that was forbidden for a while")


ATTACKS = {"immovable": immovable, "private names": private_names}
# These concern the whole depot: nothing else can be tried meanwhile.
ALONE = {"replaced depot": replaced_depot, "forbidden depot": forbidden_depot}

"""Attacks by what stands in a depot: links, pipes, devices, races, rights, private names."""

import contextlib
import os
import socket
import stat
import threading
import time

from attack_field import NEIGHBOUR, Fault
from installation import report


def links(field):
    """Links to a secret, to another team's file, to nothing, to themselves, to devices."""
    targets = [field.outside / "shadow", field.outside, "/dev/zero", "/proc/self/mem",
               field.installation.depot(NEIGHBOUR) / "later.csv.part", "nothing", "..",
               "../recepisses", field.installation.database]
    for target in targets:
        name = field.name("link.csv")
        os.symlink(target, field.path(name))
        field.refuse(name)
    name = field.name("loop.csv")
    os.symlink(name, field.path(name))
    field.refuse(name)


def hard_links(field):
    """Second names of a secret, and of a file of its own."""
    name = field.name("hard.csv")
    os.link(field.outside / "shadow", field.path(name))
    field.refuse(name)
    first, second = field.name("one.csv"), field.name("two.csv")
    field.path("." + first).write_bytes(field.good())
    os.link(field.path("." + first), field.path(first))
    os.link(field.path("." + first), field.path(second))
    for name in (first, second):
        field.refuse(name)


def special_files(field):
    """Pipes with and without a writer, sockets, devices."""
    name = field.name("pipe.csv")
    os.mkfifo(field.path(name))
    field.refuse(name)
    name = field.name("written.csv")
    os.mkfifo(field.path("." + name))
    end = os.open(field.path("." + name), os.O_RDWR | os.O_NONBLOCK)
    os.write(end, field.good())
    os.rename(field.path("." + name), field.path(name))
    field.refuse(name)
    name = field.name("s")
    with socket.socket(socket.AF_UNIX) as listener, inside(field.depot):
        listener.bind(name)
    field.refuse(name)
    for kind, major, minor in ((stat.S_IFCHR, 1, 5), (stat.S_IFCHR, 5, 0), (stat.S_IFBLK, 7, 0)):
        name = field.name("device.csv")
        try:
            os.mknod(field.path(name), kind | 0o666, os.makedev(major, minor))
        except PermissionError:
            field.skip("devices: nobody but root makes them")
            break
        field.refuse(name)
    field.conclude()
    os.close(end)


@contextlib.contextmanager
def inside(folder):
    """Works in a folder, whose path may be too long for a socket."""
    before = os.open(".", os.O_RDONLY)
    os.chdir(folder)
    try:
        yield
    finally:
        os.fchdir(before)
        os.close(before)


def folders(field):
    """Folders with the name of a file: empty, full, deep, not to be entered."""
    for number in range(4):
        name = field.name("folder.csv")
        path = field.path("." + name)
        path.mkdir()
        inner = path
        for depth in range(number * 20):
            inner = inner / "d"
            inner.mkdir()
            (inner / f"{depth}.csv").write_bytes(field.good())
        if number == 3:
            path.chmod(0)
        os.rename(path, field.path(name))
        field.refuse(name)


def swapped_name(field):
    """A name that is a file, then a link to a secret, then another file, as fast as can be."""
    name = field.name("swapped.csv")
    contents = [field.good(), field.good()]
    is_over = threading.Event()

    def swap():
        turn = 0
        while not is_over.is_set():
            draft = field.path(f".{name}-{turn % 2}")
            with contextlib.suppress(OSError):
                if turn % 3 == 2:
                    draft.unlink(missing_ok=True)
                    os.symlink(field.outside / "shadow", draft)
                else:
                    draft.write_bytes(contents[turn % 3])
                os.rename(draft, field.path(name))
            turn += 1

    thread = threading.Thread(target=swap)
    thread.start()
    time.sleep(field.scale.seconds)
    is_over.set()
    thread.join()
    field.tried += 1
    with contextlib.suppress(FileNotFoundError):
        os.unlink(field.path(name))
    last = field.good()
    field.put(name, last)
    field.expect("accepted", content=last)


def changed_while_read(field):
    """Bytes that change in place, with the size and times put back."""
    name = field.name("changing.csv")
    size = field.scale.file // 2
    rows = [report(("2021-Q1", "agents", value, "", "", field.mark() + "x" * size))
            for value in (311, 322)]
    field.put(name, rows[0])
    is_over = threading.Event()

    def rewrite():
        turn = 0
        while not is_over.is_set():
            with contextlib.suppress(OSError), open(field.path(name), "r+b") as file:
                status = os.fstat(file.fileno())
                file.write(rows[turn % 2][:200])
                os.utime(file.fileno(), ns=(status.st_atime_ns, status.st_mtime_ns))
            turn += 1

    thread = threading.Thread(target=rewrite)
    thread.start()
    time.sleep(field.scale.seconds)
    is_over.set()
    thread.join()
    field.expect("accepted rejected duplicate", name=name)


def growing(field):
    """A file that grows while somebody wants to read it, a row at a time."""
    name = field.name("growing.csv")
    header, row = report(("2021-Q1", "agents", 350)).splitlines(keepends=True)
    with open(field.path(name), "wb") as file:
        file.write(header)
        end = time.monotonic() + field.scale.seconds + 1
        while time.monotonic() < end:
            file.write(b"\r\n")
            file.flush()
            time.sleep(0.05)
            if name in field.world.receipts.by_file:
                raise Fault("a file was taken while it grew")
        file.write(row)
    field.tried += 1
    field.expect("accepted", name=name, rows=1)


def slow_upload(field):
    """A file that comes a byte at a time, kept open all along."""
    name = field.name("slow.csv")
    content = field.good()
    pieces = [content[start:start + 8] for start in range(0, len(content), 8)]
    with open(field.path(name), "wb", buffering=0) as file:
        for piece in pieces:
            file.write(piece)
            time.sleep(field.scale.pause)
            field.world.receipts.look()
            if name in field.world.receipts.by_file:
                raise Fault("a file was taken before it was complete")
    field.tried += 1
    field.expect("accepted", content=content, rows=1)


def sparse(field):
    """Files of a terabyte and of more than is kept, which take no room."""
    name = field.name("terabyte.csv")
    field.path("." + name).touch()
    os.truncate(field.path("." + name), 1 << 40)
    os.rename(field.path("." + name), field.path(name))
    field.refuse(name)
    name = field.name("sparse.csv")
    field.path("." + name).touch()
    os.truncate(field.path("." + name), field.scale.sparse)
    os.rename(field.path("." + name), field.path(name))
    field.tried += 1
    receipt = field.expect("rejected", "too-large", name=name)
    if receipt["bytes"] != field.scale.sparse:
        raise Fault(f"{receipt['bytes']} bytes, not {field.scale.sparse}")


def unreadable(field):
    """A file that nobody may read, and one that nobody may write."""
    name = field.name("mode-000.csv")
    path = field.path("." + name)
    path.write_bytes(field.good())
    field.give(path)
    path.chmod(0)
    os.rename(path, field.path(name))
    field.refuse(name)
    content = field.good()
    name = field.name("mode-444.csv")
    path = field.path("." + name)
    path.write_bytes(content)
    field.give(path)
    path.chmod(0o444)
    os.rename(path, field.path(name))
    field.tried += 1
    field.expect("accepted", content=content)


ATTACKS = {
    "links": links, "hard links": hard_links, "special files": special_files,
    "folders": folders, "swapped name": swapped_name, "changed while read": changed_while_read,
    "growing": growing, "slow upload": slow_upload, "sparse": sparse, "unreadable": unreadable,
}

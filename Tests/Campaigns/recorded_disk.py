"""A disk that notes every write and every flush, so that it can be had as a power cut left it.

Copying a disk's file while it is written to gives a picture that never was: its beginning is older
than its end. So the file system lies on a loop device over a file that this module serves itself
(FUSE, spoken directly): each write is appended to a log before it is acknowledged, each flush of the
device's cache is marked, and what is only in the kernel's page cache never comes here. The disk as it
was after the n-th write is the first n writes of the log; the writes since the last flush before
that are those which a disk with a cache of its own may have dropped, in any choice.

Needs the right to mount, /dev/fuse and e2fsprogs.
"""

import ctypes
import mmap
import os
import struct
import subprocess
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)

NEW_MOUNTS = 0x20000
PRIVATE = (1 << 18) | (1 << 14)  # MS_PRIVATE, and for everything below
MEGABYTES = 64
BLOCK = 4096

# The few words of FUSE that a single file needs (linux/fuse.h).
FORGET, GET_ATTRIBUTES, SET_ATTRIBUTES, OPEN, READ, WRITE = 2, 3, 4, 14, 15, 16
FLUSH_DISK, INITIALISE, BATCH_FORGET = 20, 26, 42
HARMLESS = {18, 25, 34}  # release, flush of a descriptor, access
NO_ANSWER = {FORGET, BATCH_FORGET, 36}
NOT_SUPPORTED = 38
REQUEST = struct.Struct("<IIQQIIIHH")
ANSWER = struct.Struct("<IiQ")
TRANSFER = struct.Struct("<QQIIQII")
ATTRIBUTES = struct.Struct("<QIIQQQQQQ10I")
WELCOME = struct.Struct("<IIIIHHIIHHI7I")
LARGEST_WRITE = 1 << 20
LARGE_WRITES, MANY_PAGES = 1 << 5, 1 << 22
PAST_THE_PAGE_CACHE = 1

# A record of the log: where, how many bytes; none means that the cache was flushed.
RECORD = struct.Struct("<QQ")


def _mount(source, target, kind, flags, data):
    """mount(2), which Python does not have."""
    if _libc.mount(source.encode(), str(target).encode(), kind.encode(), flags, data.encode()):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(target))


def own_mounts():
    """Makes the mounts of this process its own: they go with it, however it ends."""
    if _libc.unshare(NEW_MOUNTS):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), "unshare")
    _libc.mount(b"none", b"/", None, PRIVATE, None)


def mount_image(image, folder):
    """Mounts an image on a loop device that goes with the mount; the journal is replayed."""
    subprocess.run(["mount", "-t", "ext4", "-o", "loop", str(image), str(folder)], check=True,
                   capture_output=True, text=True)


def unmount(folder):
    """Unmounts, now."""
    subprocess.run(["umount", str(folder)], check=True, capture_output=True, text=True)


def take_device(image):
    """Keeps the next loop device from others, for as long as the file that is given back is open."""
    name = subprocess.run(["losetup", "--find", "--show", str(image)], check=True,
                          capture_output=True, text=True).stdout.strip()
    device = open(name, "rb")
    subprocess.run(["losetup", "--detach", name], check=True)
    return device


class RecordedDisk:
    """An empty ext4 file system whose writes are noted, mounted on a folder."""

    def __init__(self, folder, mounted_on):
        self.folder = Path(folder)
        self.mounted_on = Path(mounted_on)
        self.image = self.folder / "image"
        self.log = self.folder / "writes"
        self.device = self.folder / "disk"
        self.counter = mmap.mmap(-1, 8)
        with open(self.image, "wb") as image:
            image.truncate(MEGABYTES << 20)
        subprocess.run(
            ["mkfs.ext4", "-q", "-F", "-b", str(BLOCK), "-m", "0", "-J", "size=4", "-E",
             "lazy_itable_init=0,lazy_journal_init=0", str(self.image)], check=True)
        self.start = self.folder / "start"
        subprocess.run(["cp", "--sparse=always", str(self.image), str(self.start)], check=True)
        self.device.touch()
        self._serve()
        mount_image(self.device, self.mounted_on)

    @property
    def position(self):
        """How many writes and flushes there have been."""
        return struct.unpack("<Q", self.counter[:])[0]

    def close(self):
        """Unmounts; the log stays."""
        unmount(self.mounted_on)
        unmount(self.device)
        os.waitpid(self.server, 0)

    def _serve(self):
        connection = os.open("/dev/fuse", os.O_RDWR)
        _mount("jalon", self.device, "fuse", 0,
               f"fd={connection},rootmode=100600,user_id=0,group_id=0,max_read=131072")
        self.server = os.fork()
        if self.server == 0:
            try:
                _Server(connection, self.image, self.log, self.counter).run()
            finally:
                os._exit(0)
        os.close(connection)


class _Server:
    """Answers the kernel's questions about the one file there is."""

    def __init__(self, connection, image, log, counter):
        self.connection = connection
        self.image = os.open(image, os.O_RDWR)
        self.log = open(log, "wb", buffering=1 << 20)
        self.counter, self.count = counter, 0
        self.size = os.fstat(self.image).st_size

    def run(self):
        """Until the file is unmounted."""
        request = bytearray(LARGEST_WRITE + 65_536)
        view = memoryview(request)
        while True:
            try:
                size = os.readv(self.connection, [request])
            except OSError:
                self.log.flush()
                return
            _, operation, unique, *_ = REQUEST.unpack_from(request)
            if operation in NO_ANSWER:
                continue
            error, body = self.answer(operation, view[REQUEST.size:size])
            head = ANSWER.pack(ANSWER.size + len(body), -error, unique)
            os.writev(self.connection, [head, body])

    def answer(self, operation, body):
        """The error or 0, and the answer's body."""
        if operation == WRITE:
            _, offset, size, *_ = TRANSFER.unpack_from(body)
            content = body[TRANSFER.size:TRANSFER.size + size]
            os.pwrite(self.image, content, offset)
            self.note(offset, content)
            return 0, struct.pack("<II", size, 0)
        if operation == READ:
            _, offset, size, *_ = TRANSFER.unpack_from(body)
            return 0, os.pread(self.image, size, offset)
        if operation == FLUSH_DISK:
            self.note(0, b"")
            return 0, b""
        if operation in (GET_ATTRIBUTES, SET_ATTRIBUTES):
            return 0, ATTRIBUTES.pack(60, 0, 0, 1, self.size, self.size // 512, 0, 0, 0, 0, 0, 0,
                                      0o100600, 1, 0, 0, 0, BLOCK, 0)
        if operation == OPEN:
            return 0, struct.pack("<QII", 1, PAST_THE_PAGE_CACHE, 0)
        if operation == INITIALISE:
            return 0, WELCOME.pack(7, 31, 65_536, LARGE_WRITES | MANY_PAGES, 64, 48, LARGEST_WRITE,
                                   1, LARGEST_WRITE // BLOCK, 0, 0, *[0] * 7)
        return (0 if operation in HARMLESS else NOT_SUPPORTED), b""

    def note(self, offset, content):
        """Appends to the log, then counts: whoever reads the count finds the record."""
        self.log.write(RECORD.pack(offset, len(content)))
        self.log.write(content)
        self.count += 1
        self.counter[:] = struct.pack("<Q", self.count)


class Cuts:
    """The disk at one moment after another, from the log of a disk that was closed."""

    def __init__(self, disk, folder, moves_device):
        self.log = open(disk.log, "rb")
        self.now = Path(folder) / "now"
        self.cut = Path(folder) / "cut"
        subprocess.run(["cp", "--sparse=always", str(disk.start), str(self.now)], check=True)
        self.file = os.open(self.now, os.O_RDWR)
        self.position = 0
        # After a start a disk may have another number than before.
        self.taken = take_device(self.now) if moves_device else None
        # Writes since the last flush, with what was there before.
        self.unflushed = []

    def at(self, position, dropping=None):
        """The image as it was after so many writes; positions must not go back.

        `dropping`, a random generator, lets the disk's cache lose some of what was not flushed.
        """
        while self.position < position:
            self._step()
        subprocess.run(["cp", "--sparse=always", str(self.now), str(self.cut)], check=True)
        dropped = self._drop(dropping) if dropping else 0
        return self.cut, dropped

    def _step(self):
        offset, size = RECORD.unpack(self.log.read(RECORD.size))
        self.position += 1
        if size == 0:
            self.unflushed = []
            return
        content = self.log.read(size)
        for start in range(0, size, BLOCK):
            block = content[start:start + BLOCK]
            before = os.pread(self.file, len(block), offset + start)
            self.unflushed.append((offset + start, before, block))
        os.pwrite(self.file, content, offset)

    def _drop(self, generator):
        """Takes back a random choice of the blocks that were not flushed."""
        file = os.open(self.cut, os.O_RDWR)
        share = generator.random()
        kept = [generator.random() >= share for _ in self.unflushed]
        # From the state before them all, those that were kept, in order.
        for offset, before, _ in reversed(self.unflushed):
            os.pwrite(file, before, offset)
        for (offset, _, block), is_kept in zip(self.unflushed, kept):
            if is_kept:
                os.pwrite(file, block, offset)
        os.close(file)
        return len(kept) - sum(kept)


def can_record():
    """Why no such disk can be had here, or `None`."""
    if os.geteuid() != 0:
        return "it needs the right to mount"
    for needed in ("/dev/fuse", "/dev/loop-control"):
        if not os.path.exists(needed):
            return f"there is no {needed}"
    return None

"""Tries what a unit's sandbox should forbid, and what it should allow; prints one outcome a line.

It runs in the place of the program, under everything else that the unit says: each attempt in a
child of its own, for some are punished by death.
"""

import ctypes
import errno
import mmap
import os
import platform
import resource
import signal
import socket
import sys

libc = ctypes.CDLL(None, use_errno=True)
# Calls that the C library has no function for, or that it would refuse by itself.
NUMBERS = {
    "x86_64": {"keyctl": 250, "io_uring_setup": 425, "userfaultfd": 323, "bpf": 321,
               "unshare": 272},
    "aarch64": {"keyctl": 219, "io_uring_setup": 425, "userfaultfd": 282, "bpf": 280,
                "unshare": 97},
}[platform.machine()]
NEW_USER_NAMESPACE = 0x10000000


def call(function, *arguments):
    """A function of the C library, whose failure is an exception."""
    result = function(*arguments)
    if result in (-1, ctypes.c_void_p(-1).value):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def system_call(name):
    """Makes one that does nothing, but is looked at."""
    call(libc.syscall, ctypes.c_long(NUMBERS[name]), ctypes.c_long(NEW_USER_NAMESPACE),
         ctypes.c_long(0), ctypes.c_long(0))


def write(folder):
    """Makes a file, and removes it."""
    path = f"{folder}/.jalon-probe"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    os.unlink(path)


def leave(path):
    """Makes a file, and leaves it there."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def connect(address):
    """Opens a connection."""
    with socket.create_connection((address, int(sys.argv[1])), timeout=2):
        pass


def listen():
    """Waits for connections on a port."""
    with socket.socket() as listener:
        listener.listen()


def map_writable_code():
    """Asks for memory that may be written and run."""
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)


def make_code():
    """Writes to memory, then asks to run it."""
    libc.mmap.restype = ctypes.c_void_p
    memory = call(libc.mmap, None, ctypes.c_size_t(4096), 3, 0x22, -1, ctypes.c_long(0))
    call(libc.mprotect, ctypes.c_void_p(memory), ctypes.c_size_t(4096), 5)


def make_set_user():
    """Makes a file that runs as its owner."""
    path = "/var/lib/jalon/.jalon-probe-suid"
    leave(path)
    try:
        os.chmod(path, 0o4755)
    finally:
        os.unlink(path)


def status(name, wanted):
    """Looks what the kernel says of this process."""
    with open("/proc/self/status", encoding="ascii") as file:
        found = dict(line.split(":\t", 1) for line in file)[name].strip()
    if found != wanted:
        raise ValueError(found)


def core_limit():
    """Looks whether it may leave its memory behind."""
    if resource.getrlimit(resource.RLIMIT_CORE) != (0, 0):
        raise ValueError("unlimited")


def socket_of(family):
    """Opens a socket of a family."""
    socket.socket(getattr(socket, family), socket.SOCK_DGRAM).close()


ATTEMPTS = {
    "write /etc": lambda: write("/etc"),
    "write /var/lib": lambda: write("/var/lib"),
    "write state": lambda: write("/var/lib/jalon"),
    "write depot": lambda: write("/srv/jalon/ESSAI-1/depot"),
    "write backups": lambda: write("/var/backups/jalon"),
    "list doors": lambda: os.listdir("/srv/jalon"),
    "list archive": lambda: os.listdir("/var/lib/jalon/archive"),
    "list /home": lambda: os.listdir("/home"),
    "leave in /tmp": lambda: leave("/tmp/jalon-probe"),
    "read password": lambda: open("/etc/jalon/smtp-password", "rb").close(),
    "see process 1": lambda: os.listdir("/proc/1"),
    "see memory": lambda: open("/proc/meminfo", "rb").close(),
    "open a disk": lambda: open("/dev/probe-disk", "rb").close(),
    "local socket": lambda: socket_of("AF_UNIX"),
    "internet socket": lambda: socket_of("AF_INET"),
    "netlink socket": lambda: socket_of("AF_NETLINK"),
    "packet socket": lambda: socket_of("AF_PACKET"),
    "connect here": lambda: connect("127.0.0.1"),
    "connect elsewhere": lambda: connect("192.0.2.1"),
    "listen": listen,
    "writable code": map_writable_code,
    "code made": make_code,
    "set-user file": make_set_user,
    "run a program": lambda: os.execv("/usr/bin/true", ["true"]),
    "user namespace": lambda: system_call("unshare"),
    "trace": lambda: call(libc.ptrace, 0, 0, None, None),
    "mount": lambda: call(libc.mount, b"x", b"/tmp", b"tmpfs", 0, None),
    "keys": lambda: system_call("keyctl"),
    "io_uring": lambda: system_call("io_uring_setup"),
    "page faults": lambda: system_call("userfaultfd"),
    "kernel program": lambda: system_call("bpf"),
    "change owner": lambda: os.chown("/var/lib/jalon", -1, -1),
    "no capability": lambda: status("CapBnd", "0" * 16),
    "no new privileges": lambda: status("NoNewPrivs", "1"),
    "no core dump": core_limit,
}


def outcome(attempt):
    """What comes of an attempt: `ok`, an error's name, or a signal's."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            attempt()
            answer = "ok"
        except OSError as error:
            answer = errno.errorcode.get(error.errno, "timeout")
        except ValueError as error:
            answer = str(error)
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    answer = os.read(reading, 200).decode()
    os.close(reading)
    _, code = os.waitpid(child, 0)
    if os.WIFSIGNALED(code):
        return signal.Signals(os.WTERMSIG(code)).name
    # A program that took this one's place says nothing.
    return answer or "ok"


if __name__ == "__main__":
    for name, attempt in ATTEMPTS.items():
        print(f"{name}: {outcome(attempt)}", flush=True)

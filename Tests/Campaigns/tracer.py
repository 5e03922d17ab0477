"""Kills a program at its n-th system call, whichever of its threads makes it.

`strace -e inject=…:when=N` counts for each thread and each system call on its own, and the
daemon's queue wanders between threads: the same N means another place in every run. So this follows the
program with ptrace itself, and counts every system call of every thread in one row. The kill
arrives when the call is entered: the call itself is not made.
"""

import ctypes
import os
import re
import signal
import threading
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.restype = ctypes.c_long
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]

TRACE_ME = 0
SYSTEM_CALL = 24
SET_OPTIONS = 0x4200
GET_SYSTEM_CALL = 0x420E
OPTIONS = 0x1 | 0x8 | 0x10 | 0x100000  # system calls marked, clones and exec told, exit kills
SYSTEM_CALL_STOP = signal.SIGTRAP | 0x80
ENTERED = 1
ALL_THREADS = 0x40000000


class Outcome:
    """How a followed program ended."""

    def __init__(self):
        self.calls = 0
        self.killed_at = None
        self.status = None
        self.signal = None

    @property
    def was_killed(self):
        """Whether the n-th call was reached, and the program killed there."""
        return self.killed_at is not None


def run(arguments, kill_at, error_file, started=None, time_limit=60):
    """Runs a program and kills it at system call number `kill_at`; 0 lets it end by itself.

    `started` is called once with its process id. Standard output goes nowhere, standard error to
    `error_file`. The program must have no other way to outlive `time_limit` seconds.
    """
    process = os.fork()
    if process == 0:
        _become(arguments, error_file)
    os.waitpid(process, 0)
    _request(SET_OPTIONS, process, OPTIONS)
    if started:
        started(process)
    watchdog = threading.Timer(time_limit, _kill, [process])
    watchdog.daemon = True
    watchdog.start()
    try:
        return _follow(process, kill_at)
    finally:
        watchdog.cancel()


def _become(arguments, error_file):
    """Turns the forked child into the program, which then waits for its parent."""
    try:
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(os.open(error_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
        os.setpgid(0, 0)
        _libc.ptrace(TRACE_ME, 0, None, None)
        os.execv(arguments[0], arguments)
    finally:
        os._exit(127)


def _follow(process, kill_at):
    """Lets the program run from system call to system call."""
    outcome = Outcome()
    description = (ctypes.c_uint64 * 16)()
    known = {process}
    _request(SYSTEM_CALL, process)
    while True:
        thread, status = os.waitpid(-1, ALL_THREADS)
        if not os.WIFSTOPPED(status):
            if thread == process:
                outcome.status = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
                outcome.signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
                return outcome
            continue
        stopped_by, forward = os.WSTOPSIG(status), 0
        if stopped_by == SYSTEM_CALL_STOP:
            size = _libc.ptrace(GET_SYSTEM_CALL, thread, ctypes.sizeof(description), description)
            if size > 0 and description[0] & 0xFF == ENTERED:
                outcome.calls += 1
                if outcome.calls == kill_at:
                    outcome.killed_at = call_name(description[3])
                    _kill(process)
        elif stopped_by == signal.SIGTRAP:
            pass  # a clone or an exec
        elif stopped_by == signal.SIGSTOP and thread not in known:
            known.add(thread)
        else:
            forward = stopped_by
        _request(SYSTEM_CALL, thread, forward)


def _request(request, thread, data=0):
    """Asks the kernel; a thread that has just been killed cannot answer, and need not."""
    _libc.ptrace(request, thread, None, data)


def _kill(process):
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


def call_name(number):
    """The name of a system call, or its number where the C headers are not installed."""
    return _names().get(number, f"call {number}")


def _names(cache={}):
    """The names by number, from the C headers of this machine."""
    if not cache:
        cache[-1] = "none"
        machine = os.uname().machine
        for header in (f"/usr/include/{machine}-linux-gnu/asm/unistd_64.h",
                       "/usr/include/asm-generic/unistd.h"):
            if Path(header).exists():
                for name, number in re.findall(r"#define __NR_(\w+)\s+(\d+)\n",
                                               Path(header).read_text()):
                    cache.setdefault(int(number), name)
                break
    return cache

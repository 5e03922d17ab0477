#!/usr/bin/python3
"""Becomes a program under a unit's system-call filters: `confine.py UNIT [-CALL…] PROGRAM …`.

`-CALL` takes a call away that the unit allows: to see that a filter is a filter.
"""

import errno
import os
import sys

import seccomp
from seccomp import ALLOW, EQ, ERRNO, KILL_PROCESS, MASKED_EQ, Arg, SyscallFilter

from unitfile import Unit

READ, WRITE, EXECUTE = 1, 2, 4
NAMESPACES = {"CLONE_NEWNS": 0x20000, "CLONE_NEWCGROUP": 0x2000000, "CLONE_NEWUTS": 0x4000000,
              "CLONE_NEWIPC": 0x8000000, "CLONE_NEWUSER": 0x10000000, "CLONE_NEWPID": 0x20000000,
              "CLONE_NEWNET": 0x40000000}
# As the kernel numbers them; systemd refuses those that a unit does not name.
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16, "AF_PACKET": 17}
FAMILY_COUNT = 46


def filter_calls(unit, taken):
    """The allow-list; calls that systemd does not know are said not to exist."""
    calls = SyscallFilter(ERRNO(errno.ENOSYS))
    for name, outcome in {**unit.system_calls(), **dict.fromkeys(taken, "kill")}.items():
        number = seccomp.resolve_syscall(seccomp.Arch(), name)
        if number < 0:
            continue  # another architecture's
        action = {"allow": ALLOW, "kill": KILL_PROCESS}.get(outcome)
        calls.add_rule(ERRNO(outcome) if action is None else action, name)
    calls.load()


def filter_families(unit):
    """Address families that the unit does not name."""
    families = SyscallFilter(ALLOW)
    named = unit.words("RestrictAddressFamilies")
    allowed = {FAMILIES[name] for name in named if name != "none"}
    for family in set(range(FAMILY_COUNT)) - allowed:
        families.add_rule(ERRNO(errno.EAFNOSUPPORT), "socket", Arg(0, EQ, family))
    families.load()


def filter_code():
    """Memory that may be both written and run, at once or one after the other."""
    code = SyscallFilter(ALLOW)
    both = WRITE | EXECUTE
    code.add_rule(ERRNO(errno.EPERM), "mmap", Arg(2, MASKED_EQ, both, both))
    for name in ("mprotect", "pkey_mprotect"):
        code.add_rule(ERRNO(errno.EPERM), name, Arg(2, MASKED_EQ, EXECUTE, EXECUTE))
    code.load()


def filter_namespaces():
    """Name spaces of its own; of `clone3`, whose flags cannot be looked at, systemd says that it
    does not exist."""
    spaces = SyscallFilter(ALLOW)
    spaces.add_rule(ERRNO(errno.ENOSYS), "clone3")
    for flag in NAMESPACES.values():
        spaces.add_rule(ERRNO(errno.EPERM), "clone", Arg(0, MASKED_EQ, flag, flag))
    spaces.load()


def main():
    """Loads the filters and becomes the program."""
    unit, words = Unit(sys.argv[1]), sys.argv[2:]
    place = next(index for index, word in enumerate(words) if not word.startswith("-"))
    taken, program = [word[1:] for word in words[:place]], words[place:]
    # What is filtered first must leave room for the filters that follow.
    filter_families(unit)
    if unit.says("MemoryDenyWriteExecute"):
        filter_code()
    if unit.says("RestrictNamespaces"):
        filter_namespaces()
    filter_calls(unit, taken)
    os.execv(program[0], program)


if __name__ == "__main__":
    main()

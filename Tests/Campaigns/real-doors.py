#!/usr/bin/env python3
"""Debian's sshd and nginx, with the shipped snippets, before the real daemon: who gets what in where.

Two teams and an officer push and pull as people do, with `sftp`, `scp`, `curl` and what WinSCP sends;
then they try what they must not. Whatever a try leaves behind that it should not counts as a failure.

Needs root, for accounts and servers; it all happens in namespaces of its own.
"""

import argparse
import shutil
import subprocess
import sys

import door_tries
from door_book import Book
from door_stage import Stage, enter_namespaces
from installation import find_binary, scratch_folder


def main():
    """Reads the command line and runs it all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    parser.add_argument("--uploads", type=int, default=0, metavar="N",
                        help="this many uploads more, half of them cut")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    arguments = parser.parse_args()
    binary = find_binary(arguments.binary)
    enter_namespaces()
    folder, book = scratch_folder(), Book()
    stage = Stage(folder, binary)
    try:
        door_tries.run_all(stage, book, arguments.uploads, arguments.seed)
        book.expect("the daemon ends in good order", stage.stop(), 0)
    except Exception:
        for name in ("log", "sshd.log", "nginx.log"):
            if (folder / name).exists():
                print(f"--- {name}", (folder / name).read_text(errors="replace")[-3000:], sep="\n")
        raise
    finally:
        subprocess.run(["umount", "/etc"], check=False)
        shutil.rmtree(folder, ignore_errors=True)
    return book.close()


if __name__ == "__main__":
    sys.exit(main())

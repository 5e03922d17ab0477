#!/usr/bin/env python3
"""Holds the unit files, and what makes the user and the folders, against systemd's own tools.

`systemd-analyze verify` finds nothing, `security` no more exposure than docs/hardening.md says,
every time of a timer comes, and `systemd-sysusers` and `systemd-tmpfiles` make in a folder what an
installation needs. Needs no systemd that runs, and no build.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from installation import REPOSITORY
from unitfile import Unit

UNITS = REPOSITORY / "systemd"
PAGE = REPOSITORY / "docs/hardening.md"
SYSTEM = Path("usr/lib/systemd/system")
# The most that `systemd-analyze security` may find, out of 10.
LIMITS = {"jalon.service": 0.3, "jalon-evaluate.service": 0.3, "jalon-backup.service": 0.3,
          "jalon-metrics.service": 0.3, "jalon-courier.service": 1.0}
FOLDERS = {"var/lib/jalon": ("jalon", "jalon", 0o750),
           "var/backups/jalon": ("jalon", "jalon", 0o750),
           "srv/jalon": ("root", "jalon-doors", 0o750)}
# What each unit says of its own program, files and network; the last is the calls of a server.
OWN = (r"#|\[|$|Description|Requires|After|Wants|StartLimit|Type|Exec|Restart(=|Sec|Prevent)|"
       r"Timeout|Watchdog|Condition|StateDirectory|UMask|ReadWritePaths|InaccessiblePaths|"
       r"PrivateNetwork|IPAddress|"
       r"RestrictAddressFamilies|MemoryMax|WantedBy|SystemCallFilter=~accept")


def run(*words):
    """Runs a tool to its end."""
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60)


def make_root(root):
    """A system's root with the units in it, and the programs that they start."""
    shutil.copytree("/" / SYSTEM, root / SYSTEM, symlinks=True)
    for unit in UNITS.glob("jalon*.*"):
        shutil.copy(unit, root / SYSTEM)
    for program in ("jalon", "sh"):
        (root / "usr/bin").mkdir(parents=True, exist_ok=True)
        (root / "usr/bin" / program).write_text("#!/bin/sh\n")
        (root / "usr/bin" / program).chmod(0o755)
    for kind in ("sysusers.d", "tmpfiles.d"):
        (root / "usr/lib" / kind).mkdir(parents=True)
        for file in (REPOSITORY / "config" / kind).iterdir():
            shutil.copy(file, root / "usr/lib" / kind)
    (root / "etc").mkdir()


def verified(root):
    """What systemd finds wrong with the units."""
    names = sorted(path.name for path in UNITS.glob("jalon*.*"))
    done = run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", f"--root={root}",
               *names)
    if done.returncode != 0 or done.stderr:
        yield from done.stderr.splitlines() or [f"verify: status {done.returncode}"]
    if set(LIMITS) != {name for name in names if name.endswith(".service")}:
        yield f"a limit for each of {names}, and for nothing else"


def exposed(_):
    """Units that are more exposed than they may be, or than the page says."""
    page = PAGE.read_text()
    for unit, limit in LIMITS.items():
        done = run("systemd-analyze", "security", "--offline=true", "--no-pager",
                   f"--threshold={limit * 10:.0f}", UNITS / unit)
        found = re.search(r"Overall exposure level for \S+ ([0-9.]+)", done.stdout)
        level = found[1] if found else done.stderr
        if done.returncode != 0:
            yield f"{unit}: exposed {level}, at most {limit}"
        if not re.search(rf"(?m)^\| `{re.escape(unit)}` \| {re.escape(level)} \|", page):
            yield f"{unit}: {PAGE.name} has another figure than {level}"


def timed(_):
    """Times of the timers that never come."""
    for timer in UNITS.glob("*.timer"):
        times = re.findall(r"(?m)^OnCalendar=(.*)$", timer.read_text())
        for time in times:
            done = run("systemd-analyze", "calendar", time)
            if done.returncode != 0 or "Next elapse: never" in done.stdout:
                yield f"{timer.name}: {time}: {done.stdout}{done.stderr}"
        if not times:
            yield f"{timer.name}: no time"
        if not timer.with_suffix(".service").exists():
            yield f"{timer.name}: no service"


def made(root):
    """What is not made as it should be: user, group and folders."""
    for words in (["systemd-sysusers", "--dry-run"], ["systemd-sysusers"],
                  ["systemd-tmpfiles", "--create"]):
        if words[0] == "systemd-tmpfiles" and os.geteuid() != 0:
            print("  folders: skipped, only root gives them to another user")
            return
        done = run(*words, f"--root={root}")
        if done.returncode != 0:
            yield f"{' '.join(words)}: {done.stderr}"
            return
    users = dict(line.split(":", 1) for line in (root / "etc/passwd").read_text().splitlines())
    group = dict(line.split(":", 1) for line in (root / "etc/group").read_text().splitlines())
    if not re.fullmatch(r"x:\d+:\d+:[^:]*:/var/lib/jalon:/usr/sbin/nologin",
                        users.get("jalon", "")):
        yield f"the user jalon: {users.get('jalon')}"
        return
    if group["jalon-doors"].split(":")[2] != "jalon":
        yield f"the group jalon-doors: {group['jalon-doors']}"
    owners = {"jalon": int(users["jalon"].split(":")[1]), "root": 0}
    for path, (owner, members, mode) in FOLDERS.items():
        status = (root / path).stat()
        found = (status.st_uid, status.st_gid, oct(status.st_mode & 0o7777))
        if found != (owners[owner], int(group[members].split(":")[1]), oct(mode)):
            yield f"/{path}: {found} instead of {owner}:{members} {oct(mode)}"


def agreed(_):
    """Where cron, the units and the settings of both do not say the same."""
    starts = {unit: re.search(r"(?m)^ExecStart=(.*)$", (UNITS / unit).read_text())[1]
              for unit in LIMITS}
    cron = [line.split(None, 6) for line in
            (REPOSITORY / "config/cron.d/jalon").read_text().splitlines() if line[:1].isdigit()]
    wanted = sorted([starts["jalon-evaluate.service"], starts["jalon-backup.service"]])
    if sorted(line[6].removesuffix(" >/dev/null") for line in cron) != wanted:
        yield f"cron runs {[line[6] for line in cron]}, the timers {wanted}"
    if any(line[5] != "jalon" or "%" in line[6] for line in cron):
        yield "cron runs as another user, or has a % that it takes for a line end"
    # Otherwise the units say the same, and one that loses a line is found out.
    sandboxes = {unit: {line for line in (UNITS / unit).read_text().splitlines()
                        if not re.match(OWN, line)} for unit in LIMITS}
    for unit, sandbox in sandboxes.items():
        for line in sandbox ^ sandboxes["jalon.service"]:
            yield f"{unit} and jalon.service differ: {line}"


CHECKS = [verified, exposed, timed, made, agreed]


def main():
    """Runs all checks; gives the exit status."""
    count = 0
    with tempfile.TemporaryDirectory(prefix="jalon-units-") as folder:
        root = Path(folder)
        make_root(root)
        for check in CHECKS:
            for fault in check(root):
                print(f"{check.__name__}: {fault}")
                count += 1
    calls = list(Unit("jalon.service").system_calls().values())
    print(f"units: {len(LIMITS)} services, {calls.count('kill')} of {len(calls)} system calls "
          f"forbidden to the daemon, {count} faults")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

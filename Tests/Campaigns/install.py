#!/usr/bin/env python3
"""Installs the package in a clean Debian, uses it, upgrades it, removes and purges it.

usage: install.py --package FOLDER [--keep]

First by chroot, where the services' own commands are run as systemd would run them; at the end on a
machine booted from the same files, where dpkg and systemd deal with each other. Needs root.
"""

import argparse
import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from clean_debian import QUIET, CleanDebian, in_private_mounts
from installation import wait_until
from installed_machine import boot
from shells import Shells, check_completion

PROJECT = "CAMPUS-002"
PHASE = "P1"
REPORT = """\
periode;indicateur;valeur;preuve
2021-Q2;agents-vises;1200;constaté
2021-Q2;agents-atteints;40;constaté
"""
DATA = ["/var/lib/jalon", "/srv/jalon", "/etc/jalon/portfolio"]


class Step:
    """One step of the test: says its name, and then what was found."""

    def __init__(self, name):
        print(f"install: {name}", flush=True)

    def expect(self, truth, fault):
        """Ends the test unless something is true."""
        if not truth:
            raise SystemExit(f"install: FAULT: {fault}")


def unit(debian, name):
    """The settings of a unit of the package, by name; the last of each counts."""
    text = debian.path(f"/lib/systemd/system/{name}").read_text()
    return dict(re.findall(r"^(\w+)=(.*)$", text, flags=re.M))


def install(debian, package):
    """apt installs it, with what it depends on."""
    step = Step("apt install")
    shutil.copy(package, debian.path("/root/jalon.deb"))
    debian.apt("install", "--no-install-recommends", "/root/jalon.deb")
    debian.apt("install", "--no-install-recommends", "man-db", "bash-completion", "zsh", "fish")
    step.expect("ii" in debian.run("dpkg", "-l", "jalon"), "dpkg does not have it")
    step.expect(debian.run("ldd", "/usr/bin/jalon").count("not found") == 0, "libraries missing")
    step.expect("swift" not in debian.run("ldd", "/usr/bin/jalon"), "Swift's own are not linked in")
    size = debian.path("/usr/bin/jalon").stat().st_size
    print(f"         {Path(package).name}: {Path(package).stat().st_size / 1e6:.1f} MB, "
          f"the program {size / 1e6:.1f} MB")


def look(debian):
    """Users, folders, permissions, links that start the services."""
    step = Step("users, files, permissions")
    user = re.search(r"^jalon:x:(\d+):(\d+):[^:]*:/var/lib/jalon:/usr/sbin/nologin$",
                     debian.path("/etc/passwd").read_text(), flags=re.M)
    step.expect(user and int(user[1]) < 1000, "no system user jalon")
    (number, group) = (int(user[1]), int(user[2]))
    for name, mode, owner in [("/var/lib/jalon", 0o750, number), ("/srv/jalon", 0o750, 0),
                              ("/etc/jalon", 0o755, 0), ("/etc/jalon/portfolio", 0o755, 0)]:
        state = debian.path(name).stat()
        step.expect(state.st_mode & 0o7777 == mode, f"{name} has mode {state.st_mode & 0o7777:o}")
        step.expect(state.st_uid == owner, f"{name} belongs to {state.st_uid}")
    step.expect(debian.path("/var/lib/jalon").stat().st_gid == group, "the state's group")
    wants = debian.path("/etc/systemd/system")
    for link in ["multi-user.target.wants/jalon.service", "timers.target.wants/jalon-evaluate.timer",
                 "multi-user.target.wants/jalon-courier.service"]:
        step.expect((wants / link).is_symlink(), f"{link} is not enabled")
    for name in debian.path("/lib/systemd/system").glob("jalon*.service"):
        command = shlex.split(unit(debian, name.name)["ExecStart"])
        step.expect(command[0] == "/usr/bin/jalon", f"{name.name} starts {command[0]}")
        step.expect(debian.path(command[0]).exists(), f"no {command[0]}")
    units = sorted(path.name for path in debian.path("/lib/systemd/system").glob("jalon*"))
    complaints = debian.run("systemd-analyze", "verify", *units, expected=(0, 1))
    step.expect("jalon" not in complaints, f"systemd-analyze verify: {complaints}")
    step.expect(not debian.run("dpkg", "--verify", "jalon"), "files differ from the package's")
    step.expect("jalon.json" in debian.run("dpkg-query", "-W", "-f", "${Conffiles}", "jalon"),
                "the configuration is no conffile")


def read(debian):
    """The manual and the completions, as a person finds them."""
    step = Step("manual, completions")
    debian.run("mandb", "--quiet")
    for section, name in [("1", "jalon"), ("5", "jalon.json"), ("5", "jalon-report")]:
        page = debian.run("man", "--warnings", section, name, MANWIDTH="80")
        step.expect("SEE ALSO" in page and "troff" not in page, f"man {name}: {page[:300]}")
    known = debian.run("apropos", "jalon")
    step.expect(known.count("jalon") >= 3, f"apropos: {known}")


def complete(debian, projects, programmes):
    """The shells find the completions by themselves, and offer what is adopted."""
    step = Step("completions of bash, zsh and fish, found by themselves")
    scratch = debian.path("/root/shells")
    scratch.mkdir(exist_ok=True)
    shells = Shells(scratch, before=debian.before(), root=debian.root,
                    environment=QUIET)
    loader = "/usr/share/bash-completion/bash_completion"
    for name, offers in {"bash": lambda line: shells.bash(line, loader), "zsh": shells.zsh,
                         "fish": shells.fish}.items():
        missing = check_completion(offers, "", projects, programmes)
        step.expect(not missing, f"{name}: {'; '.join(missing)}")


def jalon(debian, *words, expected=(0,)):
    """Runs a command as the service's user, with the machine's configuration."""
    return debian.run("/usr/bin/jalon", *words, user="jalon", expected=expected)


def start(debian):
    """Starts the daemon by its unit's own command and user; gives it and its log."""
    settings = unit(debian, "jalon.service")
    log = debian.path("/root/serve.log").open("w+")
    daemon = subprocess.Popen(
        [*debian.before(settings["User"]), *shlex.split(settings["ExecStart"])], stdout=log,
        stderr=log, stdin=subprocess.DEVNULL,
        env=QUIET, umask=int(settings["UMask"], 8))
    said = lambda: debian.path("/root/serve.log").read_text()
    if not wait_until(lambda: "ready" in said() or daemon.poll() is not None, 30):
        raise SystemExit("install: FAULT: the daemon does not become ready: " + said())
    return daemon, said


def stop(daemon, said):
    """Ends the daemon, which has to end in order."""
    daemon.terminate()
    if daemon.wait(timeout=30) != 0:
        raise SystemExit(f"install: FAULT: the daemon ended with {daemon.returncode}: {said()}")


def begin(debian):
    """An empty portfolio: the daemon waits, and the commands say what to do."""
    step = Step("the daemon with an empty portfolio")
    daemon, said = start(debian)
    step.expect(daemon.poll() is None, said())
    step.expect("adopt" in jalon(debian, "flags", expected=(78,)), "no advice to adopt")
    stop(daemon, said)


def adopt(debian):
    """The sample portfolio, as README.Debian tells."""
    step = Step("adopt the sample portfolio, as README.Debian tells")
    examples = "/usr/share/doc/jalon/examples/portfolio/."
    debian.run("cp", "-r", examples, "/etc/jalon/portfolio")
    jalon(debian, "check")
    jalon(debian, "adopt", "--by", "C. Roux", "--reason", "first adoption")
    names = {kind: set(jalon(debian, "help", "--names", kind).split())
             for kind in ("projects", "programmes")}
    step.expect(PROJECT in names["projects"] and len(names["programmes"]) > 10, "too few adopted")
    return names


def open_door(debian):
    """A team's account and folders, by what `jalon team add` prints."""
    step = Step("open a team's door")
    debian.run("sh", "-c", f"jalon team add {PROJECT} | sh -e")
    found = debian.run("jalon", "team", "check", expected=(0, 1))
    step.expect(PROJECT not in found.replace(f"jalon team add {PROJECT}", ""), f"check: {found}")


def push(debian, name="remontee.csv"):
    """A team's file into its depot; gives the receipt."""
    team = debian.path(f"/srv/jalon/{PROJECT}")
    daemon, said = start(debian)
    user = team.joinpath("depot").stat().st_uid
    # From inside its door, where the SSH server would shut it in.
    subprocess.run(["sh", "-c", f"umask 027 && cat > .{name} && mv .{name} {name}"],
                   cwd=team / "depot", user=user, group=user, extra_groups=[], input=REPORT,
                   text=True, check=True, timeout=20)
    receipt = team / "recepisses" / (name + ".receipt.json")
    if not wait_until(receipt.exists, 60):
        raise SystemExit("install: FAULT: no receipt: " + said())
    stop(daemon, said)
    return json.loads(receipt.read_text())


def use(debian):
    """A file becomes a receipt, a judgement and a flag."""
    step = Step("a file, its receipt, the judgement, the flag")
    receipt = push(debian)
    step.expect(receipt["status"] == "accepted" and receipt["rows"] == 2, f"receipt: {receipt}")
    evaluate = shlex.split(unit(debian, "jalon-evaluate.service")["ExecStart"])
    debian.run(*evaluate, user="jalon")
    flags = json.loads(jalon(debian, "flags", "--json"))
    step.expect(PROJECT in json.dumps(flags), f"{PROJECT} is not flagged")
    step.expect(f"{PROJECT}" in jalon(debian, "flags"), "flags does not show it")
    why = jalon(debian, "explain", PROJECT, PHASE)
    step.expect("remontee.csv" in why and "suspendre" in why, f"explain: {why[:600]}")
    jalon(debian, "verify")
    step.expect(not debian.run("find", "/var/lib/jalon", "!", "-user", "jalon"), "owners in STATE")
    step.expect(not debian.run("find", "/var/lib/jalon", "-perm", "/o+rwx"), "others read STATE")


def data(debian):
    """Everything that is kept, by name, with its bytes."""
    return {str(path): path.read_bytes() for name in DATA
            for path in sorted(debian.path(name).rglob("*")) if path.is_file()}


def next_version(debian):
    """The same package with a higher version, and another configuration in it."""
    debian.run("dpkg-deb", "--raw-extract", "/root/jalon.deb", "/root/next")
    control = debian.path("/root/next/DEBIAN/control")
    control.write_text(re.sub(r"(?m)^(Version: .*)$", r"\1+next", control.read_text()))
    shipped = debian.path("/root/next/etc/jalon/jalon.json")
    shipped.write_text(shipped.read_text() + "// of the next version\n")
    debian.run("dpkg-deb", "--root-owner-group", "--build", "/root/next", "/root/next.deb")


def upgrade(debian):
    """The same version again, then the next one, with a configuration that somebody has changed."""
    step = Step("upgrades with a changed configuration")
    path = debian.path("/etc/jalon/jalon.json")
    changed = path.read_text().replace('"doors":', '"locale": "en", "doors":')
    path.write_text(changed)
    kept = data(debian)
    debian.apt("install", "--reinstall", "/root/jalon.deb")
    step.expect(path.read_text() == changed, "the configuration was overwritten")
    next_version(debian)
    debian.apt("install", "-o", "Dpkg::Options::=--force-confold", "/root/next.deb")
    step.expect("+next" in debian.run("dpkg-query", "-W", "jalon"), "it was not upgraded")
    step.expect(path.read_text() == changed, "the upgrade overwrote the configuration")
    step.expect(path.with_name("jalon.json.dpkg-dist").exists(), "the new one is not beside it")
    step.expect(data(debian) == kept, "data changed")
    step.expect("withhold" in jalon(debian, "explain", PROJECT, PHASE), "it is not read")
    debian.run("rm", "/etc/jalon/jalon.json.dpkg-dist")


def remove(debian):
    """Removed, then purged: the data stay, and serve again once it is installed anew."""
    step = Step("apt remove, apt purge: the data stay")
    kept = data(debian)
    step.expect(len(kept) > 20, f"only {len(kept)} files of data")
    debian.apt("remove", "jalon")
    step.expect(not debian.path("/usr/bin/jalon").exists(), "the program stays")
    step.expect(debian.path("/etc/jalon/jalon.json").exists(), "remove took the configuration")
    step.expect(data(debian) == kept, "remove changed data")
    said = debian.apt("purge", "jalon")
    for name in DATA:
        step.expect(f"{name} stays" in said, f"purge does not say that {name} stays: {said}")
    step.expect(not debian.path("/etc/jalon/jalon.json").exists(), "purge left the configuration")
    step.expect(data(debian) == kept, "purge changed data")
    left = debian.run("find", "/usr", "/lib/systemd", "/etc", "-name", "*jalon*",
                      "-not", "-path", "/etc/jalon*")
    step.expect(not left, f"purge leaves {left}")
    step = Step("installed anew: nothing is lost")
    debian.apt("install", "--no-install-recommends", "/root/jalon.deb")
    step.expect(PROJECT in jalon(debian, "flags"), "it is not flagged any more")
    jalon(debian, "verify")
    step.expect(push(debian, "encore.csv")["status"] == "duplicate", "the file is not known")


def boot_it(debian, scratch):
    """The same on a machine that systemd runs."""
    step = Step("a machine booted from it: dpkg and systemd with each other")
    # Purged, for else what is gone from /etc/systemd there would count as disabled by somebody.
    debian.run("dpkg", "--purge", "jalon")
    cannot = boot(debian, scratch / "machine", step.expect, PROJECT,
                  REPORT.replace(";40;", ";41;"))
    print(f"         left out, for no such machine can be booted here: {cannot}" if cannot
          else "         installed, started, used, reloaded, upgraded, removed")


def main():
    """One step after another; the first fault ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", required=True, help="the folder that holds jalon_*.deb")
    parser.add_argument("--keep", action="store_true", help="leave the clean Debian to look at")
    arguments = parser.parse_args()
    in_private_mounts()
    packages = sorted(Path(arguments.package).glob("jalon_*.deb"))
    if len(packages) != 1:
        raise SystemExit(f"{len(packages)} packages in {arguments.package}: make deb")
    scratch = Path(tempfile.mkdtemp(prefix="jalon-install-"))
    try:
        Step("a clean Debian")
        debian = CleanDebian(scratch / "root").make()
        install(debian, packages[0])
        look(debian)
        read(debian)
        begin(debian)
        names = adopt(debian)
        open_door(debian)
        complete(debian, names["projects"], names["programmes"])
        use(debian)
        upgrade(debian)
        remove(debian)
        boot_it(debian, scratch)
    finally:
        if arguments.keep:
            print(f"install: kept in {scratch}")
        else:
            subprocess.run(["umount", "--recursive", "--lazy", *map(str, (
                scratch / "root" / name for name in ("proc", "run", "tmp", "dev")))],
                stderr=subprocess.DEVNULL)
            shutil.rmtree(scratch, ignore_errors=True)
    print("install: no fault")
    return 0


if __name__ == "__main__":
    sys.exit(main())

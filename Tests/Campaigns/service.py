#!/usr/bin/env python3
"""Boots a machine with Jalon's units in it, and lets them work as an installation would.

Nothing is imitated: systemd starts the units as they are shipped, with their users, name spaces,
system-call filters and address lists. Teams drop files as users of their own, a mail server asks
for a password that only systemd may read, timers are waited for by nobody but listed, and a probe
takes the program's place in each unit to try what the unit forbids.

Needs root, overlayfs, cgroup2 and systemd; where such a machine cannot be booted, says so and why.
"""

import argparse
import contextlib
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from booted import CannotBoot, Machine
from installation import (CONFIGURATION, PROGRAMME, REPOSITORY, find_binary, project, report,
                          scratch_folder, wait_until)

PROJECTS = ["ESSAI-1", "ESSAI-2", "ESSAI-3", "ESSAI-4"]
HERE, ELSEWHERE = "127.0.0.1", "192.0.2.1"
TOOLS = "/usr/lib/jalon-campaign"
GOOD = report(("2021-Q1", "agents", "120"), ("2021-Q2", "agents", "350"))
BROKEN = report(("2021-Q1", "agents", "beaucoup"))
PASSWORD = "mot de passe du relais"
# What a unit's text says that is about the program, and not about its sandbox.
LIFE = r"(?m)^(Type|ExecStart|ExecReload|Restart\w*|WatchdogSec)=.*\n"

FORBIDDEN_CALLS = {name: "SIGSYS" for name in (
    "listen", "user namespace", "trace", "mount", "keys", "io_uring", "page faults",
    "kernel program", "change owner")}
EVERYWHERE = {
    "write /etc": "EROFS", "write /var/lib": "EROFS", "write state": "ok",
    "write depot": "EACCES", "write backups": "EROFS", "list doors": "EACCES",
    "list archive": "EACCES", "list /home": "EACCES", "leave in /tmp": "ok",
    "read password": "EACCES", "see process 1": "ENOENT", "see memory": "ENOENT",
    "open a disk": "ENOENT", "local socket": "ok", "internet socket": "EAFNOSUPPORT",
    "netlink socket": "EAFNOSUPPORT", "packet socket": "EAFNOSUPPORT",
    "connect here": "EAFNOSUPPORT", "connect elsewhere": "EAFNOSUPPORT",
    "writable code": "EPERM", "code made": "EPERM", "set-user file": "EPERM",
    "run a program": "EACCES", **FORBIDDEN_CALLS, "listen": "EAFNOSUPPORT",
    "no capability": "ok", "no new privileges": "ok", "no core dump": "ok",
}
# What a probe in the program's place must find.
SANDBOXES = {
    "jalon.service": {"write depot": "ok", "list doors": "ok", "list archive": "ok"},
    "jalon-courier.service": {
        "local socket": "EAFNOSUPPORT", "internet socket": "ok", "connect here": "ok",
        # Its packets are dropped: nobody answers.
        "connect elsewhere": "timeout", "listen": "SIGSYS"},
    "jalon-evaluate.service": {"local socket": "EAFNOSUPPORT"},
    "jalon-backup.service": {"local socket": "EAFNOSUPPORT", "write backups": "ok"},
    "jalon-metrics.service": {
        "local socket": "EAFNOSUPPORT", "list doors": "ok", "write state": "EROFS",
        "write depot": "EROFS", "set-user file": "EROFS"},
}


class Site:
    """Jalon installed in a machine, and what was found wrong there."""

    def __init__(self, machine, binary):
        self.machine = machine
        self.binary = binary
        self.faults = []

    def expect(self, found, wanted, what):
        """Notes a fault where something is not as it should be."""
        if found != wanted:
            self.faults.append(f"{what}: {found!r} instead of {wanted!r}")

    def await_(self, condition, what, seconds=30):
        """Notes a fault where something does not come."""
        if not wait_until(condition, seconds, pause=0.02):
            self.faults.append(f"still not: {what}")

    # What an installation does.

    def install(self):
        """Puts everything where the package puts it."""
        copy = self.machine.write
        copy("/usr/bin/jalon", self.binary.read_bytes(), 0o755)
        for library in foreign_libraries(self.binary):
            copy(f"{TOOLS}/{library.name}", library.read_bytes())
        for unit in (REPOSITORY / "systemd").glob("jalon*.*"):
            copy(f"/usr/lib/systemd/system/{unit.name}", unit.read_bytes())
        for kind in ("sysusers.d", "tmpfiles.d"):
            for file in (REPOSITORY / "config" / kind).iterdir():
                copy(f"/usr/lib/{kind}/{file.name}", file.read_bytes())
        copy(f"{TOOLS}/probe.py", (REPOSITORY / "Tests/Campaigns/probe.py").read_bytes())
        copy(f"{TOOLS}/smtp-server.py",
             (REPOSITORY / "Tests/MailServers/smtp-server.py").read_bytes())
        # Where Swift's libraries are not part of the program, they are in no folder that may run.
        copy("/etc/systemd/system/service.d/libraries.conf",
             f"[Service]\nEnvironment=LD_LIBRARY_PATH={TOOLS}\n")
        self.machine.run("mkdir", "-p", "/var/lib/prometheus/node-exporter")
        self.machine.run("systemd-sysusers")
        self.machine.run("systemd-tmpfiles", "--create", "/usr/lib/tmpfiles.d/jalon.conf",
                         "/usr/lib/tmpfiles.d/jalon-metrics.conf")
        for path, wanted in {"/var/lib/jalon": "jalon jalon 750",
                             "/srv/jalon": "root jalon-doors 750",
                             "/var/backups/jalon": "jalon jalon 750"}.items():
            self.expect(self.owner(path), wanted, path)
        # The teams of this campaign come without the SSH server, which begins inside their doors.
        self.machine.run("chmod", "o+x", "/srv/jalon")

    def owner(self, path):
        """User, group and permissions."""
        return self.machine.run("stat", "-c", "%U %G %a", path).stdout.strip()

    def configure(self, **more):
        """Writes the configuration."""
        content = {**CONFIGURATION, "state": "/var/lib/jalon", "doors": "/srv/jalon",
                   "alerts": {"digest": False}, **more}
        self.machine.write("/etc/jalon/jalon.json", json.dumps(content))

    def open_doors(self):
        """Adopts the portfolio, and gives each team a user and a door of its own."""
        self.machine.write("/etc/jalon/portfolio/programmes/ESSAI.json", json.dumps(PROGRAMME))
        teams = "".join(f"u team-{name.lower()} -\n" for name in PROJECTS)
        self.machine.run("systemd-sysusers", "-", input=teams, stdin=None)
        for name in PROJECTS:
            self.machine.write(f"/etc/jalon/portfolio/projects/{name}.json",
                               json.dumps(project(name)))
            for folder, owner, mode in (("", "root:root", "755"),
                                        ("/depot", f"team-{name.lower()}:jalon-doors", "2770"),
                                        ("/recepisses", "jalon:jalon", "755")):
                path = f"/srv/jalon/{name}{folder}"
                self.machine.run("sh", "-c", f"mkdir {path} && chown {owner} {path} && "
                                             f"chmod {mode} {path}")
        self.jalon("adopt", "--by", "Campagne", "--reason", "essai")

    def jalon(self, *words, **options):
        """Runs a command as the service's user."""
        return self.machine.run("/usr/bin/jalon", *words, user="jalon", **options)

    def drop(self, name, file, content, mode="640"):
        """A team's user drops a file."""
        self.as_team(name, f"umask 027 && cat > depot/.{file} && chmod {mode} depot/.{file} && "
                           f"mv depot/.{file} depot/{file}", input=content.decode(), stdin=None)

    def as_team(self, name, script, team=None, **options):
        """Runs a script as a team's user inside a door, where the SSH server would shut them in."""
        user = f"team-{(team or name).lower()}"
        return self.machine.run(
            "sh", "-c", f"cd /srv/jalon/{name} && exec setpriv --reuid={user} --regid={user} "
                        "--init-groups sh -c \"$0\"", script, **options)

    def receipt(self, name, file):
        """A receipt as its team sees it."""
        done = self.as_team(name, f"cat recepisses/{file}.receipt.json", check=False)
        return json.loads(done.stdout) if done.returncode == 0 else None

    # What systemd says.

    def systemctl(self, *words, check=True):
        """Tells systemd something."""
        return self.machine.run("systemctl", *words, check=check)

    def show(self, unit, name):
        """A property of a unit."""
        return self.systemctl("show", "--value", "--property", name, unit).stdout.strip()

    def journal(self, unit):
        """What a unit has logged."""
        return self.machine.run("journalctl", "-o", "cat", "--no-pager", "-u", unit).stdout

    def has_firewall(self):
        """Whether this kernel can drop a unit's packets; says so where not."""
        logged = self.machine.run("journalctl", "-o", "cat", "--no-pager").stdout
        if missing := "does not support BPF/cgroup firewalling" in logged:
            print("lists of addresses: skipped, this kernel does not hold them")
        return not missing

    def drop_in(self, unit, text):
        """Adds to a unit, as `systemctl edit` does."""
        self.machine.write(f"/etc/systemd/system/{unit}.d/campaign.conf", f"[Service]\n{text}\n")
        self.systemctl("daemon-reload")

    def revert(self, unit):
        """Takes that back."""
        shutil.rmtree(self.machine.path(f"/etc/systemd/system/{unit}.d"))
        self.systemctl("daemon-reload")


def foreign_libraries(binary):
    """The libraries of a program that come from elsewhere than the system's folders."""
    listed = subprocess.run(["ldd", str(binary)], capture_output=True, text=True, check=True).stdout
    paths = [Path(path) for path in re.findall(r"=> (/\S+)", listed)]
    return [path for path in paths if not str(path).startswith(("/lib", "/usr/lib"))]


# The daemon.


def serve(site):
    """Files of two teams are taken, answered and cleared away."""
    site.systemctl("start", "jalon.service")
    site.expect(site.show("jalon.service", "ActiveState"), "active", "the daemon after its start")
    site.drop("ESSAI-1", "T1.csv", GOOD)
    site.drop("ESSAI-2", "T1.csv", BROKEN)
    for name, wanted in (("ESSAI-1", "accepted"), ("ESSAI-2", "rejected")):
        site.await_(lambda: site.receipt(name, "T1.csv"), f"a receipt for {name}")
        site.expect((site.receipt(name, "T1.csv") or {}).get("status"), wanted, name)
        depot = site.machine.path(f"/srv/jalon/{name}/depot")
        site.await_(lambda: not list(depot.iterdir()), f"the depot of {name} is empty")
    # What its team keeps to itself is refused with a receipt, not left to be tried for ever.
    site.drop("ESSAI-1", "prive.csv", GOOD, mode="600")
    site.await_(lambda: site.receipt("ESSAI-1", "prive.csv"),
                "a receipt for a file that cannot be read")
    listing = site.as_team("ESSAI-1", "ls depot", team="ESSAI-2", check=False)
    site.expect(listing.returncode, 2, "another team lists a depot")
    listing = site.machine.run("ls", "/srv/jalon", user="team-essai-1", check=False)
    site.expect(listing.returncode, 2, "an account of the machine lists the doors")


def reload(site):
    """A reload reads the configuration again, and a broken one changes nothing."""
    process = site.show("jalon.service", "MainPID")
    site.configure(locale="en")
    site.systemctl("reload", "jalon.service")
    site.await_(lambda: "configuration read again" in site.journal("jalon.service"), "a reload")
    site.machine.write("/etc/jalon/jalon.json", "{")
    site.systemctl("reload", "jalon.service")
    site.await_(lambda: "the old configuration stays" in site.journal("jalon.service"),
                "a refused reload")
    site.configure()
    site.expect(site.show("jalon.service", "MainPID"), process, "the process after two reloads")
    site.expect(site.show("jalon.service", "NRestarts"), "0", "restarts of the daemon")


def restart(site):
    """What may mend itself is started again; what cannot is not."""
    site.drop_in("jalon.service", "RestartSec=100ms\nWatchdogSec=1")
    site.systemctl("restart", "jalon.service")
    site.systemctl("kill", "--signal=STOP", "jalon.service")
    site.await_(lambda: site.show("jalon.service", "NRestarts") == "1"
                and site.show("jalon.service", "ActiveState") == "active",
                "a daemon that hangs is started again")
    site.systemctl("kill", "--signal=KILL", "jalon.service")
    site.await_(lambda: site.show("jalon.service", "NRestarts") == "2"
                and site.show("jalon.service", "ActiveState") == "active",
                "a daemon that was killed is started again")
    site.machine.write("/etc/jalon/jalon.json", '{"porte": 1}')
    site.systemctl("restart", "jalon.service", check=False)
    site.expect((site.show("jalon.service", "ActiveState"),
                 site.show("jalon.service", "ExecMainStatus"),
                 site.show("jalon.service", "NRestarts")), ("failed", "78", "0"),
                "the daemon with a wrong configuration")
    site.configure()
    # A disk that fails ends with 74, and is tried again.
    site.drop_in("jalon.service", "RestartSec=1ms\nExecStart=\n"
                 "ExecStart=/bin/sh -c 'exit 74'\nNoExecPaths=\nType=exec")
    site.systemctl("start", "jalon.service", check=False)
    site.await_(lambda: site.show("jalon.service", "NRestarts") == "30"
                and site.show("jalon.service", "ActiveState") == "failed",
                "thirty restarts after status 74, and no more")
    site.revert("jalon.service")
    site.systemctl("reset-failed", "jalon.service")
    site.systemctl("start", "jalon.service")


# The others.


def evaluate(site):
    """The evaluation of a timer, and of cron, record what they find."""
    site.systemctl("start", "jalon-evaluate.service")
    site.expect(site.show("jalon-evaluate.service", "Result"), "success", "the evaluation")
    flags = json.loads(site.jalon("flags", "--json").stdout)
    site.expect(bool(flags), True, "flags after an evaluation")


def backup(site):
    """Backups come, and only the newest fourteen stay."""
    folder = site.machine.path("/var/backups/jalon")
    for day in range(1, 21):
        path = folder / f"jalon-2021-07-{day:02}T013000Z.sqlite"
        path.write_bytes(b"old")
        site.machine.run("chown", "jalon:jalon", f"/var/backups/jalon/{path.name}")
    site.systemctl("start", "jalon-backup.service")
    copies = sorted(path.name for path in folder.iterdir())
    site.expect(len(copies), 14, "copies kept")
    site.expect(copies[0], "jalon-2021-07-08T013000Z.sqlite", "the oldest copy kept")
    site.expect(site.owner(f"/var/backups/jalon/{copies[-1]}"), "jalon jalon 600", "a copy")


def metrics(site):
    """The metrics come into the folder of node_exporter, for everybody to read."""
    site.systemctl("start", "jalon-metrics.service")
    path = "/var/lib/prometheus/node-exporter/jalon.prom"
    found = site.machine.run("cat", path, user="team-essai-1", check=False).stdout
    site.expect("# TYPE jalon_" in found, True, f"metrics: {found[:200]!r}")


def timers(site):
    """Every timer has a next time."""
    for path in (REPOSITORY / "systemd").glob("*.timer"):
        timer = path.name
        site.systemctl("start", timer)
        following = site.show(timer, "NextElapseUSecRealtime")
        site.expect(bool(re.search(r"\d\d:\d\d", following)), True, f"{timer}: {following!r}")


def cron(site):
    """Each line for cron does what its timer does, as the same user."""
    lines = [line.split(None, 6) for line in
             (REPOSITORY / "config/cron.d/jalon").read_text().splitlines()
             if line[:1].isdigit() or line.startswith("*")]
    site.expect([line[5] for line in lines], ["jalon", "jalon"], "the users of cron's lines")
    # The same second would want the same name.
    folder = site.machine.path("/var/backups/jalon")
    for newest in sorted(folder.iterdir())[-1:]:
        newest.unlink()
    for line in lines:
        done = site.machine.run("/bin/sh", "-c", line[6], user=line[5])
        site.expect((done.stdout, done.stderr), ("", ""), f"what cron would mail of {line[6]}")
    site.expect(len(list(folder.iterdir())) in (1, 14), True, "a copy by cron's line")


@contextlib.contextmanager
def mail_server(site, address):
    """A mail server in the machine, configured as the relay; gives a count of what came."""
    machine, folder = site.machine, f"/tmp/relay-{address}"
    machine.run("mkdir", folder)
    machine.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=relay",
                "-addext", f"subjectAltName=IP:{address}",
                "-keyout", f"{folder}/key", "-out", f"{folder}/certificate")
    machine.run("cp", f"{folder}/certificate", "/etc/jalon/relay.pem")
    with machine.server(
            "python3", f"{TOOLS}/smtp-server.py", "--folder", folder, "--address", address,
            "--starttls", "--certificate", f"{folder}/certificate", "--key", f"{folder}/key",
            "--require-auth", f"jalon:{PASSWORD}") as port:
        site.configure(mail={
            "transport": "smtp", "from": "Jalon <jalon@example.gouv.fr>",
            "smtp": {"url": f"smtp://{address}:{port}", "user": "jalon",
                     "caFile": "/etc/jalon/relay.pem", "timeoutSeconds": 2}})
        yield lambda: len(list(machine.path(folder).glob("*.eml")))


CREDENTIAL = "LoadCredential=smtp-password:/etc/jalon/smtp-password\n"


def courier(site):
    """Mail goes to a server of this machine, with a password that systemd hands over."""
    waiting = len(json.loads(site.jalon("mail", "--json").stdout)["waiting"])
    site.expect(waiting > 0, True, "messages that wait")
    site.expect(site.machine.run("cat", "/etc/jalon/smtp-password", user="jalon",
                                 check=False).returncode, 1, "jalon reads the password's file")
    with mail_server(site, HERE) as count:
        site.drop_in("jalon-courier.service", CREDENTIAL)
        site.systemctl("start", "jalon-courier.service")
        site.await_(lambda: count() == waiting, f"{waiting} messages at the relay")
        # The daemon is the same user, and sees none of it.
        for unit, wanted in (("jalon-courier.service", True), ("jalon.service", False)):
            seen = site.machine.run(
                "find", f"/proc/{site.show(unit, 'MainPID')}/root/run/credentials", "-name",
                "smtp-password").stdout
            site.expect(bool(seen), wanted, f"{unit} sees the password: {seen}")
        site.systemctl("reload", "jalon-courier.service")
        site.await_(lambda: "configuration read again" in site.journal("jalon-courier.service"),
                    "a reload of the courier")
        site.systemctl("stop", "jalon-courier.service")
        site.expect(site.show("jalon-courier.service", "Result"), "success", "the courier's end")


def relay(site):
    """A relay elsewhere is reached by the drop-in of the documentation, and not without it."""
    if not site.has_firewall():
        return
    text = (REPOSITORY / "docs/hardening.md").read_text()
    lines = re.findall(r"(?m)^IPAddress(?:Deny|Allow)=.*$", text)
    site.expect(bool(lines), True, "a drop-in in docs/hardening.md")
    with mail_server(site, ELSEWHERE) as count:
        site.drop_in("jalon-courier.service", CREDENTIAL)
        site.systemctl("start", "jalon-courier.service")
        site.drop("ESSAI-3", "T1.csv", BROKEN)
        site.await_(lambda: "no mail gets through" in site.journal("jalon-courier.service"),
                    "the courier says that no mail gets through")
        site.expect("IPAddressAllow= of this unit" in site.journal("jalon-courier.service"), True,
                    "and what to do")
        site.expect(count(), 0, "messages that came without the drop-in")
        site.drop_in("jalon-courier.service", CREDENTIAL + "\n".join(lines))
        site.systemctl("restart", "jalon-courier.service")
        # What waited then waits for five minutes; this does not.
        site.drop("ESSAI-4", "T1.csv", BROKEN)
        site.await_(lambda: count() > 0, "a message at the relay elsewhere")
        site.systemctl("stop", "jalon-courier.service")
    site.revert("jalon-courier.service")


def sandboxes(site):
    """A probe in the program's place finds what each unit forbids, and what it allows."""
    machine = site.machine
    machine.run("sh", "-c", "mkdir -p /var/lib/jalon/archive && chown jalon: /var/lib/jalon/archive")
    python = machine.run("readlink", "-f", "/usr/bin/python3").stdout.strip()
    listening = ("import socket\ns = socket.create_server(('0.0.0.0', 0))\n"
                 "print(s.getsockname()[1], flush=True)\nwhile True: s.accept()")
    with machine.server("python3", "-c", listening) as port:
        for unit, own in SANDBOXES.items():
            text = re.sub(LIFE, "", (REPOSITORY / "systemd" / unit).read_text()).replace(
                "[Service]\n", f"[Service]\nType=oneshot\nExecPaths={python}\n"
                f"ExecStart={python} {TOOLS}/probe.py {port}\n")
            machine.write(f"/etc/systemd/system/probe-{unit}", text)
            site.systemctl("daemon-reload")
            site.systemctl("start", f"probe-{unit}", check=False)
            found = dict(re.findall(r"(?m)^([^:\n]+): (\S+)$", site.journal(f"probe-{unit}")))
            if not site.has_firewall():
                own = {**own, "connect elsewhere": found.get("connect elsewhere")}
            for name, wanted in {**EVERYWHERE, **own}.items():
                site.expect(found.get(name), wanted, f"{unit}: {name}")
            site.expect(machine.path("/tmp/jalon-probe").exists(), False, f"{unit}: its own /tmp")


def quiet(site):
    """Not one call of any unit was refused: nothing was killed by the filter, nothing complains."""
    for unit in SANDBOXES:
        for line in site.journal(unit).splitlines():
            if "status=31/SYS" in line or "Operation not permitted" in line:
                site.faults.append(f"{unit}: {line}")


SCENES = [serve, reload, restart, evaluate, backup, metrics, timers, cron, courier, relay, sandboxes,
          quiet]


def run(machine, binary, scenes):
    """Installs it and plays the scenes; gives what was wrong."""
    site = Site(machine, binary)
    site.install()
    site.configure()
    machine.write("/etc/jalon/smtp-password", PASSWORD + "\n", 0o600)
    site.open_doors()
    machine.run("ip", "address", "add", f"{ELSEWHERE}/32", "dev", "lo")
    for scene in scenes:
        before, begun = len(site.faults), time.monotonic()
        try:
            scene(site)
        except Exception as error:  # the other scenes go on
            site.faults.append(f"{type(error).__name__}: {error}")
        found = site.faults[before:]
        print(f"{scene.__name__:<12}{scene.__doc__:<92}{len(found):>2} faults"
              f"{time.monotonic() - begun:>5.0f} s", flush=True)
        for fault in found[:12]:
            print("  " + fault[:600].replace("\n", " | "), flush=True)
    if site.faults:
        for unit in SANDBOXES:
            print(f"{unit}:\n  " + "\n  ".join(site.journal(unit).splitlines()[-12:]))
    return site.faults


def main():
    """Reads the command line and boots the machine."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    parser.add_argument("--short", action="store_true", help="without the scene that waits longest")
    parser.add_argument("--only", nargs="+", metavar="SCENE", help="only these scenes")
    chosen = parser.parse_args()
    binary = find_binary(chosen.binary)
    scenes = [scene for scene in SCENES if scene.__name__ in (chosen.only or [scene.__name__])
              and not (chosen.short and scene is relay)]
    folder = scratch_folder()
    try:
        with Machine(folder / "machine", [f"LD_LIBRARY_PATH={TOOLS}"]) as machine:
            return 1 if run(machine, binary, scenes) else 0
    except CannotBoot as error:
        print(f"units under systemd: skipped, no machine can be booted here ({error})")
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())

"""The package on a machine that systemd runs: what dpkg starts, restarts and stops."""

import json

from booted import CannotBoot, Machine
from installation import wait_until

RUNNING = ["jalon.service", "jalon-courier.service"]
TIMERS = ["jalon-evaluate.timer", "jalon-backup.timer"]


class InstalledMachine:
    """The clean Debian, booted, with the package's file in it."""

    def __init__(self, machine, expect):
        self.machine = machine
        self.expect = expect

    def shows(self, unit, setting):
        """A setting of a unit, as systemd has it."""
        return self.machine.run("systemctl", "show", "--value", "-p", setting, unit).stdout.strip()

    def state(self, unit):
        """Whether it runs."""
        return self.machine.run("systemctl", "is-active", unit, check=False).stdout.strip()

    def dpkg(self, *words):
        """Runs dpkg, whose maintainer scripts now speak to systemd."""
        return self.machine.run("env", "DEBIAN_FRONTEND=noninteractive", "dpkg", *words)

    def wait(self, units, state):
        """Waits until units are in a state."""
        for unit in units:
            came = wait_until(lambda: self.state(unit) == state, 60, pause=0.1)
            self.expect(came, f"{unit} is {self.state(unit)}, not {state}: " + self.journal(unit))

    def journal(self, unit):
        """What the journal has of a unit."""
        return self.machine.run("journalctl", "-u", unit, "-n", "20", "--no-pager").stdout

    def install(self):
        """dpkg enables the services and timers, and starts them."""
        self.dpkg("--install", "/root/jalon.deb")
        self.wait(RUNNING + TIMERS, "active")
        for unit in RUNNING + TIMERS:
            enabled = self.machine.run("systemctl", "is-enabled", unit).stdout.strip()
            self.expect(enabled == "enabled", f"{unit} is {enabled}")
        self.expect(self.shows("jalon.service", "User") == "jalon", "another user")
        self.expect(int(self.shows("jalon.service", "WatchdogTimestampMonotonic")) > 0,
                    "the daemon does not feed the watchdog")
        status = self.machine.run("systemctl", "status", "--no-pager", "jalon").stdout
        self.expect("man:jalon(1)" in status, f"systemctl status: {status}")
        return status

    def work(self, project, text):
        """The daemon takes a file, the evaluation judges; both as units."""
        depot = self.machine.path(f"/srv/jalon/{project}/depot")
        (depot / ".booted.csv").write_text(text)
        (depot / ".booted.csv").rename(depot / "booted.csv")
        receipt = self.machine.path(f"/srv/jalon/{project}/recepisses/booted.csv.receipt.json")
        self.expect(wait_until(receipt.exists, 60), "no receipt: " + self.journal("jalon"))
        status = json.loads(receipt.read_text())["status"]
        self.expect(status == "accepted", f"the file is {status}")
        for name in ("evaluate", "backup"):
            self.machine.run("systemctl", "start", f"jalon-{name}.service")
            result = self.shows(f"jalon-{name}.service", "Result")
            self.expect(result == "success", f"jalon-{name}: {result}")
        copies = list(self.machine.path("/var/backups/jalon").iterdir())
        self.expect(len(copies) > 0, "no copy of the notebook")

    def reload(self):
        """A new configuration is read by the same processes."""
        before = [self.shows(unit, "MainPID") for unit in RUNNING]
        self.machine.run("systemctl", "reload", *RUNNING)
        self.wait(RUNNING, "active")
        self.expect([self.shows(unit, "MainPID") for unit in RUNNING] == before, "they ended")

    def upgrade(self):
        """An upgrade starts the services anew, and leaves what was disabled alone."""
        self.machine.run("systemctl", "disable", "--now", "jalon-backup.timer")
        before = [self.shows(unit, "MainPID") for unit in RUNNING]
        self.dpkg("--install", "--force-confold", "/root/next.deb")
        self.wait(RUNNING, "active")
        after = [self.shows(unit, "MainPID") for unit in RUNNING]
        self.expect(not set(before) & set(after), f"not started anew: {before}, {after}")
        enabled = self.machine.run("systemctl", "is-enabled", "jalon-backup.timer", check=False)
        self.expect(enabled.stdout.strip() == "disabled", "what was disabled is enabled again")

    def remove(self):
        """Removed: nothing of it runs any more."""
        self.dpkg("--remove", "jalon")
        self.wait(RUNNING + TIMERS, "inactive")
        left = self.machine.run("find", "/proc", "-maxdepth", "1", "-user", "jalon").stdout
        self.expect(not left, f"processes of jalon are left: {left}")


def boot(debian, folder, expect, project, text):
    """Boots the clean Debian and goes through it all; gives why not, where it cannot be booted."""
    try:
        with Machine(folder, files=debian.root) as machine:
            machine.run("rm", "-f", "/usr/sbin/policy-rc.d")
            installed = InstalledMachine(machine, expect)
            installed.install()
            installed.work(project, text)
            installed.reload()
            installed.upgrade()
            installed.remove()
    except CannotBoot as reason:
        return str(reason)
    return None

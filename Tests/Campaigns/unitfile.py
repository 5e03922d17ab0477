"""What a unit file says, as far as a sandbox can be made of it."""

import functools
import subprocess
from pathlib import Path

UNITS = Path(__file__).resolve().parents[2] / "systemd"


class Unit:
    """A service of `systemd/`."""

    def __init__(self, name):
        self.name = name
        self.settings = {}
        for line in (UNITS / name).read_text().splitlines():
            if "=" in line and not line.startswith(("#", ";")):
                key, value = line.split("=", 1)
                self.settings.setdefault(key, []).append(value)

    def words(self, key):
        """Every word that a setting was given, in order."""
        return [word for value in self.settings.get(key, []) for word in value.split()]

    def says(self, key):
        """Whether a setting is on."""
        return self.words(key)[-1:] in (["yes"], ["true"], ["on"], ["1"])

    def paths(self, key):
        """The paths of a setting, without what marks them optional."""
        return [word.lstrip("-+") for word in self.words(key)]

    def program(self):
        """The words after the program and its configuration."""
        return self.words("ExecStart")[3:]

    def system_calls(self):
        """What becomes of each call that systemd knows: "allow", "kill", or the error it gives.

        As systemd.exec(5) has it: the first setting is a list of what is allowed, a `~` takes
        calls out of it again, and with `:ERROR` gives them that error. What every program needs
        to start at all is allowed by itself.
        """
        outcomes = {**dict.fromkeys(calls_of("@known"), "kill"),
                    **dict.fromkeys(calls_of("@default"), "allow")}
        for value in self.settings["SystemCallFilter"]:
            is_allowed = not value.startswith("~")
            for word in value.lstrip("~").split():
                name, _, error = word.partition(":")
                for call in calls_of(name):
                    outcomes[call] = "allow" if is_allowed else int(error) if error else "kill"
        return outcomes


@functools.cache
def calls_of(name):
    """The calls of a group, or the one of that name."""
    if not name.startswith("@"):
        return [name]
    listed = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True,
                            text=True, check=True).stdout
    inner = [line.strip() for line in listed.splitlines()[1:]]
    return [call for line in inner if line and not line.startswith("#") for call in calls_of(line)]

"""A clean Debian in a folder: made of this machine's own package sources, entered by chroot.

Services are not started in it (policy-rc.d): process 1 is this machine's. Needs root.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "HOME": "/root",
         "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM": "dumb"}


def in_private_mounts():
    """Starts this program anew where its mounts are its own, and go when it ends."""
    if os.geteuid() != 0:
        raise SystemExit("this needs root: it makes a clean Debian and enters it by chroot")
    if os.environ.get("JALON_PRIVATE_MOUNTS") != "1":
        os.environ["JALON_PRIVATE_MOUNTS"] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable,
                              *sys.argv])


def release():
    """The name of this machine's Debian."""
    return re.search(r"VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text())[1]


def sources():
    """This machine's sources of that Debian, a line each, whatever file they stand in."""
    told = subprocess.run(
        ["apt-get", "indextargets", "--format",
         "$(CREATED_BY)|$(SITE)|$(RELEASE)|$(COMPONENT)|$(SIGNED_BY)"],
        capture_output=True, text=True, check=True, timeout=60).stdout
    lines = []
    for row in told.splitlines():
        kind, site, suite, component, key = row.split("|")
        if kind == "Packages" and suite.startswith(release()) and component == "main":
            signed = f" [signed-by={key}]" if key.startswith("/") else ""
            lines.append(f"deb{signed} {site} {suite} {component}")
    if not lines:
        raise SystemExit("apt names no source of " + release())
    return sorted(set(lines))


class CleanDebian:
    """The folder, and what is run in it."""

    def __init__(self, root):
        self.root = Path(root)

    def make(self):
        """Bootstraps it: the packages that every Debian has, and nothing else."""
        done = subprocess.run(
            ["mmdebstrap", "--quiet", "--variant=minbase", "--mode=root", "--include=apt-utils",
             release(), str(self.root), "-"],
            input="\n".join(sources()) + "\n", text=True, timeout=900, capture_output=True)
        if done.returncode != 0:
            raise SystemExit("mmdebstrap: " + done.stderr)
        self.write("usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755)
        # A minimal Debian of containers leaves manual pages out.
        self.run("sh", "-c", "rm -f /etc/dpkg/dpkg.cfg.d/*")
        for kind, folder in (("proc", "proc"), ("tmpfs", "run"), ("tmpfs", "tmp")):
            subprocess.run(["mount", "-t", kind, kind, str(self.root / folder)], check=True)
        os.chmod(self.root / "tmp", 0o1777)
        (self.root / "dev/pts").mkdir(exist_ok=True)
        subprocess.run(["mount", "--rbind", "/dev", str(self.root / "dev")], check=True)
        self.apt("update")
        return self

    def path(self, name):
        """A path of it, seen from here."""
        return self.root / name.lstrip("/")

    def write(self, name, text, mode=0o644):
        """Writes a file in it."""
        path = self.path(name)
        path.write_text(text)
        path.chmod(mode)

    def before(self, user=None):
        """What goes before a command to run it there, as a user there."""
        return ["chroot", *([f"--userspec={user}:{user}"] if user else []), str(self.root)]

    def run(self, *command, user=None, expected=(0,), seconds=300, **environment):
        """Runs a command in it, and gives what it says on both outputs."""
        done = subprocess.run([*self.before(user), *command], capture_output=True, text=True,
                              timeout=seconds, stdin=subprocess.DEVNULL,
                              env={**QUIET, **environment})
        if done.returncode not in expected:
            raise AssertionError(f"{' '.join(command)}: status {done.returncode}:\n"
                                 f"{done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout + done.stderr

    def apt(self, *words):
        """Runs apt-get, which must not complain."""
        return self.run("apt-get", "-y", "-o", "Dpkg::Use-Pty=0", *words, seconds=900)

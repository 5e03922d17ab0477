"""A machine of its own: systemd as process 1, over this machine's files, in namespaces of its own.

What it writes goes to memory and is forgotten. Of this machine it sees the files of `/`, or of the
root that it is given (not what is mounted elsewhere), and neither its processes, nor its network, nor
its kernel's settings, which are read-only. Needs root, overlayfs and a cgroup2 file system.
"""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

MANAGER = "/lib/systemd/systemd"

# What boots: no more than a service needs, and nothing that would touch the kernel or devices.
TARGET = """\
[Unit]
Description=A machine for Jalon's units
Requires=basic.target systemd-journald.service
After=basic.target systemd-journald.service
AllowIsolate=yes
"""
MASKED = [
    "dev-hugepages.mount", "dev-mqueue.mount", "e2scrub_reap.service", "kmod-static-nodes.service",
    "ldconfig.service", "proc-sys-fs-binfmt_misc.automount", "proc-sys-fs-binfmt_misc.mount",
    "sys-fs-fuse-connections.mount", "sys-kernel-config.mount", "sys-kernel-debug.mount",
    "sys-kernel-tracing.mount", "systemd-binfmt.service", "systemd-firstboot.service",
    "systemd-hwdb-update.service", "systemd-modules-load.service", "systemd-pstore.service",
    "systemd-random-seed.service", "systemd-remount-fs.service", "systemd-sysctl.service",
    "systemd-sysusers.service", "systemd-timesyncd.service", "systemd-tmpfiles-setup-dev.service",
    "systemd-tmpfiles-setup.service", "systemd-udev-trigger.service", "systemd-udevd.service",
    "systemd-udevd-control.socket", "systemd-udevd-kernel.socket", "systemd-update-utmp.service",
    "systemd-journal-catalog-update.service", "systemd-journald-audit.socket",
]

# Runs with its own namespaces; $1 is an empty folder.
BOOT = r"""
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs "$1"
cd "$1"
mkdir changes work root
mount -t overlay overlay -o lowerdir="$FILES",upperdir=changes,workdir=work root
cd root
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/pts dev/shm
for device in full null random tty urandom zero; do
  touch dev/$device
  mount --bind /dev/$device dev/$device
done
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
rm -rf etc/systemd/system
mkdir -p etc/systemd/system outside
printf %s "$TARGET" > etc/systemd/system/jalon-campaign.target
for unit in $MASKED; do ln -s /dev/null etc/systemd/system/$unit; done
pivot_root . outside
umount -l outside
# As systemd does where it is not in a container: credentials come by propagation.
mount --make-rshared /
exec env -i container=jalon-campaign PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --unit=jalon-campaign.target --log-target=journal --show-status=0
"""


class CannotBoot(Exception):
    """Why there is no such machine here."""


class Machine:
    """A machine, for as long as it is the subject of a `with`."""

    def __init__(self, folder, environment=(), files="/"):
        self.folder = Path(folder)
        self.files = str(files)
        self.environment = environment
        self.process = None

    def __enter__(self):
        if os.geteuid() != 0:
            raise CannotBoot("only root can")
        if not Path(MANAGER).exists():
            raise CannotBoot("no systemd is installed")
        groups = control_groups()
        self.group = groups / f"jalon-campaign-{os.getpid()}"
        # What campaigns that were killed have left.
        for left in groups.glob("jalon-campaign-*"):
            if not Path("/proc", left.name.rpartition("-")[2]).exists():
                remove_groups(left)
        try:
            self.group.mkdir()
        except OSError as error:
            raise CannotBoot(f"no control group: {error}") from error
        try:
            self.boot()
        except BaseException:
            self.__exit__()
            raise
        return self

    def boot(self):
        """Starts it, and waits until it is up."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # In its control group before it takes that group's namespace.
        self.process = subprocess.Popen(
            ["sh", "-c", f'echo $$ > "{self.group}/cgroup.procs" && exec "$@"', "sh",
             # It goes with this process, however that ends.
             "setpriv", "--pdeathsig=KILL",
             "unshare", "--mount", "--pid", "--fork", "--uts", "--ipc", "--net", "--cgroup",
             "--kill-child=KILL", "sh", "-c", BOOT, "sh", str(self.folder)],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TARGET": TARGET,
                 "FILES": self.files,
                 "MASKED": " ".join(MASKED)},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise CannotBoot(self.process.stderr.read().strip() or "systemd ended")
            self.manager = first_process(self.process.pid)
            if self.manager and self.run("systemctl", "is-active", "jalon-campaign.target",
                                         check=False).stdout == "active\n":
                return
            time.sleep(0.05)
        raise CannotBoot("systemd does not come up in a minute")

    def __exit__(self, *_):
        if self.process:
            self.process.kill()
            self.process.communicate()
        for _ in range(200):
            if remove_groups(self.group):
                return
            time.sleep(0.02)
        raise SystemExit(f"cannot remove {self.group}")

    def run(self, *words, check=True, user=None, **options):
        """Runs a command in it to its end, as root or as another user."""
        if user:
            words = ("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *words)
        done = subprocess.run(self.inside(*words), capture_output=True, text=True, timeout=120,
                              **{"stdin": subprocess.DEVNULL, **options})
        if check and done.returncode != 0:
            raise AssertionError(f"{' '.join(words)}: status {done.returncode}: "
                                 f"{done.stdout}{done.stderr}")
        return done

    @contextlib.contextmanager
    def server(self, *words):
        """Runs a server in it for as long as it is the subject of a `with`; gives its first line."""
        # `nsenter` forks: both have to go.
        process = subprocess.Popen(self.inside(*words), stdout=subprocess.PIPE, text=True,
                                   stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        try:
            yield process.stdout.readline().strip()
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def inside(self, *words):
        """A command line that runs there."""
        return ["nsenter", f"--target={self.manager}", "--all", "env", "-i", "-C", "/",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", *self.environment, *words]

    def path(self, path):
        """A file of it, as this machine sees it."""
        return Path(f"/proc/{self.manager}/root") / path.lstrip("/")

    def write(self, path, content, mode=0o644):
        """Writes a file in it, and the folders above."""
        file = self.path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        file.chmod(mode)


def control_groups():
    """Where the control groups of version 2 are."""
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, path, kind, options, *_ = line.split()
        if kind == "cgroup2" and "rw" in options.split(","):
            return Path(path)
    raise CannotBoot("no cgroup2 file system is mounted")


def first_process(parent):
    """The process of a child of `unshare`, once it is systemd."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        if children and Path(f"/proc/{children[0]}/comm").read_text() == "systemd\n":
            return int(children[0])
    except OSError:
        pass
    return None


def remove_groups(group):
    """Whether a control group and those inside are gone."""
    for inner in [*sorted(group.rglob("*/"), reverse=True), group]:
        try:
            inner.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return False
    return True

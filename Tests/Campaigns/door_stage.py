"""The stage of `real-doors.py`: Debian's sshd and nginx with the shipped snippets, in namespaces of
their own.

The accounts, the servers' settings, their ports and the doors are made in a private copy of /etc,
on private /srv, /run and /var/log, in a network of its own: the machine's own are out of reach, and
all of it is gone when the campaign ends, however it ends.
"""

import fcntl
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

from installation import REPOSITORY, Installation, wait_until

DOORS = Path("/srv/jalon")
INSIDE = "JALON_DOORS_STAGE"
# Accounts of the campaign are told by their numbers: nobody else's are so high.
FIRST_ACCOUNT = 61000
LAST_ACCOUNT = 61999
# Nothing is found by a scan, and nothing that may be cut is taken, before that is wanted.
PATIENT = {"settleSeconds": 0.2, "scanSettleSeconds": 3600, "rescanSeconds": 2}
IMPATIENT = {"settleSeconds": 0.2, "scanSettleSeconds": 0.2, "rescanSeconds": 0.5}
# As delivered: what a client does to a file just after it has come falls in between.
AS_DELIVERED = {"settleSeconds": 2, "scanSettleSeconds": 3600, "rescanSeconds": 60}
# Only what is taken at once is taken.
UNHURRIED = {"settleSeconds": 3600, "scanSettleSeconds": 3600, "rescanSeconds": 3600}


def enter_namespaces():
    """Starts this program again in namespaces of its own; says so and gives up where it may not."""
    if os.environ.get(INSIDE):
        return
    command = ["unshare", "--mount", "--net", "--ipc", "--pid", "--fork", "--kill-child",
               "--mount-proc", "--propagation", "private"]
    if os.geteuid() != 0:
        print("real doors: skipped, accounts and servers need root")
        raise SystemExit(0)
    if subprocess.run([*command, "true"], capture_output=True).returncode != 0:
        print("real doors: skipped, no namespaces can be made here")
        raise SystemExit(0)
    done = subprocess.run([*command, sys.executable, *sys.argv], env={**os.environ, INSIDE: "1"})
    raise SystemExit(done.returncode)


def run(*words, **options):
    """Runs an administrator's command; fails where it does."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, words))}: {done.stderr}")
    return done.stdout


def bring_up_loopback():
    """Ports are free in a network that nobody else is in."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh", b"lo", 0x1 | 0x40)  # IFF_UP | IFF_RUNNING
        fcntl.ioctl(any_socket, 0x8914, request)  # SIOCSIFFLAGS


class Stage:
    """An installation as docs/doors.md describes it."""

    def __init__(self, folder, binary):
        self.folder = folder
        self.processes = []
        self._mount()
        # Where every account may run it.
        self.binary = Path("/run/jalon")
        shutil.copy2(binary, self.binary)
        folder.chmod(0o755)
        self.installation = DoorInstallation(folder, self.binary)

    def _mount(self):
        etc = self.folder / "etc"
        etc.mkdir()
        run("cp", "-a", "/etc/.", etc)
        run("mount", "--bind", etc, "/etc")
        for path in ("/srv", "/run", "/var/log"):
            run("mount", "-t", "tmpfs", "-o", "mode=755", "jalon", path)
        for path in ("/run/sshd", "/var/log/nginx"):
            Path(path).mkdir()
        bring_up_loopback()

    # MARK: What an administrator does once (docs/doors.md)

    def set_up(self, projects, intake):
        """Accounts of the service, doors' root, portfolio and configuration."""
        defaults = Path("/etc/login.defs")
        defaults.write_text(defaults.read_text()
                            + f"\nUID_MIN {FIRST_ACCOUNT}\nUID_MAX {LAST_ACCOUNT}\n")
        # This machine may have them already; these are the private copies.
        for words in (("userdel", "jalon"), ("groupdel", "jalon-doors"),
                      ("groupdel", "jalon-teams"), ("groupdel", "jalon-officers")):
            subprocess.run(words, capture_output=True)
        self.do_as_documented("1. Accounts and folders, once")
        self.installation.create(projects, intake)
        run("chown", "-R", "jalon:jalon", self.installation.state)

    @staticmethod
    def do_as_documented(heading):
        """Runs the commands below a heading of docs/doors.md, word for word but for what installs
        packages, starts services, or is for a person to do."""
        page = (REPOSITORY / "docs/doors.md").read_text()
        block = page.split(f"\n## {heading}\n")[1].split("```sh\n")[1].split("\n```")[0]
        left_out = ("apt-get ", "nano ", "sshd -t", "nginx -t", "htpasswd ")
        lines = [line for line in block.splitlines() if not line.startswith(left_out)]
        run("sh", "-eu", "-c", "\n".join(lines), cwd=REPOSITORY)

    def install_snippets(self):
        """The two snippets, word for word; the main configurations are Debian's."""
        for name in ("sshd_config.d/jalon.conf", "../nginx/sites-enabled/jalon",
                     "../nginx/sites-enabled/default"):
            Path("/etc/ssh", name).unlink(missing_ok=True)
        self.do_as_documented("3. The door by SFTP")
        self.do_as_documented("4. The door by HTTPS")
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=depot.example.gouv.fr",
            "-addext", "subjectAltName=DNS:depot.example.gouv.fr",
            "-keyout", "/etc/ssl/private/jalon.key", "-out", "/etc/ssl/certs/jalon.pem")
        run("ssh-keygen", "-A")

    def start_servers(self):
        """Checks both configurations, then starts both servers."""
        run("/usr/sbin/sshd", "-t")
        run("/usr/sbin/nginx", "-t")
        self.processes.append(self._serve("sshd", ["/usr/sbin/sshd", "-D", "-e"]))
        self.processes.append(self._serve("nginx", ["/usr/sbin/nginx", "-g", "daemon off;"]))
        for port in (22, 443):
            if not wait_until(lambda: self._answers(port)):
                raise AssertionError(f"nothing answers on port {port}")

    def _serve(self, name, command):
        with open(self.folder / f"{name}.log", "ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    @staticmethod
    def _answers(port):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    def start_daemon(self):
        """The daemon, as the account that it runs as in service."""
        self.daemon = self.installation.start(
            ["setpriv", "--reuid", "jalon", "--regid", "jalon", "--init-groups", "--no-new-privs"])
        if not wait_until(lambda: b"ready: " in self.installation.log_since(0)):
            raise AssertionError("the daemon does not start: " + self.installation.log_tail())

    def reconfigure(self, intake):
        """Changes how the daemon takes files in, and waits until it does."""
        size = self.installation.log_size()
        self.installation.configure(intake)
        self.daemon.send_signal(signal.SIGHUP)
        if not wait_until(lambda: b"configuration read again" in self.installation.log_since(size)):
            raise AssertionError("SIGHUP is not heard: " + self.installation.log_tail())

    def stop(self):
        """Ends what was started; the namespaces end the rest."""
        status = self.installation.stop(self.daemon) if hasattr(self, "daemon") else 0
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=10)
        return status

    # MARK: Those who come

    def make_key(self, account):
        """A key for an account, installed as the administrator does."""
        key = self.folder / f"key-{account}"
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
        run("install", "-m", "644", f"{key}.pub", f"/etc/ssh/jalon-keys/{account}")
        return key

    def set_password(self, project, password):
        """A password of the door by HTTPS."""
        run("htpasswd", "-B", "-b", "/etc/nginx/jalon.htpasswd", project, password)


class DoorInstallation(Installation):
    """An installation whose doors are where a service has them."""

    def __init__(self, folder, binary):
        super().__init__(folder, binary)
        self.doors = DOORS

    def create(self, projects, intake):
        """Configuration, portfolio and an empty state."""
        super().create(projects)
        self.configure(intake)
        self.state.mkdir()
        return self

    def configure(self, intake):
        """Writes the configuration."""
        self.write("jalon.json", {"doors": str(DOORS), "locale": "fr", "intake": intake})

"""Running programs, and what they cost."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path


def fail(message):
    raise SystemExit(f"bench: {message}")


def run(command, **options):
    """Runs a command to its end: seconds and peak memory in MB."""
    options.setdefault("stdout", subprocess.DEVNULL)
    options.setdefault("stderr", subprocess.PIPE)
    start = time.perf_counter()
    process = subprocess.Popen(command, **options)
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        fail(f"{' '.join(map(str, command))[:200]}: status {process.returncode}\n"
             + errors.decode(errors="replace")[-2000:])
    return seconds, usage.ru_maxrss / 1024


def output(command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def median(values):
    return sorted(values)[len(values) // 2]


class Daemon:
    """A running `jalon serve`, and what its log and the kernel tell of it."""

    def __init__(self, binary, configuration, prefix=(), words=("serve", "--no-mail")):
        self.log = Path(configuration).with_suffix(".log")
        self.start = time.perf_counter()
        self.process = subprocess.Popen(
            [*prefix, binary, "--config", configuration, *words],
            stdout=subprocess.DEVNULL, stderr=open(self.log, "wb"))

    def wait_for(self, text, count=1, limit=600):
        """Waits until the log has a text so many times."""
        found, tail, needle = 0, b"", text.encode()
        with open(self.log, "rb") as log:
            while found < count:
                piece = log.read()
                if not piece:
                    if self.process.poll() is not None:
                        fail(f"the daemon ended: {self.log.read_text()[-2000:]}")
                    if time.perf_counter() - self.start > limit:
                        fail(f"waited {limit} s for {count} × '{text}', saw {found}")
                    time.sleep(0.002)
                    continue
                lines = tail + piece
                cut = lines.rfind(b"\n") + 1
                found += lines[:cut].count(needle)
                tail = lines[cut:]

    def memory(self, *names):
        """Fields of /proc/PID/status in MB, such as VmRSS, RssAnon, VmHWM."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return [int(re.search(rf"{name}:\s+(\d+) kB", status)[1]) / 1024 for name in names]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        start = time.perf_counter()
        self.process.wait(timeout=30)
        return time.perf_counter() - start


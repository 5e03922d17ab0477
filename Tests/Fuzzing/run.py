#!/usr/bin/env python3
"""Fuzzes every reader with libFuzzer and AddressSanitizer, and tells what came of it.

Each format starts from its kept corpus and dictionary and runs for the same time, two formats at
once. What breaks a property, crashes, hangs or takes too much memory is kept under `Findings/`,
with the format's name, and makes the run fail. `--keep` adds what reached new code to the corpus,
as few and as short inputs as do it.

Needs Python 3 and the Swift toolchain alone.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
SCRATCH = REPOSITORY / ".build-fuzz"
FINDINGS = HERE / "Findings"
# One input may take that long, and the process that much memory, before it counts as a finding.
INPUT_SECONDS = 10
MEMORY_MIB = 1024
# A corpus that everybody clones and every `make test` replays stays small.
CORPUS_BYTES = 40_000
CORPUS_FILES = 100

ENVIRONMENT = {
    **os.environ,
    # Swift's own crash handler would take minutes and libFuzzer's place.
    "SWIFT_BACKTRACE": "enable=no",
    # Leaks are looked for with ptrace, which containers forbid; the daemon's memory has a bench.
    "ASAN_OPTIONS": "detect_leaks=0:quarantine_size_mb=32:malloc_context_size=8",
}


def build(swift):
    """Builds the fuzzer apart from everything else."""
    flags = ["--explicit-target-dependency-import-check", "error", "-c", "release",
             "--scratch-path", str(SCRATCH), "--product", "JalonFuzz",
             "-Xswiftc", "-sanitize=fuzzer,address",
             # Debian's gold falls over the sanitizer's symbols; lld comes with the toolchain.
             "-Xswiftc", "-use-ld=lld"]
    subprocess.run([swift, "build", *flags], cwd=REPOSITORY, check=True, stdout=sys.stderr,
                   env={**os.environ, "JALON_FUZZ": "1"})
    return SCRATCH / "release" / "JalonFuzz"


def targets(binary):
    """Each format with the longest input worth trying."""
    listed = subprocess.run([binary], capture_output=True, text=True, check=True, timeout=60,
                            env={**ENVIRONMENT, "FUZZ_TARGET": ""})
    return [(name, int(longest)) for name, longest in
            (line.split() for line in listed.stdout.splitlines())]


class Run:
    """One format, fuzzed for a while."""

    def __init__(self, binary, name, longest, folder):
        self.binary = binary
        self.name = name
        self.longest = longest
        self.kept = HERE / "Corpus" / name
        self.found = folder / name
        self.found.mkdir()
        self.log = ""
        self.seconds = 0

    def fuzzer(self, *options, timeout):
        """Runs libFuzzer on this format; gives all it says."""
        done = subprocess.run(
            [self.binary, f"-max_len={self.longest}", f"-timeout={INPUT_SECONDS}",
             f"-rss_limit_mb={MEMORY_MIB}", *options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout,
            env={**ENVIRONMENT, "FUZZ_TARGET": self.name})
        self.log = done.stdout.decode(errors="replace")
        return done.returncode

    def fuzz(self, seconds):
        """Looks for new inputs; gives itself."""
        FINDINGS.mkdir(exist_ok=True)
        started = time.monotonic()
        self.status = self.fuzzer(
            f"-max_total_time={seconds}", f"-artifact_prefix={FINDINGS}/{self.name}-",
            f"-dict={HERE}/Dictionaries/{self.name}.dict", "-print_final_stats=1",
            "-use_value_profile=1", str(self.found), str(self.kept), timeout=seconds + 300)
        self.seconds = time.monotonic() - started
        return self

    def keep(self):
        """Merges what was found into the kept corpus, which is minimised with it."""
        merged = self.found.with_suffix(".merged")
        merged.mkdir()
        if self.fuzzer("-merge=1", str(merged), str(self.kept), str(self.found), timeout=1800):
            return
        # Seeds, and what once broke a property, have names of their own and stay.
        for path in self.kept.iterdir():
            if len(path.name) == 40:
                path.unlink()
        size = 0
        known = {path.read_bytes() for path in self.kept.iterdir()}
        found = [path for path in merged.iterdir() if path.read_bytes() not in known]
        for path in sorted(found, key=lambda path: (path.stat().st_size, path.name))[:CORPUS_FILES]:
            size += path.stat().st_size
            if size > CORPUS_BYTES:
                break
            shutil.copy(path, self.kept)

    def number(self, pattern):
        """The last number that the log gives after some words."""
        found = re.findall(pattern, self.log)
        return int(found[-1]) if found else 0

    @property
    def row(self):
        """The format's row of the table."""
        executions = self.number(r"number_of_executed_units: +(\d+)") or self.number(r"#(\d+)\t")
        return [self.name, executions, round(executions / max(self.seconds, 1)),
                self.number(r" cov: (\d+)"), self.number(r" ft: (\d+)"),
                len([*self.found.iterdir()]), len(self.findings)]

    @property
    def findings(self):
        """The inputs that broke something."""
        written = re.findall(r"Test unit written to (\S+)", self.log)
        return written or ([f"status {self.status}"] if self.status else [])

    def tell(self):
        """Says what a finding was."""
        broken = re.findall(r"(?:Fatal error|ERROR|SUMMARY|broken property): [^\n]*", self.log)
        for finding in self.findings:
            print(f"{self.name}: {finding}")
        for line in broken[:3]:
            print(f"  {line[:600]}")
        if not broken:
            print("  " + "\n  ".join(self.log.splitlines()[-12:]))


def main():
    """Reads the command line, fuzzes, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=3600, metavar="S", help="for each format")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="formats at once")
    parser.add_argument("--keep", action="store_true", help="add to the corpus what covers more")
    parser.add_argument("--binary", metavar="PATH", help="a fuzzer built before, as it is")
    parser.add_argument("--swift", default="swift", metavar="COMMAND")
    parser.add_argument("names", nargs="*", metavar="FORMAT", help="default: all")
    chosen = parser.parse_args()
    binary = Path(chosen.binary).resolve() if chosen.binary else build(chosen.swift)
    known = targets(binary)
    unknown = set(chosen.names) - {name for name, _ in known}
    if unknown:
        parser.error(f"no such format: {', '.join(unknown)}")
    folder = Path(tempfile.mkdtemp(prefix="jalon-fuzz-"))
    try:
        runs = [Run(binary, name, longest, folder) for name, longest in known
                if not chosen.names or name in chosen.names]
        with ThreadPoolExecutor(chosen.jobs) as pool:
            for run in pool.map(lambda run: run.fuzz(chosen.seconds), runs):
                print(f"{run.name}: {run.seconds:.0f} s, {run.row[1]} inputs, "
                      f"{len(run.findings)} findings", flush=True)
        titles = ["format", "executions", "exec/s", "edges", "features", "new inputs", "findings"]
        rows = [titles, *(run.row for run in runs)]
        for row in rows:
            print(f"{row[0]:<14}" + "".join(f"{cell:>12}" for cell in row[1:]))
        for run in runs:
            if run.findings:
                run.tell()
        if chosen.keep:
            for run in runs:
                run.keep()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if any(run.findings for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())

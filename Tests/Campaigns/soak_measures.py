"""What a process holds while it lives, sampled; and whether it stays flat."""

import os
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

TICK = os.sysconf("SC_CLK_TCK")


class Sample(NamedTuple):
    """One look at a process, and at what it writes."""

    at: float
    resident: int
    own: int
    peak: int
    descriptors: int
    threads: int
    watches: int
    database: int
    files: int


def look(identifier, started, database, files):
    """One sample; `files` is how many were pushed by now."""
    process = Path(f"/proc/{identifier}")
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())

    def kilobytes(key):
        return int(status[key].split()[0])

    watches = sum(text_of(info).count("inotify wd:") for info in (process / "fdinfo").iterdir())
    return Sample(
        time.monotonic() - started, kilobytes("VmRSS"), kilobytes("RssAnon"), kilobytes("VmHWM"),
        len([*(process / "fd").iterdir()]), int(status["Threads"]), watches,
        os.stat(database).st_size // 1024, files)


def keep(samples, path):
    """Writes samples as CSV, for a picture of them."""
    lines = [",".join(Sample._fields), *(",".join(map(str, sample)) for sample in samples)]
    Path(path).write_text("\n".join(lines) + "\n")


def text_of(path):
    """What a file says; nothing where it has gone since it was listed."""
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""


def processor_seconds(identifier):
    """What a process has used of the processors so far."""
    fields = Path(f"/proc/{identifier}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


class Course:
    """The samples of one run, by quarters: the first is for warming up."""

    MEMORY = [("resident memory, kB", "resident"), ("memory of its own, kB", "own"),
              ("peak of resident memory, kB", "peak")]
    COUNTS = [("descriptors", "descriptors"), ("threads", "threads"),
              ("inotify watches", "watches")]
    # What may be more in the last quarter: at rest next to nothing, for what is kept there is kept for
    # good; at work, histories that are twice as long by then weigh more while they are judged.
    AT_REST, AT_WORK, ALLOWANCE = 1.05, 1.25, 1024
    # Below this the heap is still warming up, and memory is only shown.
    JUDGED_AFTER = 600

    def __init__(self, samples, seconds):
        self.samples = samples
        self.seconds = seconds

    def quarter(self, number):
        """The samples of one quarter, counted from 1."""
        begin, end = (self.seconds * part / 4 for part in (number - 1, number))
        return [sample for sample in self.samples if begin <= sample.at < end]

    def values(self, number, field):
        """One field's values in a quarter."""
        return [getattr(sample, field) for sample in self.quarter(number)]

    def slope(self, field):
        """Growth by the hour after the first quarter: least squares."""
        points = [(sample.at / 3600, getattr(sample, field))
                  for sample in self.samples if sample.at >= self.seconds / 4]
        middle = sum(x for x, _ in points) / len(points)
        level = sum(y for _, y in points) / len(points)
        spread = sum((x - middle) ** 2 for x, _ in points)
        return sum((x - middle) * (y - level) for x, y in points) / spread if spread else 0.0

    def table(self):
        """Every measure: its medians of the second and of the last quarter, and its slope."""
        yield f"{'':<30}{'2nd quarter':>12}{'last quarter':>13}{'by the hour':>12}" \
              f"{'least':>8}{'most':>8}"
        for name, field in [*self.MEMORY, *self.COUNTS, ("database, kB", "database")]:
            late = [getattr(sample, field) for sample in self.samples
                    if sample.at >= self.seconds / 4]
            yield (f"{name:<30}{median(self.values(2, field)):>12.0f}"
                   f"{median(self.values(4, field)):>13.0f}{self.slope(field):>+12.1f}"
                   f"{min(late):>8}{max(late):>8}")
        yield (f"{'own memory at rest, kB':<30}{self.at_rest(2):>12}{self.at_rest(4):>13}"
               "   (nine samples of ten are higher)")
        first, last = (self.bytes_a_file(number) for number in (2, 4))
        yield f"{'database, bytes a file':<30}{first:>12.0f}{last:>13.0f}"

    def at_rest(self, number):
        """Memory of its own in a quarter after a rest, which comes with each scan."""
        values = sorted(self.values(number, "own"))
        return values[len(values) // 10]

    def bytes_a_file(self, number):
        """By how much the database grew for each file pushed in a quarter."""
        samples = self.quarter(number)
        files = samples[-1].files - samples[0].files
        return (samples[-1].database - samples[0].database) * 1024 / max(1, files)

    def excess(self, sample):
        """What a process at rest holds more of than it did in the second quarter, as sentences."""
        for name, field in self.COUNTS:
            # The least: what is open for the moment of a file's taking comes and goes.
            before, after = min(self.values(2, field)), getattr(sample, field)
            # A worker thread may be waiting for more to do, one for each processor.
            spare = os.cpu_count() or 1 if field == "threads" else 0
            if after > before + spare:
                yield f"{name}: {before} at rest in the second quarter, {after} in the end"

    def faults(self):
        """What is not flat, as sentences."""
        if len({sample.watches for sample in self.quarter(2) + self.quarter(4)}) != 1:
            yield "the number of inotify watches changed"
        if self.seconds < self.JUDGED_AFTER:
            return
        before, after = (self.at_rest(number) for number in (2, 4))
        if after > before * self.AT_REST and after > before + self.ALLOWANCE:
            yield f"own memory at rest: {before} kB in the second quarter, {after} in the last"
        for name, field in self.MEMORY[:2]:
            before, after = (median(self.values(number, field)) for number in (2, 4))
            if after > before * self.AT_WORK and after > before + self.ALLOWANCE:
                yield f"{name}: {before:.0f} in the second quarter, {after:.0f} in the last"
        before, after = (self.bytes_a_file(number) for number in (2, 4))
        if after > 1.5 * before:
            yield f"the database grows by {after:.0f} bytes a file in the end, {before:.0f} before"

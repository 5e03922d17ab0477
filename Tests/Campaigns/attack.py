#!/usr/bin/env python3
"""Lets one team attack the daemon through its depot in every way, while another team works.

Each attack is tried by itself, then in random company: some at once, round after round, by the
seed that is printed. After each, what it was to be answered is held against the receipts; the
daemon has to be alive, its memory bounded, the other team served, and nothing outside the depot
changed. In the end nothing that was to stay secret may have turned up anywhere, no text may do
anything to a terminal, the mail has to be whole, and `jalon verify` finds nothing.

Needs Python 3 and, for a part of it, root: the program then runs as a user without rights. What
cannot be tried is said.
"""

import argparse
import random
import shutil
import signal
import sys
import threading
import time
from dataclasses import dataclass

import attack_contents
import attack_depots
import attack_files
import attack_floods
import attack_mail
import attack_names
import notebook
from attack_field import Field
from attack_world import MEMORY_LIMIT, World
from installation import find_binary, scratch_folder

TOGETHER = {**attack_files.ATTACKS, **attack_depots.ATTACKS, **attack_names.ATTACKS,
            **attack_contents.ATTACKS, **attack_floods.ATTACKS}
ALONE = {**attack_depots.ALONE, **attack_floods.ALONE}
# How many are tried at once in the short form.
COMPANY = 8


@dataclass
class Scale:
    """How large an attack is."""
    file: int
    sparse: int
    bomb: int
    files: int
    names: int
    seconds: float
    pause: float


SHORT = Scale(file=200_000, sparse=3_000_000, bomb=3_000_000, files=60, names=3_000, seconds=1,
              pause=0.1)
FULL = Scale(file=20_000_000, sparse=1_000_000_000, bomb=200_000_000, files=1_500, names=150_000,
             seconds=5, pause=0.3)


class Tally:
    """What became of one attack, however often it was tried."""

    def __init__(self):
        self.times, self.tried, self.seconds, self.peak, self.faults = 0, 0, 0, 0, []

    def line(self, label, skipped):
        """A row of the table."""
        outcome = "held" if not self.faults else f"{len(self.faults)} FAULTS"
        return f"{label:<22}{self.times:>6}{self.tried:>9}{self.seconds:>8.1f} s" \
               f"{self.peak:>7.0f} MB  {outcome}{', in part' if label in skipped else ''}"


class Campaign:
    """All attacks on one world."""

    def __init__(self, world, seed, together, alone):
        self.world, self.seed = world, seed
        self.together, self.alone = together, alone
        self.attacks = {**together, **alone}
        self.tallies = {label: Tally() for label in self.attacks}
        self.peak = 0
        self.turn = 0

    def attack(self, labels):
        """Some attacks at once; what was wrong is noted."""
        self.turn += 1
        fields = [Field(self.world, label, f"{self.seed}-{self.turn}") for label in labels]
        threads = [threading.Thread(target=self.one, args=(field,), daemon=True)
                   for field in fields]
        self.world.peak()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        peak = self.world.peak()
        self.peak = max(self.peak, peak)
        if sys.stderr.isatty():
            print(f"\r{self.turn}: {', '.join(labels)[:70]:<70}", end="\r", file=sys.stderr)
        faults = list(self.world.changes())
        self.world.before = self.world.protected()
        if not self.world.is_alive():
            faults.append(f"the daemon ended: {self.world.installation.log_tail()}")
        if peak > MEMORY_LIMIT:
            faults.append(f"the daemon took {peak:.0f} MB, more than {MEMORY_LIMIT}")
        for field in fields:
            tally = self.tallies[field.label]
            tally.peak = max(tally.peak, peak)
            tally.faults += faults
        return self.world.is_alive()

    def one(self, field):
        """One attack, timed."""
        tally, start = self.tallies[field.label], time.monotonic()
        try:
            self.attacks[field.label](field)
            field.conclude()
        except Exception as error:  # noted, and the campaign goes on
            tally.faults.append(f"{field.label}: {type(error).__name__}: {error}")
        tally.times += 1
        tally.tried += field.tried
        tally.seconds = max(tally.seconds, time.monotonic() - start)

    def run(self, rounds, company):
        """Each by itself or in fixed company, then rounds of random company."""
        labels = list(self.together)
        order = [labels[start:start + company] for start in range(0, len(labels), company)]
        order += [[label] for label in self.alone]
        chance = random.Random(self.seed)
        for _ in range(rounds):
            some = chance.sample(labels, chance.randrange(2, 7))
            order.append([chance.choice(list(self.alone))] if chance.random() < 0.1 else some)
        return all(self.attack(some) for some in order)

    def conclude(self):
        """What is wrong in the end, as sentences."""
        world = self.world
        yield from attack_mail.faults(world)
        yield from world.unsafe_texts()
        yield from world.leaks()
        yield from notebook.misfits(world.installation)
        yield from notebook.soundness(world.installation)

    def table(self):
        """Prints what became of every attack; gives how many faults there were."""
        print(f"{'attack':<22}{'times':>6}{'tried':>9}{'longest':>10}{'peak':>10}  outcome")
        for label, tally in self.tallies.items():
            print(tally.line(label, self.world.skipped))
            for fault in tally.faults[:4]:
                print("  " + fault[:500].replace("\n", " | "))
        for label, reason in self.world.skipped.items():
            print(f"{label}: skipped {reason}")
        return sum(len(tally.faults) for tally in self.tallies.values())


def campaign(world, attacks, rounds, company, seed, disk=None):
    """Runs some attacks on a world; gives how many faults there were."""
    start = time.monotonic()
    campaign = Campaign(world.open(disk), seed, *attacks)
    try:
        campaign.run(rounds, company)
    finally:
        world.close()
    ends = [*world.witness.faults, *world.faults, *campaign.conclude()]
    count = campaign.table() + len(ends)
    for fault in ends[:20]:
        print("  " + fault[:500])
    tried = sum(tally.tried for tally in campaign.tallies.values())
    print(f"{tried:,} tries, {count} faults. The other team: {world.witness.count} files, "
          f"the slowest answered after {world.witness.slowest:.1f} s. Peak memory {campaign.peak:.0f} MB "
          f"(< {MEMORY_LIMIT}). {time.monotonic() - start:.0f} s, seed {seed}\n")
    return count


def main():
    """Reads the command line and runs the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40, metavar="N", help="of random company")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), metavar="N")
    parser.add_argument("--short", action="store_true", help="small, and each only once or twice")
    parser.add_argument("--only", metavar="WORD", help="attacks with this in their name")
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    chosen = parser.parse_args()
    small_disk = attack_floods.ON_SMALL_DISK
    if chosen.only:
        for attacks in (TOGETHER, ALONE, small_disk):
            for label in [label for label in attacks if chosen.only not in label]:
                del attacks[label]
    rounds = 0 if chosen.only else 1 if chosen.short else chosen.rounds
    scale, company = (SHORT, COMPANY) if chosen.short else (FULL, 1)
    binary, folder, count = find_binary(chosen.binary), scratch_folder(), 0
    folder.chmod(0o755)
    worlds = [World(folder / name, binary, scale) for name in ("main", "disk")]
    # Whoever ends this ends the daemon, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if TOGETHER or ALONE:
            count += campaign(worlds[0], (TOGETHER, ALONE), rounds, company, chosen.seed)
        if small_disk:
            count += campaign(worlds[1], ({}, small_disk), 0, 1, chosen.seed, disk="8m")
    finally:
        for world in worlds:
            world.remove()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

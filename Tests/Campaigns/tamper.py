#!/usr/bin/env python3
"""Tampers with a notebook and its archive in every way, and looks whether `verify` names it.

A scratch installation adopts a portfolio, receives files of all kinds, amends a plan, corrects and
judges. Then, each time on a fresh copy, one thing is done to it that somebody with root could do: a
byte of a ledger entry, of a row or of an archived file is flipped, a row is deleted, planted or
swapped with another, the tail of the ledger is cut off. Triggers are dropped first and put back
afterwards, constraints do not hold, the journal's mode stays. `jalon verify` has to end with status
1 and to name the table, file or entry concerned. What it says of an untouched copy has to be nothing.

Needs Python 3 alone. The same seed does the same.
"""

import argparse
import json
import multiprocessing
import random
import shutil
import sqlite3
import sys
from collections import Counter

from installation import (Installation, find_binary, project, report, scratch_folder,
                          wait_until)

PROJECTS = ["ESSAI-1", "ESSAI-2", "ESSAI-3"]
KEYS = {"ledger": ["sequence"], "submission": ["number"], "version": ["key"],
        "recommendation": ["key"], "act": ["number"],
        "observation": ["project", "submission", "row"],
        "milestone": ["project", "submission", "row"]}
# The mark of a file that is still to be handed over: it changes in the life of a row.
UNCOVERED = {("submission", "pending")}


def build(installation):
    """A small state in which every covered table has rows, and the archive files."""
    installation.create(PROJECTS).adopt()
    for number in range(24):
        identifier = PROJECTS[number % 3]
        content = report(("2021-Q1", "agents", 250 + 7 * number, "", "", f"n° {number}"),
                         ("2021-Q1", "depenses", 1000 * number),
                         ("", "", "", "M1", f"2021-03-{number + 1:02}", ""))
        if number % 8 == 5:
            content = b"periode;indicateur;valeur\r\n2021-Q1;inconnu;3\r\n"
        if number % 8 == 6:
            content = b"x" * 20_001
        path = installation.folder / f"rapport-{number}.csv"
        path.write_bytes(content)
        installation.command("ingest", "--project", identifier, str(path), expected=(0, 1))
        if number % 8 == 7:
            installation.command("ingest", "--project", identifier, str(path))
            installation.command("evaluate")
    officer = ("--by", "Campagne", "--reason", "vu le dossier")
    installation.command("decide", "ESSAI-1", "P1", "withhold", *officer)
    installation.command("waive", "ESSAI-3", "P1", "milestone:M1", *officer)
    installation.command("contest", "ESSAI-3", "agents", "2021-Q1", *officer)
    send_by_officer(installation)
    amended = project("ESSAI-2")
    amended["phases"][0]["gate"]["thresholds"][0]["min"] = 100
    installation.write("portfolio/projects/ESSAI-2.json", amended)
    installation.command("adopt", "--by", "Campagne", "--reason", "avenant")
    installation.command("evaluate")
    return installation


def send_by_officer(installation):
    """A good file and a refused one through an officer's own door."""
    door = installation.doors / ".decisions" / "agent"
    (door / "depot").mkdir(parents=True)
    for act in ("suspendre", "supendre"):
        (door / "depot" / f"{act}.csv").write_text(
            f"acte;projet;phase;motif\n{act};ESSAI-3;P1;vu\n")
    daemon = installation.start()
    answered = wait_until(lambda: len([*door.glob("recepisses/*.json")]) == 2
                          and not any((door / "depot").iterdir()))
    installation.stop(daemon)
    if not answered:
        raise AssertionError(f"the officer was not answered: {installation.log_tail()}")


class Tampering:
    """One thing done to one copy, by a random generator of its own."""

    def __init__(self, installation, seed):
        self.installation = installation
        self.random = random.Random(seed)
        self.what = ""

    def do(self):
        """Does one thing; gives how, and the words of which one has to be in the answer."""
        way = self.random.choices(list(WAYS), [weight for weight, _ in WAYS.values()])[0]
        return way, WAYS[way][1](self)

    # The notebook, as root has it

    def change(self, body):
        """Changes the notebook with no trigger and no constraint in the way; puts triggers back."""
        connection = sqlite3.connect(self.installation.database, isolation_level=None)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA foreign_keys = OFF")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        result = body(connection)
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.close()
        return result

    def rows(self, connection, table):
        """The rows of a table, as dictionaries in order of their keys."""
        cursor = connection.execute(f"SELECT * FROM {table} ORDER BY {', '.join(KEYS[table])}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor]

    def where(self, table):
        """The condition that names one row."""
        return " AND ".join(f"{key} = ?" for key in KEYS[table])

    def identity(self, table, row):
        """The values of that condition."""
        return [row[key] for key in KEYS[table]]

    def flip_value(self, value):
        """The value with one bit of one byte changed; a number as its eight bytes."""
        if isinstance(value, int):
            # The low bytes mostly, where nobody would see it.
            byte = min(self.random.randrange(8), self.random.randrange(8))
            changed = (value ^ 1 << 8 * byte + self.random.randrange(8)) & (1 << 64) - 1
            return changed - (1 << 64) if changed >> 63 else changed
        raw = bytearray(value.encode() if isinstance(value, str) else value)
        raw[self.random.randrange(len(raw))] ^= 1 << self.random.randrange(8)
        return bytes(raw)

    def flip(self, table):
        """Flips a byte of one column of one row."""
        def body(connection):
            rows = self.rows(connection, table)
            while True:
                row = self.random.choice(rows)
                column = self.random.choice([name for name in row if (table, name)
                                             not in UNCOVERED and row[name] not in (None, "")])
                value = self.flip_value(row[column])
                expression = "CAST(? AS TEXT)" if isinstance(row[column], str) else "?"
                try:
                    connection.execute(
                        f"UPDATE {table} SET {column} = {expression} WHERE {self.where(table)}",
                        [value, *self.identity(table, row)])
                except (sqlite3.IntegrityError, OverflowError):
                    continue  # another row has that key
                self.what = f"{table}.{column} of {self.identity(table, row)}: {row[column]!r} → {value!r}"
                return self.words(table, row)
        return self.change(body)

    def words(self, table, row):
        """What an answer about a row of a table says."""
        if table in ("observation", "milestone"):
            return ["observation"]
        if table == "ledger":
            return [f"n° {row['sequence']} ", f"n° {row['sequence'] + 1} ", "ledger.head"]
        return [f"table {table}"]

    def delete(self, table):
        """Deletes one row; the last of the ledger is another matter."""
        def body(connection):
            rows = self.rows(connection, table)
            row = self.random.choice(rows[:-1] if table == "ledger" else rows)
            connection.execute(f"DELETE FROM {table} WHERE {self.where(table)}",
                               self.identity(table, row))
            self.what = f"{table}: {self.identity(table, row)} deleted"
            return self.words(table, row)
        return self.change(body)

    def swap(self, table):
        """Lets two rows change places, all but their keys."""
        def body(connection):
            rows = self.rows(connection, table)
            columns = [name for name in rows[0] if name not in KEYS[table]]
            while True:
                first, second = self.random.sample(rows, 2)
                if [first[name] for name in columns] != [second[name] for name in columns]:
                    break
            if table == "submission":
                connection.execute("DROP INDEX submission_by_bytes")
            for target, source in ((first, second), (second, first)):
                connection.execute(
                    f"UPDATE {table} SET {', '.join(name + ' = ?' for name in columns)} "
                    f"WHERE {self.where(table)}",
                    [source[name] for name in columns] + self.identity(table, target))
            self.what = f"{table}: {self.identity(table, first)} and " \
                        f"{self.identity(table, second)} swapped"
            return self.words(table, min(first, second, key=lambda row: self.identity(table, row)))
        return self.change(body)

    def plant(self, table):
        """Adds a row that is like another one, under a key of its own."""
        def body(connection):
            row = dict(self.random.choice(self.rows(connection, table)))
            key = KEYS[table][-1]
            ((greatest,),) = connection.execute(f"SELECT max({key}) FROM {table}")
            row[key] = greatest + 1
            if table == "submission":
                row["sha256"] = self.random.randbytes(32)
            connection.execute(
                f"INSERT INTO {table}({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
                [*row.values()])
            self.what = f"{table}: {self.identity(table, row)} planted"
            return self.words(table, row)
        return self.change(body)

    def cut(self):
        """Cuts off the tail of the ledger, and of the tables what it told."""
        def body(connection):
            entries = self.rows(connection, "ledger")
            first = self.random.choice(entries[1:])
            connection.execute("DELETE FROM ledger WHERE sequence >= ?", [first["sequence"]])
            for entry in entries[first["sequence"] - 1:]:
                self.take_back(connection, entry)
            self.what = f"ledger cut at {first['sequence']}, and what it told removed"
            return ["ledger.head"]
        return self.change(body)

    def take_back(self, connection, entry):
        """Removes the rows that an entry tells."""
        body = json.loads(entry["body"])
        if entry["kind"] == "submission":
            number = int(body["receipt"][1:])
            for table, key in (("observation", "submission"), ("milestone", "submission"),
                               ("submission", "number")):
                connection.execute(f"DELETE FROM {table} WHERE {key} = ?", [number])
        elif entry["kind"] in ("decide", "waive", "contest"):
            connection.execute("DELETE FROM act WHERE number = ?", [body["act"]])
        elif entry["kind"] == "adoption":
            connection.execute("DELETE FROM version WHERE key = (SELECT max(key) FROM version)")
        elif entry["kind"] == "recommendation":
            connection.execute("DELETE FROM recommendation WHERE recorded_at = ?", [entry["at"]])

    # The archive

    def archived(self):
        """One archived file."""
        return self.random.choice(sorted(path for path in (
            self.installation.state / "archive").rglob("*") if path.is_file()))

    def flip_archived(self):
        """Flips a byte of an archived file."""
        path = self.archived()
        content = bytearray(path.read_bytes())
        content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
        path.chmod(0o640)
        path.write_bytes(content)
        self.what = f"archive: a byte of {path.name[:12]}"
        return [path.name]

    def delete_archived(self):
        """Deletes an archived file."""
        path = self.archived()
        path.unlink()
        self.what = f"archive: {path.name[:12]} deleted"
        return [path.name]

    def swap_archived(self):
        """Lets two archived files change names."""
        first, second = self.archived(), self.archived()
        while second == first:
            second = self.archived()
        spare = first.with_name(".spare")
        first.rename(spare)
        second.rename(first)
        spare.rename(second)
        self.what = f"archive: {first.name[:12]} and {second.name[:12]} swapped"
        return [first.name]

    def flip_head(self):
        """Flips a byte of the file of the head."""
        path = self.installation.state / "ledger.head"
        content = bytearray(path.read_bytes())
        content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(7)
        path.write_bytes(content)
        self.what = f"ledger.head: {bytes(content[:24])!r}…"
        return ["ledger.head"]


def of_each(weight, tables, name):
    """One way for each table."""
    return {f"{name} {table}": (weight, lambda self, table=table: getattr(self, name)(table))
            for table in tables}


WAYS = {
    **of_each(3, ["ledger"], "flip"), **of_each(2, ["observation", "submission"], "flip"),
    **of_each(1, ["milestone", "version", "recommendation", "act"], "flip"),
    **of_each(1, KEYS, "delete"), **of_each(1, KEYS, "swap"),
    **of_each(1, [table for table in KEYS if table != "ledger"], "plant"),
    "cut the tail": (2, Tampering.cut), "flip an archived file": (2, Tampering.flip_archived),
    "delete an archived file": (1, Tampering.delete_archived),
    "swap archived files": (1, Tampering.swap_archived), "flip ledger.head": (1, Tampering.flip_head),
}


def answer(installation):
    """The status of `verify`, and what it says."""
    done = installation.command("verify", "--json", expected=(0, 1))
    report_ = json.loads(done.stdout)
    return done.returncode, [
        f"n° {misfit['entry']} {misfit['message']}" for misfit in report_["misfits"]]


template = None


def attempt(seed):
    """Tampers with one copy; gives how, and what is wrong with the answer."""
    installation = template.copy(template.folder.parent / f"copy-{seed}")
    try:
        tampering = Tampering(installation, seed)
        way, words = tampering.do()
        status, told = answer(installation)
        if status != 1 or not told:
            return way, f"seed {seed}: {tampering.what}: not seen"
        if not any(word in line for word in words for line in told):
            return way, f"seed {seed}: {tampering.what}: not named: {told[:3]}"
        return way, None
    except Exception as error:  # whatever cannot be examined is a finding; the others go on
        return "error", f"seed {seed}: {type(error).__name__}: {error}"
    finally:
        shutil.rmtree(installation.folder)


def main():
    """Reads the command line and runs the campaign."""
    global template
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=5_000, metavar="N", help="how many tamperings")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the first one's seed")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument("--binary", metavar="PATH", help="the jalon to test")
    chosen = parser.parse_args()
    folder = scratch_folder()
    try:
        template = Installation(folder / "template", find_binary(chosen.binary))
        template.folder.mkdir()
        build(template)
        status, told = answer(template)
        faults = [f"untouched: {told}"] if status != 0 or told else []
        with multiprocessing.get_context("fork").Pool(chosen.processes) as pool:
            seeds = range(chosen.seed, chosen.seed + chosen.count)
            results = pool.map(attempt, seeds, chunksize=4)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    faults += [fault for _, fault in results if fault]
    ways = Counter(way for way, _ in results)
    print(", ".join(f"{way} {count}" for way, count in sorted(ways.items())))
    for fault in faults[:20]:
        print(f"  {fault[:600]}")
    print(f"{chosen.count} tamperings from seed {chosen.seed}, {len(faults)} not named")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

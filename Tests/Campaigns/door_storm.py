"""Many uploads, half of them cut at any byte: only whole files may be accepted, and all of these."""

import hashlib
import json
import random
import subprocess

from door_stage import DOORS, IMPATIENT
from door_visitor import curl_command, sidecar
from installation import wait_until


def run_storm(tries, count, seed):
    """Sends so many files in every way, cuts half of them, and examines every receipt."""
    tries.book.chapter(f"{count} uploads, half of them cut (seed {seed})")
    chance = random.Random(seed)
    whole, cut = {}, {}
    for number in range(count):
        name = f"s-{number}.csv"
        data = tries.fresh(chance.choice((0, 500, 150_000)))
        place = chance.choice((cut, whole))
        at = chance.randrange(len(data)) if place is cut else None
        visitor = chance.choice((tries.first, tries.second))
        chance.choice((by_packets, by_sftp, by_https))(visitor, name, data, at)
        place[(visitor.project, name)] = hashlib.sha256(data).hexdigest()
    tries.stage.reconfigure(IMPATIENT)
    wait_until(lambda: all(depot_is_empty(visitor) for visitor in (tries.first, tries.second)), 60)
    for project, name in [*whole, *cut]:
        if receipt(project, name) is not None:
            tries.answered[project].add(name)
    answers = {key: receipt(*key) for key in whole}
    good = [key for key, answer in answers.items()
            if answer and answer["status"] == "accepted" and answer["sha256"] == whole[key]]
    tries.book.expect("whole ones are accepted, to the byte", len(good), len(whole))
    bad = [key for key, digest in cut.items()
           if (answer := receipt(*key)) and answer["status"] == "accepted"
           and answer["sha256"] != digest]
    tries.book.expect("no cut one is accepted", bad, [])
    statuses = [answer["status"] for key in cut if (answer := receipt(*key))]
    print(f"{len(whole)} whole; {len(cut)} cut, of which {statuses.count('rejected')} left a part")
    tries.book.expect("some cut ones left a part", statuses.count("rejected") > 0, True)


def receipt(project, name):
    """A receipt as it is on the disk, or `None`."""
    path = DOORS / project / "recepisses" / f"{name}.receipt.json"
    return json.loads(path.read_bytes()) if path.exists() else None


def depot_is_empty(visitor):
    """Whether all was taken that will be: a part under a client's own name is not."""
    depot = DOORS / visitor.project / "depot"
    return all(file.name.endswith((".filepart", ".sha256")) or file.name.startswith(".")
               for file in depot.iterdir())


def announce(visitor, name, data):
    """A sidecar, which comes first."""
    session = visitor.winscp()
    handle = session.open(name + ".sha256")
    session.write(handle, sidecar(name, data))
    session.close_file(handle)
    return session


def by_packets(visitor, name, data, at):
    """As WinSCP does."""
    session = announce(visitor, name, data)
    if at is None:
        session.put_as_winscp(name, data)
        return session.close()
    handle = session.open(name)
    session.write(handle, data[:at])
    return session.kill()


def by_sftp(visitor, name, data, at):
    """OpenSSH's client, killed when so much has arrived."""
    announce(visitor, name, data).close()
    visitor.write(name, data)
    if at is None:
        visitor.sftp(f"put {name}")
        return
    client = visitor.start_sftp("-l", "8000")
    client.stdin.write(f"put {name}\n".encode())
    client.stdin.flush()
    file = DOORS / visitor.project / "depot" / name
    wait_until(lambda: file.exists() and file.stat().st_size >= at, 2, 0.001)
    client.kill()
    client.wait()
    client.stdin.close()


def by_https(visitor, name, data, at):
    """`curl`, killed after a while."""
    file = visitor.write(name, data)
    limit = ["--limit-rate", "200k"] if at is not None else []
    command = curl_command(f"/depot/{name}", "-u", f"{visitor.project}:{visitor.password}",
                           *limit, "-T", str(file))
    client = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if at is None:
        client.wait(timeout=30)
        return
    try:
        client.wait(timeout=0.3 * at / len(data))
    except subprocess.TimeoutExpired:
        client.kill()
        client.wait()

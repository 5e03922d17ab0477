"""What a campaign looks up in an installation after its processes have ended."""

import hashlib
import json
import os
import sqlite3
import struct
import time


def rows(installation, query):
    """The rows of a query, read only."""
    connection = sqlite3.connect(f"file:{installation.database}?mode=ro", uri=True, timeout=60)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def facts(installation):
    """What the notebook holds, without instants: two runs that tell the same are equal."""
    return {
        "submissions": rows(installation, """
            SELECT number, project.id, file, hex(sha256), bytes, status, duplicate_of, rows
            FROM submission LEFT JOIN project ON project.key = submission.project"""),
        "observations": rows(installation, """
            SELECT project, submission, row, name.text, period, profile, value, weight, evidence
            FROM observation JOIN name ON name.key = indicator"""),
        "milestones": rows(installation,
                           "SELECT project, submission, row, milestone, reached FROM milestone"),
        "versions": rows(installation, "SELECT kind, object, path, hex(sha256) FROM version"),
        "recommendations": rows(installation, """
            SELECT project, phase, recommendation, effective, flagged, funds
            FROM recommendation WHERE key IN
            (SELECT max(key) FROM recommendation GROUP BY project, phase)
            ORDER BY project, phase"""),
        "acts": rows(installation, """
            SELECT number, project, deed, phase, criterion, indicator, period, verdict,
            hex(digest), takes_back, stood, needs_second, a.asked_by, a.user, a.reason,
            c.asked_by, c.user, c.reason
            FROM act AS a LEFT JOIN confirmation AS c ON c.act = number"""),
        "silences": rows(installation, """
            SELECT number, project, programme, kind, until, reason, asked_by, ended_by
            FROM silence"""),
        "ledger": rows(installation, """
            SELECT kind, subject, count(*) FROM ledger WHERE kind <> 'recommendation'
            GROUP BY kind, subject ORDER BY kind, subject"""),
    }


def differences(expected, found):
    """The facts that differ, as sentences."""
    for name, wanted in expected.items():
        if found[name] != wanted:
            missing = [row for row in wanted if row not in found[name]]
            added = [row for row in found[name] if row not in wanted]
            yield f"{name}: missing {missing[:3]}, unexpected {added[:3]} " \
                  f"({len(found[name])} instead of {len(wanted)})"


def soundness(installation):
    """What is wrong with any notebook that looks so, as sentences."""
    for (answer,) in rows(installation, "PRAGMA integrity_check"):
        if answer != "ok":
            yield f"integrity check: {answer}"
    for row in rows(installation, "PRAGMA foreign_key_check"):
        yield f"foreign key: {row}"
    for project, digest, count in rows(installation, """
            SELECT project, hex(sha256), count(*) FROM submission WHERE status = 'accepted'
            GROUP BY 1, 2 HAVING count(*) > 1"""):
        yield f"project {project} counts {digest[:12]} {count} times"
    # Counted once for all: after an hour of load a look for each file would take minutes.
    for project, number in rows(installation, """
            WITH fact AS (SELECT submission, count(*) AS rows FROM (
              SELECT submission FROM observation UNION ALL SELECT submission FROM milestone)
              GROUP BY submission)
            SELECT project, number FROM submission LEFT JOIN fact ON submission = number
            WHERE status = 'accepted' AND submission.rows <> coalesce(fact.rows, 0)
            AND project NOT IN (SELECT key FROM project WHERE id LIKE '.decisions/%')"""):
        yield f"project {project}: submission {number} has other rows than it says"
    yield from chain_faults(installation)


def chain_faults(installation):
    """The first entry of the ledger that does not follow the one before."""
    head, last = bytes(32), 0
    for sequence, at, kind, subject, body, previous, digest in rows(
            installation, "SELECT * FROM ledger ORDER BY sequence"):
        text = head + struct.pack(">qq", sequence, at)
        for part in (kind, subject, body):
            text += struct.pack(">q", len(part.encode())) + part.encode()
        if (sequence, previous, digest) != (last + 1, head, hashlib.sha256(text).digest()):
            yield f"ledger entry {sequence} does not follow {last}"
            return
        head, last = digest, sequence


def misfits(installation):
    """What `verify` finds, as sentences."""
    answer = json.loads(installation.command("verify", "--json", expected=(0, 1)).stdout)
    for misfit in answer["misfits"]:
        yield f"verify: no. {misfit['entry']}: {misfit['message']}"


def archive_faults(installation, pushed):
    """Pushed bytes that the archive does not hold under their digest, unchanged."""
    for name, content in pushed.items():
        digest = hashlib.sha256(content).hexdigest()
        path = installation.state / "archive" / digest[:2] / digest
        if not path.exists():
            yield f"{name} is not in the archive"
        elif path.read_bytes() != content:
            yield f"the archive has other bytes than {name}"


def age_leftovers(folder):
    """Makes half-written files look two hours old: younger ones might be another process's."""
    for path in folder.rglob(".jalon-*"):
        os.utime(path, (time.time() - 7200,) * 2)


def leftovers(*folders):
    """Private files of Jalon's that nobody has tidied up."""
    for folder in folders:
        for path in sorted(folder.rglob(".jalon-*")):
            yield f"leftover {path.name.rstrip('0123456789abcdef')}… in {path.parent.name}"


def civil_day(days):
    """A day so many from now, as commands take it."""
    return time.strftime("%Y-%m-%d", time.localtime(time.time() + days * 86_400))


def judgement(installation):
    """What `evaluate` says, without the instant."""
    answer = json.loads(installation.command("evaluate", "--dry-run", "--json").stdout)
    return answer["projects"]

"""The data that is measured: seeded, so that every run has the same."""

import json
import random
from pathlib import Path

INDICATORS = ("agents", "postes", "depenses", "satisfaction", "etp")
KINDS = ("level", "cumulative", "flow", "mean", "level")
PERIODS = [f"{2021 + month // 12}-{month % 12 + 1:02}" for month in range(20)]
ROWS = len(INDICATORS) * len(PERIODS)
LARGE_PERIODS = [f"{2004 + month // 12}-{month % 12 + 1:02}" for month in range(200)]
PROFILES = [f"profil-{number:03}" for number in range(100)]
HEADER = "projet;periode;indicateur;valeur\n"


def project_id(number):
    return f"B-{number:05}"


def programme():
    return {
        "id": "BENCH", "title": "Banc d'essai", "operator": "Jalon", "form": "call",
        "reporting": {"cadence": "quarterly", "measured": "monthly", "graceDays": 15},
        "indicators": [
            {"id": id, "title": id, "unit": "unités", "kind": kind, "direction": "up"}
            for id, kind in zip(INDICATORS, KINDS)
        ],
        "commitments": [], "followUp": ["suivi@example.gouv.fr"],
    }


def project(number, title="Projet mesuré"):
    return {
        "id": project_id(number), "programme": "BENCH", "title": title, "lead": "Équipe",
        "contacts": ["equipe@example.fr"], "awarded": "2020-12-01",
        "totalCost": 1_000_000, "grant": 500_000, "balance": 100_000,
        "indicators": [
            {"id": "agents", "forecast": {"2021-01": 100, "2022-08": 2000}},
            {"id": "depenses", "forecast": {"2021-01": 1000, "2022-08": 90000}},
        ],
        "phases": [
            {
                "id": "P1", "title": "Première", "from": "2021-01-01", "to": "2021-12-31",
                "funding": 250_000, "milestones": [],
                "gate": {"thresholds": [{"indicator": "postes", "min": 300 + number % 700}]},
            },
            {
                "id": "P2", "title": "Seconde", "from": "2022-01-01", "to": "2022-08-31",
                "funding": 150_000, "milestones": [],
                "gate": {"thresholds": [
                    {"indicator": "satisfaction", "min": 40},
                    {"indicator": "depenses", "since": "phase", "min": 20_000},
                ]},
            },
        ],
    }


def large_project():
    """One with enough profiles and months for a file of 100,000 different rows."""
    return {
        "id": "LARGE", "programme": "BENCH", "title": "Grand", "lead": "Équipe",
        "contacts": ["equipe@example.fr"], "awarded": "2003-12-01",
        "totalCost": 1_000_000, "grant": 500_000, "balance": 0,
        "indicators": [
            {
                "id": f"grand-{id}", "title": id, "unit": "unités", "kind": "flow",
                "direction": "up", "profiles": PROFILES,
            } for id in INDICATORS
        ],
        "phases": [{
            "id": "P1", "title": "Unique", "from": "2004-01-01", "to": "2020-12-31",
            "funding": 500_000, "milestones": [],
            "gate": {"thresholds": [{"indicator": "grand-postes", "min": 1}]},
        }],
    }


def rows(number):
    """The 100 rows of one project: indicator, period, value in millionths."""
    figures = random.Random(number)
    for position, indicator in enumerate(INDICATORS):
        total = 0
        for month, period in enumerate(PERIODS):
            value = figures.randrange(1_000, 10_000) * 10_000
            if KINDS[position] == "cumulative":
                total += value
                value = total
            yield position, month, value


def decimal(millionths):
    return f"{millionths // 1_000_000},{millionths % 1_000_000 // 10_000:02}"


def report(number):
    id = project_id(number)
    return HEADER + "".join(
        f"{id};{PERIODS[month]};{INDICATORS[position]};{decimal(value)}\n"
        for position, month, value in rows(number))


def write_portfolio(folder, count, with_own_teams=False):
    """As many projects, of one team or each of its own."""
    (folder / "programmes").mkdir(parents=True)
    (folder / "projects").mkdir()
    write_json(folder / "programmes/BENCH.json", programme())
    for number in range(1, count + 1):
        own = {"contacts": [f"equipe-{number}@example.fr"]} if with_own_teams else {}
        write_json(folder / f"projects/{project_id(number)}.json", project(number) | own)


def write_json(path, value):
    Path(path).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def write_table(path, count):
    """The rows as Jalon's observation table has them, for `sqlite3 .import`."""
    with open(path, "w") as table:
        for number in range(1, count + 1):
            for row, (position, month, value) in enumerate(rows(number), start=1):
                period = (2021 * 12 + month) << 2
                table.write(f"{number},{number},{row},{row + 1},{position + 1},{period},0,{value},0,0\n")


def write_large_files(folder, count, size):
    """Files of many rows of one project, each with other figures."""
    folder.mkdir()
    write_json(folder.parent / "LARGE.json", large_project())
    keys = [
        f"LARGE;{period};grand-{indicator};{profile};"
        for indicator in INDICATORS for period in LARGE_PERIODS for profile in PROFILES
    ][:size]
    for number in range(count):
        figures = random.Random(number)
        text = "projet;periode;indicateur;profil;valeur\n" + "".join(
            key + decimal(figures.randrange(1_000, 10_000) * 10_000) + "\n" for key in keys)
        (folder / f"large-{number}.csv").write_text(text)

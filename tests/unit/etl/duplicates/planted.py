"""Two partners' line lists with events that are told twice, drawn at random and loaded as files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tests.unit.etl.stores import HEADER, SOURCES, Intake

#: Upazila and camp in it, or no camp, with how often; a camp stands in the column of upazilas.
PLACES = {
    "Ukhia": ("Camp 01E", "Camp 02W", "Camp 04", "Camp 09", "Camp 13", "Camp 17"),
    "Teknaf": ("Camp 21", "Camp 22", "Camp 24", "Camp 25", "Camp 26", "Camp 27"),
    "Ramu": (), "Chakaria": (), "Pekua": (), "Maheshkhali": (), "Kutubdia": (),
}  # fmt: skip
_OFTEN = (0.3, 0.3, 0.1, 0.1, 0.1, 0.05, 0.05)
_HEADER = f"{HEADER},Group,Recruiter,Dead"
_MORE = """
[columns."Group"]
use = "take"
field = "person.population_group"

[columns."Recruiter"]
use = "take"
field = "person.recruiter_relation"

[columns."Dead"]
use = "take"
field = "incident.dead_or_missing"
"""
_OPTIONAL = ("Ransom", "Group", "Recruiter", "Dead", "Exploitation", "To", "Transport", "Age")

Row = dict[str, str]


@dataclass(frozen=True)
class Planted:
    """A store in which some events are told twice.

    Attributes:
        intake: The store.
        files: File of each partner.
        twice: Pairs of (partner, row of its file) that are one event.
    """

    intake: Intake
    files: dict[str, Path]
    twice: frozenset[frozenset[tuple[str, int]]]


def plant(
    intake: Intake, folder: Path, *, records: int, twice: int, seed: int, untold: float = 0
) -> Planted:
    """Load two line lists of so many records together; the last of the second tell events again.

    A third of them tell one of the same list, under another spelling of its key; of all, half have
    a day beside, half the upazila for the camp, and half another code in one field. ``untold`` is
    the share of cells of ``_OPTIONAL`` that are empty, of each row for itself.
    """
    sources = folder / "planted"
    shutil.copytree(SOURCES, sources)
    text = (SOURCES / "line-list.toml").read_text(encoding="utf-8")
    text = text.replace('["upazila"]', '["upazila", "camp"]') + _MORE
    for name, partner in (("line-list", "partner-t"), ("other", "partner-u")):
        told = text.replace('"line-list"', f'"{name}"').replace('"partner-t"', f'"{partner}"')
        (sources / f"{name}.toml").write_text(told, encoding="utf-8")
    made = replace(intake, settings=replace(intake.settings, sources=sources))
    draw = np.random.default_rng(seed)
    half = records // 2
    first = [_event(draw, f"{n:05}") for n in range(1, half + 1)]
    second = [_event(draw, f"{n:05}") for n in range(1, records - half - twice + 1)]
    known: set[frozenset[tuple[str, int]]] = set()
    for number, at in enumerate(draw.permutation(len(second))[:twice].tolist()):
        within = number % 3 == 0
        partner, key = ("partner-u", f"CXB/{at + 1}") if within else ("partner-t", f"9{number:04}")
        second.append(_again(draw, (second if within else first)[at], key))
        known.add(frozenset({(partner, at + 2), ("partner-u", len(second) + 1)}))
    for row in (*first, *second):
        row.update({name: "" for name in _OPTIONAL if untold and draw.random() < untold})
    files = {
        "partner-t": _written(made, first, "t.csv"),
        "partner-u": _written(made, second, "u.csv"),
    }
    for source, path in zip(("line-list", "other"), files.values(), strict=True):
        report = made.load(source, path, shared_caseload=True)
        assert report.result == "whole", report.findings[:3]
    return Planted(made, files, frozenset(known))


def _event(draw: np.random.Generator, key: str) -> Row:
    def one(values: Sequence[str], often: Sequence[float] | None = None) -> str:
        return str(draw.choice(list(values), p=often))

    upazila = one(tuple(PLACES), _OFTEN)
    camp = one(PLACES[upazila]) if PLACES[upazila] and draw.random() < 0.7 else upazila
    boat = draw.random() < 0.5
    day = date(2024, 1, 1) + timedelta(days=int(draw.integers(0, 730)))
    return {
        "Case no": key, "Person no": "1", "Date of incident": f"{day:%d/%m/%Y}",
        "Ransom": one(("yes", "no", ""), (0.2, 0.5, 0.3)), "Sex": one(("Female", "Male")),
        "Age": str(draw.integers(5, 65)),
        "Class": "smuggling" if boat else one(("undetermined", "trafficking_suspected")),
        "Act": "", "Means": "",
        "Exploitation": "" if boat else one(("forced_labour", "sexual_exploitation", "")),
        "District": "Cox's Bazar", "Upazila": camp, "From": "Cox's Bazar",
        "To": one(("Malaysia", "Thailand", "Indonesia") if boat else ("India", "Saudi Arabia")),
        "Transport": "sea" if boat else one(("land", "air")), "Case worker": upazila,
        "Group": one(("rohingya_refugee", "host_community"), (0.7, 0.3)),
        "Recruiter": one(("broker", "friend", "family", "")), "Dead": one(("0", "", "1"),
                                                                          (0.6, 0.3, 0.1)),
    }  # fmt: skip


def _again(draw: np.random.Generator, row: Row, key: str) -> Row:
    """The same event in other words."""
    told = {**row, "Case no": key}
    d, m, y = map(int, row["Date of incident"].split("/"))
    beside = date(y, m, d) + timedelta(days=int(draw.choice([-1, 1])))
    if draw.random() < 0.5 and beside.year in (2024, 2025):
        told["Date of incident"] = f"{beside:%d/%m/%Y}"
    if draw.random() < 0.5:
        told["Upazila"] = row["Case worker"]
    if draw.random() < 0.5:
        field = str(draw.choice(["Sex", "Ransom", "Recruiter", "Group"]))
        others = {
            "Sex": ("Female", "Male"), "Ransom": ("yes", "no"), "Recruiter": ("broker", "friend"),
            "Group": ("rohingya_refugee", "host_community"),
        }[field]  # fmt: skip
        told[field] = next(value for value in others if value != row[field])
    return told


def _written(intake: Intake, rows: Sequence[Row], name: str) -> Path:
    columns = _HEADER.split(",")
    return intake.write(name, _HEADER, *(",".join(row[name] for name in columns) for row in rows))

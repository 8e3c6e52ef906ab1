"""What a release does not report is said to be that, and never to be none or very few."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dashboard import exhibits
from dashboard.exhibits import headlines
from dashboard.exhibits.registry import (
    Definition,
    definitions,
    question_of,
    read_view_query,
    render,
)
from dashboard.exports.csv import as_csv
from dashboard.model.facts import fact
from dashboard.model.release import echo_table
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from dashboard.words.numbers import about
from tests.support.releases import build_release, built

#: What a partner may not send, with the facts that are made of it.
GROUPS = {
    "incidents": ("incidents",),
    "people": ("people", "journeys", "legs", "reclassifications"),
    "referrals": ("requests", "endings"),
}
#: What targets want stands there however little is reported; the result is then not known.
TARGETS = "referrals.targets"
exhibits.load()


def without(folder: Path, group: str) -> Release:
    """A release in which some facts have no unit in any month."""
    path = build_release(folder / f"{group}.duckdb", months=24)
    with duckdb.connect(str(path)) as connection:
        for name in GROUPS[group]:
            connection.execute(f"DELETE FROM {name}")  # noqa: S608
            connection.execute(f"DELETE FROM {echo_table(fact(name))}")  # noqa: S608
    return Release(path)


@pytest.fixture(scope="module", params=GROUPS)
def lacking(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Release]:
    return request.param, without(tmp_path_factory.mktemp("lacking"), request.param)


def rendered(release: Release, entry: Definition, lang: str):
    return render(entry.id, read_view_query(f"lang={lang}", release, lambda _: False), release)


def counting(group: str, *, only: bool) -> list[Definition]:
    """Exhibits that count one of the facts, or nothing else."""
    lost = set(GROUPS[group])
    return [
        entry
        for entry in definitions()
        if not entry.published
        and entry.facts
        and entry.id != TARGETS
        and (lost >= set(entry.facts) if only else lost & set(entry.facts))
    ]


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_an_exhibit_of_nothing_else_says_so_in_place_of_a_finding(
    lacking: tuple[str, Release], lang: str
) -> None:
    group, release = lacking
    sentences = {
        translate("shared.offer.not_reported", lang, fact=fact(name).label_in(lang))
        for name in GROUPS[group]
    }
    entries = counting(group, only=True)
    assert entries
    for entry in entries:
        exhibit = rendered(release, entry, lang)
        assert exhibit.title in sentences, entry.id
        assert exhibit.figure is None, entry.id
        assert exhibit.description in sentences, entry.id
        assert exhibit.table.rows == (), entry.id


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_every_file_of_an_exhibit_says_what_is_not_reported(
    lacking: tuple[str, Release], lang: str
) -> None:
    group, release = lacking
    for entry in counting(group, only=False):
        text = as_csv(rendered(release, entry, lang), "/x", lang)
        for name in set(entry.facts) & set(GROUPS[group]):
            words = translate("shared.offer.not_reported", lang, fact=fact(name).label_in(lang))
            assert words in text, entry.id


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_a_tile_has_words_and_no_zero(lacking: tuple[str, Release], lang: str) -> None:
    group, release = lacking
    words = translate("overview.indicators.not_reported", lang)
    tiles = {
        "incidents": {"overview.indicators": ["incidents"], "referrals.indicators": []},
        "people": {
            "overview.indicators": ["people"],
            "referrals.indicators": ["people", "protection"],
        },
        "referrals": {
            "overview.indicators": ["first_referrals", "services"],
            "referrals.indicators": ["in_time", "open", "declined"],
        },
    }
    for exhibit_id, names in tiles[group].items():
        reading = read_view_query(f"lang={lang}", release, lambda _: False)
        exhibit = render(exhibit_id, reading, release)
        untold = {item["id"]: item for item in exhibit.figure["items"] if item["value"] is None}
        assert list(untold) == names
        assert all(item["text"] == words and not item["change"] for item in untold.values())
        cells = dict(zip(exhibit.table.column("code"), exhibit.table.column("value"), strict=True))
        assert all(cells[name] is None for name in names)


def test_no_finding_is_about_what_is_not_reported(lacking: tuple[str, Release]) -> None:
    group, release = lacking
    unit = {"incidents": "incidents", "people": "people", "referrals": "referrals"}[group]
    zero = re.compile(rf"{about(0, 5, 'en')} {unit}", re.IGNORECASE)
    for entry in counting(group, only=False):
        exhibit = rendered(release, entry, "en")
        assert not zero.search(exhibit.title), entry.id
    question = question_of(read_view_query("", release, lambda _: False).filters, release)
    for page in headlines.PAGES:
        assert "none or very few" not in headlines.headline(page, question).title.lower()


def test_a_release_of_referrals_alone_opens_with_words(tmp_path: Path) -> None:
    path = build_release(tmp_path / "a.duckdb", months=24)
    with duckdb.connect(str(path)) as connection:
        for name in (*GROUPS["incidents"], *GROUPS["people"]):
            connection.execute(f"DELETE FROM {name}")  # noqa: S608
            connection.execute(f"DELETE FROM {echo_table(fact(name))}")  # noqa: S608
    release = Release(path)
    question = question_of(read_view_query("", release, lambda _: False).filters, release)
    head = headlines.headline("overview", question)
    assert head.title == "Incidents reported: not reported in this release"
    assert not any("true change" in words for words in head.lead)


def test_a_zero_of_what_is_reported_stays_one(tmp_path: Path) -> None:
    units = {"people": [{"month": "2026-01-01", "size": 5}]}
    release = built(tmp_path, months=24, units=units)
    reading = read_view_query("period=2025-11..2025-12", release, lambda _: False)
    exhibit = render("overview.exploitation", reading, release)
    assert exhibit.title.startswith("None or very few people match")

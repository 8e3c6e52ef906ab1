"""Nothing on a page says the opposite of something else on it, or names a largest that is not.

Over random views of the committed sample: headline, titles, leads, tiles, arrows, lists and
descriptions are held against each other and against the tables beside them. Whether what they say
is true of the register is asked in ``tests/words/truth.py``.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.parts.offers import unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.facts import fact
from dashboard.release.open_release import Release
from dashboard.words.catalogue import say
from tests.contract.views import random_filters
from tests.support.claims import RANKED, in_order, named, number, rows_of, sizes
from tests.support.readings import reading

exhibits.load()
VIEWS, AT_ONCE = 300, 30
PLACES = ("overview.map", "hotspots.map", "hotspots.ranking")
WAYS = {"rose": "up", "fell": "down"}
SIGNS = WAYS | {"level": "level"}
#: What a title may not say of what rose, and of what fell.
MORE = ("fewer", "more")


@pytest.mark.parametrize("start", range(0, VIEWS, AT_ONCE))
def test_what_a_page_says_agrees(start: int, sample: Release) -> None:
    recognised: Counter[str] = Counter()
    for seed in range(start, start + AT_ONCE):
        filters = random_filters(sample, random.Random(seed))
        asked = question_of(filters, sample)
        found = {
            name: render(name, reading(filters), sample)
            for name in ("overview.indicators", "overview.changes", "overview.trend", *RANKED)
        }
        about_tiles(asked, found["overview.indicators"])
        about_changes(asked, found["overview.changes"])
        about_trend(asked, found)
        leaders = {name: about_largest(found[name]) for name in RANKED}
        levels = {found[name].options.get("level") for name in PLACES}
        if len(levels) == 1:  # a list may go on to camps where maps end
            assert len({leaders[name] for name in PLACES} - {None}) <= 1, filters.to_query()
        recognised.update(name for name, leader in leaders.items() if leader)
    assert set(recognised) == set(RANKED), "a title names none that this test knows"


def about_tiles(asked: Question, found: Exhibit) -> None:
    """Headline, tiles and arrows say the same, and each obeys every filter or gives nothing."""
    tiles = {item["id"]: item for item in (found.figure or {})["items"]}
    title = headline("overview", asked).title
    assert title == found.title
    about_people = say("overview.what_people", "en") in title or "identified" in title
    lead = tiles["people" if about_people else "incidents"]
    assert lead["value"] is not None
    assert str(lead["value"]) in title.replace(",", "") or lead["text"].lower() in title.lower()
    for way in WAYS:
        assert (way in title) == (lead["direction"] == way), title
    for name, tile in tiles.items():
        counted = {"first_referrals": "requests", "services": "endings"}.get(name, name)
        assert (tile["value"] is None) == bool(unkept(asked, fact(counted)))
        assert SIGNS.get(tile["kind"] or "") == tile["arrow"]
        assert tile["direction"] == ("none" if tile["kind"] == "level" else tile["kind"])
        if tile["direction"] in WAYS:
            difference = tile["value"] - tile["before"]
            assert (difference > 0) == (tile["direction"] == "rose")
            assert tile["direction"] in tile["change"]
            assert tile["low"] is None or tile["high"] is None or tile["low"] <= tile["high"]


def about_changes(asked: Question, found: Exhibit) -> None:
    """Title, list, table and description say one direction of a change, and the headline too."""
    items = (found.figure or {})["items"]
    rows = {(row["label"], row["unit"], row["now"]): row for row in rows_of(found)}
    for item in items:
        (row,) = [r for r in rows.values() if r["code"] == item["code"] and r["now"] == item["now"]]
        change = number(row["change"])
        assert change == item["now"] - item["before"]
        assert item["direction"] == ("up" if change > 0 else "down")
        opposite = "fell" if change > 0 else "rose"
        assert f" {opposite} " not in item["sentence"]
        assert item["sentence"] in found.description
        assert bool(item["sure"]) == (not item["doubts"])
    clear = [item for item in items if item["sure"]]
    if clear:
        assert clear[0]["label"].lower() in found.title.lower()
        assert f"clearest {'fall' if clear[0]['direction'] == 'up' else 'rise'}" not in found.title
    title = headline("overview", asked).title
    led = re.search(r", (?:led by|most(?: of all)?)(?: in)?(?: the corridor)? (.+)$", title)
    if led:
        (row,) = [r for r in rows.values() if str(r["label"]).lower() == led[1].lower()][:1]
        assert row["doubts"] == say("overview.changes.sure", "en")
        assert (number(row["change"]) > 0) == ("led by" in title)


def about_trend(asked: Question, found: Mapping[str, Exhibit]) -> None:
    """The trend's title says of a class what list and tile say, or that nothing is clear."""
    title = found["overview.trend"].title
    told = dict(re.findall(r"(trafficking|smuggling): (more|fewer)", title.lower()))
    for row in rows_of(found["overview.changes"]):
        if row["code"] == "smuggling" and row["doubts"] == say("overview.changes.sure", "en"):
            assert told.get("smuggling") != MORE[number(row["change"]) < 0], title
    tiles = {item["id"]: item for item in (found["overview.indicators"].figure or {})["items"]}
    chosen = set(asked.filters.codes_of("class"))
    if len(chosen) == 1 and chosen <= {"trafficking", "smuggling"}:
        counted = "incidents" if tiles["incidents"]["value"] is not None else "people"
        for way, opposite in (("rose", "fewer"), ("fell", "more")):
            if tiles[counted]["direction"] == way:
                assert f": {opposite} " not in title, title


def about_largest(found: Exhibit) -> str | None:
    """Whom a title calls the largest, after its table agreed; None where it calls nobody so."""
    if found.offer is not None:
        return None
    held, names = sizes(found), named(found)
    ranked = sorted(held.values(), reverse=True)
    assert all(held[name] >= ranked[len(names) - 1] for name in names), (found.title, held)
    if len(names) != 1:
        return None
    (name,) = names
    described = in_order([label for label, size in held.items() if size], found.description)
    assert described[:1] == [name], (found.title, found.description)
    return name


def test_a_title_that_names_another_than_the_largest_is_found(sample: Release) -> None:
    """The check itself sees a wrong title."""
    found = render("hotspots.ranking", reading(Filters()), sample)
    rows = rows_of(found)
    name = about_largest(found)
    assert name == rows[0]["name"]
    wrong = found.title.replace(str(name), str(rows[3]["name"]))
    with pytest.raises(AssertionError):
        about_largest(replace(found, title=wrong))

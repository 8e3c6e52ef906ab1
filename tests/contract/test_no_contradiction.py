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
from typing import Any

import pytest

from dashboard import exhibits
from dashboard.exhibits.counts.corridor_counts import UNNAMED
from dashboard.exhibits.exhibit import Cell, Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.parts.empty_state import unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definitions, question_of, render
from dashboard.filters import Filters
from dashboard.model.facts import fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import translate
from tests.contract.views import random_filters
from tests.support.claims import RANKED, Row, in_order, named, number, rows_of, sizes
from tests.support.readings import reading

exhibits.load()
VIEWS, AT_ONCE = 300, 30
#: The seed of a view in which a camp comes first, as in few.
OF_A_CAMP = 14
PLACES = ("overview.map", "hotspots.map", "hotspots.ranking")
WORDED = ("overview.changes", "overview.map", "hotspots.map", *PLACES[2:], "hotspots.camps",
          "routes.corridors")  # fmt: skip
#: Months of which the note of the trend speaks at most.
QUARTER = 3
#: One view in so many is read in Bangla too, or asked in questions of a reader's own.
IN_BANGLA, EXPLORED = 5, 10
SIGNS = {"rose": "up", "fell": "down"}
#: What is said of what rose, and of what fell.
WORDS = {"rose": translate("judge.more", "en"), "fell": translate("judge.fewer", "en")}
#: What is said of what lies in the usual range; and where people lie above it, but no incidents.
AS_USUAL = [translate(f"judge.{word}", "en") for word in ("same", "unclear")]
GROUP = translate("judge.why_group", "en")
EXPLORE = "explore.answer"
UNSAID, NEW = translate("judge.unsaid", "en"), translate("judge.new", "en")
#: What a title may not say of what rose, and of what fell.
MORE = ("fewer", "more")


@pytest.mark.parametrize("start", range(0, VIEWS, AT_ONCE))
def test_what_a_page_says_agrees(start: int, sample: Release) -> None:
    recognised: Counter[str] = Counter()
    judged = crossed = 0
    for seed in (*range(start, start + AT_ONCE), OF_A_CAMP):
        filters = random_filters(sample, random.Random(seed))
        asked = question_of(filters, sample)
        found = {
            name: render(name, reading(filters), sample)
            for name in ("overview.indicators", "overview.changes", "overview.trend", *RANKED)
        }
        numbers = {name: render(name, reading(filters, show="number"), sample) for name in RANKED}
        about_tiles(asked, found["overview.indicators"])
        about_changes(asked, found["overview.changes"])
        about_trend(asked, found, render("overview.trend", reading(filters, split="class"), sample))
        if seed % EXPLORED == 0:
            found |= explored(asked, found)
            crossed += about_cells(asked, found["hotspots.ranking"])
        judged += about_lists(found)
        about_corridors(asked, found["routes.corridors"])
        about_area(asked, found["hotspots.ranking"])
        if seed % IN_BANGLA == 0:
            about_languages(filters, found, sample)
        leaders = {name: about_largest(numbers[name]) for name in RANKED}
        levels = {found[name].options.get("level") for name in PLACES}
        if len(levels) == 1:  # a list may go on to camps where maps end
            assert len({leaders[name] for name in PLACES} - {None}) <= 1, filters.to_query()
        recognised.update(name for name, leader in leaders.items() if leader)
    assert set(recognised) == set(RANKED), "a title names none that this test knows"
    assert judged > AT_ONCE
    assert crossed


def test_exhibits_that_show_the_months_compared_with_are_declared_so(sample: Release) -> None:
    """The line under the menus says it of the other pages."""
    compared = dates.period(sample.default_period.last_year(), "en")

    def said(name: str, **filters: Any) -> int:
        found = render(name, reading(Filters(**filters)), sample)
        return repr((found.figure, found.table.columns)).count(compared)

    for entry in definitions():
        assert entry.compares == (said(entry.id, compare="last-year") > said(entry.id)), entry.id


def about_tiles(question: Question, found: Exhibit) -> None:
    """Headline, tiles and arrows say the same, and each obeys every filter or gives nothing."""
    tiles = {item["id"]: item for item in (found.figure or {})["items"]}
    title = headline("overview", question).title
    assert title == found.title
    about_people = translate("overview.what_people", "en") in title or "identified" in title
    lead = tiles["people" if about_people else "incidents"]
    assert lead["value"] is not None
    assert str(lead["value"]) in title.replace(",", "") or lead["text"].lower() in title.lower()
    for way, word in WORDS.items():
        assert (word in title) == (lead["direction"] == way and lead["word"] != "new"), title
    for name, tile in tiles.items():
        counted = {"first_referrals": "requests", "services": "endings"}.get(name, name)
        assert (tile["value"] is None) == bool(unkept(question, fact(counted)))
        assert SIGNS.get(tile["direction"]) == tile["arrow"] or tile["word"] == "same"
        if tile["direction"] in WORDS:
            assert (tile["value"] > tile["usual"]) == (tile["direction"] == "rose")
            assert WORDS[tile["direction"]] in tile["change"].lower() or tile["word"] == "new"
        if tile["usual"] is not None and tile["most"] is not None:
            assert tile["fewest"] <= tile["usual"] <= tile["most"]
            is_usual = tile["fewest"] <= tile["value"] <= tile["most"]
            said = any(word in tile["change"] for word in AS_USUAL)
            assert is_usual == said or GROUP in tile["change"] or UNSAID in tile["change"], tile


def about_changes(question: Question, found: Exhibit) -> None:
    """Title, list, table and description say one direction of a change, and the headline too."""
    items = (found.figure or {})["items"]
    rows = {(row["label"], row["unit"], row["window"]): row for row in rows_of(found)}
    for item in items:
        (row,) = [r for r in rows.values() if r["code"] == item["code"] and r["now"] == item["now"]]
        is_more = item["direction"] == "up"
        if row["verdict"] != UNSAID:
            assert is_more == (row["verdict"] != WORDS["fell"])
        assert (item["word"]["id"] == "unsaid") == (row["verdict"] == UNSAID)
        assert (number(row["now"]) > float(row["usual"] or 0)) == is_more
        about_limits(row, number(row["now"]))
        assert item["sentence"] in found.description
        assert bool(item["sure"]) == (not item["doubts"])
    said = Counter(str(row["verdict"]) for row in rows_of(found))
    counted = {
        "rose": said[WORDS["rose"]] + said[NEW],
        "fell": said[WORDS["fell"]],
        "unsaid": said[UNSAID],
    }
    for way, n in counted.items():
        text = translate(f"overview.changes.title_{way}", "en", n=n)
        assert (text in found.title.lower()) == (n > 0), (found.title, counted)
    title = headline("overview", question).title
    if led := re.search(r", most in (.+)$", title):
        named = [
            r for r in rows.values() if led[1].lower() in f"{r['label']}, {r['others']}".lower()
        ]
        assert {WORDS["rose"] in title} == {row["verdict"] != WORDS["fell"] for row in named}


def about_lists(found: Mapping[str, Exhibit]) -> int:
    """A row has one word wherever it stands: in what changed, on maps and in lists."""
    words: dict[tuple[Cell, ...], tuple[Cell, Cell]] = {}
    for name in (*WORDED, *(name for name in found if name.startswith(EXPLORE))):
        columns = {column.code: column for column in found[name].table.columns}
        if "verdict" not in columns:
            continue
        for row in rows_of(found[name]):
            # "Other" is a class as well as a corridor.
            if row["code"] not in ("", *UNNAMED) and row["verdict"]:
                judged = columns.get("judged")
                window = dates.period(Span.parse(judged.period), "en") if judged else row["window"]
                key = (row["code"], judged.unit if judged else row["unit"], window)
                told = row["verdict"], row["usual" if "usual" in row else "expected"]
                assert words.setdefault(key, told) == told, (name, key)
                if "judged" in row:
                    about_limits(row, number(row["judged"]))
    return len(words)


def about_limits(row: Row, number: int) -> None:
    """A row is called more from the number on from which it says that it is, and fewer likewise."""
    if (word := row["verdict"]) not in (UNSAID, ""):
        from_, to = row["noticed_from"], row["noticed_to"]
        is_more = from_ is not None and number >= int(from_)
        assert is_more == (word in (WORDS["rose"], NEW)), row
        assert (to is not None and number <= int(to)) == (word == WORDS["fell"]), row


def about_corridors(question: Question, listed: Exhibit) -> None:
    """A corridor has a word that its number, or the one beside it, bears; the headline has it."""
    rows = [row for row in rows_of(listed) if "verdict" in row]
    drawn = (listed.figure or {"rows": ()})["rows"]
    beside = {row["code"]: row.get("usual_number") for row in drawn}
    for row in rows:
        if ", now" not in beside[row["code"]]:
            about_limits(row, number(row["people"]))
    if rows and len(question.filters.codes_of("corridor")) != 1:
        told = {row["verdict"] for row in rows if row["code"] not in UNNAMED}
        way = "More" if told & {WORDS["rose"], NEW} else "Fewer" if WORDS["fell"] in told else ""
        title = headline("routes", question).title
        said = re.match("(More|Fewer) .+ than usual: ", title)
        assert (said[1] if said else "") == way, title


def explored(asked: Question, found: Mapping[str, Exhibit]) -> dict[str, Exhibit]:
    """The rows of lists and maps as questions against usual."""
    level = found["hotspots.ranking"].options.get("level", "")
    areas = [(name, level) for name in ("incidents", "people")] if level else []
    return {
        f"{EXPLORE}?{counted}&{rows}": against_usual(asked.filters, asked.release, counted, rows)
        for counted, rows in (*areas, ("people", "corridor"), ("people", "class_group"))
    }


def against_usual(
    filters: Filters, release: Release, count: str, rows: str, columns: str = "none"
) -> Exhibit:
    """A question held against usual."""
    options = {"count": count, "rows": rows, "columns": columns, "value": "usual"}
    return render(EXPLORE, reading(filters, **options), release)


def about_cells(asked: Question, listed: Exhibit) -> int:
    """A cell of a question has the word that the list has under the filter of its column."""
    level = listed.options.get("level", "")
    if not level or listed.options.get("measure") is None:
        return 0
    counted = "people" if listed.unit == "people" else "incidents"
    found = against_usual(asked.filters, asked.release, counted, level, "class_group")
    cells = [row for row in rows_of(found) if row.get("column_code") and row.get("verdict")]
    for code in sorted({str(row["column_code"]) for row in cells})[:2]:
        chosen = reading(asked.filters.with_codes("class", (code,)), level=level, measure=counted)
        under = render(listed.id, chosen, asked.release)
        if under.unit != listed.unit:  # a list that would be empty is one of people
            continue
        words = {row["code"]: (row.get("verdict"), row.get("expected")) for row in rows_of(under)}
        for row in cells:
            if row["column_code"] == code and words.get(row["code"], ("", 0))[0]:
                assert words[row["code"]] == (row["verdict"], row["expected"]), (code, row)
    return len(cells)


def about_area(question: Question, listed: Exhibit) -> None:
    """The first area of a list is called the same on its own card, in its line and as a filter."""
    first = next((row for row in rows_of(listed) if row["code"] and row.get("verdict")), None)
    if first is None or question.filters.codes_of("area"):
        return
    chosen = question.filters.with_codes("area", (str(first["code"]),))
    card = render("hotspots.area", reading(chosen), question.release)
    if card.figure and card.figure["verdict"]:
        assert f"{first['verdict']};" in card.figure["verdict"] or "cannot be said" in (
            str(first["verdict"])
        ), (first, card.figure["verdict"])


def about_languages(filters: Filters, found: Mapping[str, Exhibit], sample: Release) -> None:
    """Each word of a list is one word of the other language, in the same rows."""
    pairs: set[tuple[Cell, Cell]] = set()
    for name in WORDED:
        other = render(name, reading(replace(filters, lang="bn")), sample)
        words, others = (
            {row["code"]: row.get("verdict") for row in rows_of(each) if row.get("code")}
            for each in (found[name], other)
        )
        assert words.keys() == others.keys()
        pairs.update((word, others[code]) for code, word in words.items())
    assert len(pairs) == len({english for english, _ in pairs}) == len({own for _, own in pairs})


def about_trend(question: Question, found: Mapping[str, Exhibit], by_class: Exhibit) -> None:
    """The trend says of everything and of a class what list and tile say, or nothing clear."""
    title = by_class.title
    told = dict(re.findall(r"(trafficking|smuggling): (more|fewer)", title.lower()))
    for row in rows_of(found["overview.changes"]):
        if row["code"] == "smuggling" and row["verdict"] in WORDS.values():
            assert told.get("smuggling") != MORE[row["verdict"] == WORDS["fell"]], title
    tiles = {item["id"]: item for item in (found["overview.indicators"].figure or {})["items"]}
    alone = found["overview.trend"]
    if question.period.months <= QUARTER and alone.note and alone.unit in tiles:
        word = tiles[alone.unit]["change"].rpartition("· ")[2].partition(".")[0]
        assert word in alone.note, (word, alone.note)
        if tiles[alone.unit]["usual"] is not None:
            assert tiles[alone.unit]["text"] in alone.note.lower(), alone.note
    chosen = set(question.filters.codes_of("class"))
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

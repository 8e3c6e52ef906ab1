"""A question held against usual: words of the judge in rows and cells, or why there are none."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.explore.reader_question import OPTIONS, USUAL, read_question
from dashboard.exhibits.explore.usual import against, why_not
from dashboard.exhibits.parameters import unmet
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import available_options, read_view_query, render
from dashboard.exhibits.registry import definition as registered
from dashboard.figures.plot import Plot
from dashboard.filters import Filters
from dashboard.model.facts import MEMBER_FACTS
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from tests.support.readings import drawn
from tests.support.usual import QUARTER, SPAN, STEADY, TEKNAF, UKHIA, Unit, opened, units

ID = "explore.answer"
#: Months that nothing is expected for any more.
WINDOW = str(Span.last(3, until=QUARTER.start.plus(-1)))


def answer(release: Release, query: str) -> Exhibit:
    return render(ID, read_view_query(f"value=usual&{query}", release, lambda _: False), release)


def cells(exhibit: Exhibit) -> dict[tuple[object, object], dict[str, Any]]:
    """The rows of the table by the codes that they are about."""
    codes = [column.code for column in exhibit.table.columns]
    rows = (dict(zip(codes, row, strict=True)) for row in exhibit.table.rows)
    return {(row["code"], row.get("column_code", "")): row for row in rows}


def of_class(units_: list[Unit], code: str) -> list[Unit]:
    return [{**unit, "class": code, "class_group": "smuggling"} for unit in units_]


def changed(folder: Path) -> Any:
    """Ukhia quadruples in a quarter, all of it smuggling; Teknaf ends."""
    return opened(
        folder,
        STEADY,
        units(UKHIA, 10),
        of_class(units(UKHIA, 30, since=30), "smuggling_aggravated"),
        units(TEKNAF, 30, until=30),
    )


def test_rows_have_their_word_what_is_usual_and_from_where_it_is_noticed(tmp_path: Path) -> None:
    with changed(tmp_path) as release:
        exhibit = answer(release, f"count=incidents&rows=upazila&columns=none&period={WINDOW}")
        assert exhibit.title == "More incidents than usual: Ukhia"
        assert exhibit.options["as"] == "list"
        assert exhibit.subtitle.startswith("Incidents reported by upazila, against usual, Apr")
        ukhia, teknaf = (cells(exhibit)[code, ""] for code in (UKHIA, TEKNAF))
        assert (ukhia["incidents"], ukhia["judged"], ukhia["expected"]) == (120, 120, 30.0)
        assert ukhia["noticed_from"] < ukhia["incidents"]
        assert ukhia["verdict"] == "more than usual"
        # What holds nothing any more is a row too; a partner who stopped could explain it.
        assert (teknaf["incidents"], teknaf["verdict"]) == (0, "cannot be said")
        rows = {row["code"]: row for row in drawn(exhibit)["rows"]}
        assert (rows[UKHIA]["change"], rows[UKHIA]["direction"]) == ("more than usual", "up")
        assert rows[UKHIA]["usual"].startswith("usual 30, noticed from ")
        assert (rows[TEKNAF]["change"], rows[TEKNAF]["value"]) == ("cannot be said", 0)
        query = f"count=incidents&rows=upazila&columns=none&as=map&period={WINDOW}"
        painted = answer(release, query)
        assert painted.title == exhibit.title
        assert cells(painted)[UKHIA, ""]["verdict"] == "more than usual"


def test_what_is_off_usual_is_listed_however_little_it_is(tmp_path: Path) -> None:
    with changed(tmp_path) as release:
        upazilas = [code for code, place in release.places.items() if place.level == "upazila"]
    many = [units(code, 60) for code in upazilas if code not in (UKHIA, TEKNAF)][:20]
    with opened(tmp_path, *many, units(UKHIA, 5, until=30), units(UKHIA, 25, since=30)) as release:
        exhibit = answer(release, f"count=incidents&rows=upazila&columns=none&period={WINDOW}")
        rows = drawn(exhibit)["rows"]
        assert [row["rank"] for row in rows] == [*range(1, 16), None]
        assert (rows[-1]["code"], rows[-1]["change"]) == (UKHIA, "more than usual")
        assert drawn(exhibit)["left_out"] == 5
        sizes = (int(size or 0) for size in exhibit.table.column("incidents"))
        assert drawn(exhibit)["total"] == sum(sizes)


def test_cells_are_judged_as_their_rows_are_under_the_filter_of_their_column(
    tmp_path: Path,
) -> None:
    query = f"count=incidents&period={WINDOW}"
    with changed(tmp_path) as release:
        exhibit = answer(release, f"{query}&rows=upazila&columns=class_group")
        crossed = cells(exhibit)
        smuggled = answer(release, f"{query}&rows=upazila&columns=none&class=smuggling")
        alone = cells(smuggled)
        of_ukhia = crossed[UKHIA, "smuggling"]
        assert of_ukhia["verdict"] == alone[UKHIA, ""]["verdict"] == "new"
        assert of_ukhia["expected"] == alone[UKHIA, ""]["expected"]
        # A group that is chosen holds codes that are none of it by name.
        inside = cells(answer(release, f"{query}&rows=class&columns=none&class=smuggling"))
        assert inside["smuggling_aggravated", ""]["verdict"] == "new"
        turned = cells(answer(release, f"{query}&rows=class_group&columns=upazila"))
        assert {cell[::-1]: row["verdict"] for cell, row in turned.items()} == {
            cell: row["verdict"] for cell, row in crossed.items()
        }
        assert isinstance(exhibit.plot, Plot)
        texts = {
            (row.name, column): number
            for row in exhibit.plot.series
            for column, number in zip(exhibit.plot.categories, row.numbers, strict=True)
        }
        marked = texts["Ukhia", "Smuggling of migrants"]
        assert marked
        assert (marked.text, marked.value) == ("▲ 90", 1)
        assert "new" in marked.hover
        assert exhibit.title == "More incidents than usual: Ukhia (smuggling of migrants)"


@pytest.mark.parametrize("seed", range(4))
def test_a_judged_number_is_the_number_of_its_months(protected: Release, seed: int) -> None:
    """Of any two dimensions: what a cell is judged by is what is counted in it."""
    draw = random.Random(seed)
    checked = 0
    for _ in range(8):
        fact = draw.choice([fact for fact in MEMBER_FACTS if fact.grain == "month"])
        names = [option.narrowed(protected).values for option in OPTIONS if option.name == "rows"][
            0
        ]
        options = {option.name: option.values[0] for option in OPTIONS}
        options |= {"count": fact.id, "value": USUAL}
        options |= {"rows": draw.choice(names), "columns": draw.choice((*names, "none"))}
        # With roles chosen, checkpoints are counted on all pages alike.
        filters = Filters(role=("exploitation",)) if "place_role" in fact else Filters()
        question = Question(protected, filters, protected.default_period, options)
        reader_question = read_question(question)
        if why_not(question, reader_question):
            continue
        usual = against(question, reader_question)
        assert usual
        at_window = Question(protected, filters, usual.window, options)
        by = reader_question.by(at_window)
        sizes = {(row, *rest): n for row, *rest, n in at_window.counts(fact, *by)}
        for (row, column), one in usual.cells.items():
            key = (row, column) if reader_question.columns else (row,)
            assert round(one.now) == sizes.get(key, 0), (fact.id, reader_question.names, key)
            checked += 1
    assert checked > 10


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("rows=sex&columns=month", "explore.bar.why_usual_time"),
        ("rows=month&columns=none", "explore.bar.why_usual_time"),
        ("rows=rescuing_authority&columns=promise", "explore.bar.why_usual_pair"),
        ("count=legs&rows=corridor&columns=none", "judge.why_not_kept"),
        ("rows=destination_country&columns=none", "judge.why_not_kept"),
        ("rows=sex&columns=none&compare=none", "judge.why_not_asked"),
        (f"rows=sex&columns=none&period={SPAN.start}", "judge.why_history"),
        ("rows=sex&columns=none&period=2030-01", "judge.why_history"),
    ],
)
def test_what_is_not_judged_is_refused_and_a_page_says_why(
    protected: Release, query: str, why: str
) -> None:
    if str(SPAN.start) in query:
        query = query.replace(str(SPAN.start), str(protected.span.start.plus(11)))
    exhibit = answer(protected, query)
    options = available_options(registered(ID), protected)
    (refused,) = unmet({"value": USUAL}, exhibit, options) or [None]
    if exhibit.offer is None:
        assert refused
        assert refused.allowed == ("number",)
        assert exhibit.subtitle.startswith("Numbers, not against usual: ")
        assert translate(why, "en") in exhibit.notes
    else:
        assert "2030" in query

"""The story of the committed sample is seen: a country, a rise, a start, a move, silence, a blank.

What is told is in ``data/sample/README.md``. Numbers are asked of a release under two secrets, so
that no part of the story hangs on a draw; sentences of pages under the one that all tests know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from dashboard import exhibits
from dashboard.exhibits.counts.reporting import silent_areas
from dashboard.exhibits.exhibit import Cell, Exhibit
from dashboard.exhibits.headlines import Headline, headline
from dashboard.exhibits.registry import question_of, read_view_query, render
from dashboard.model.periods import Month, Span
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from etl.__main__ import main
from etl.settings import Settings
from tests.support.echoes import at_most
from tests.support.sample import write_known_secrets

exhibits.load()
LAST = Month(2026, 9)
YEAR, QUARTER = Span.last(12, until=LAST), Span.last(3, until=LAST)
#: First month in which partner F does not report.
SILENT_FROM = date(2026, 4, 1)
HOME = "BD2022"
#: The most that a single unit stands for: it may stand where nobody is.
ONE_UNIT = 6
#: Secrets of protection beside the one that all tests know, under which echoes are not asked.
OTHER_SECRETS = ("5e",)


@pytest.fixture(scope="module", params=("known", *OTHER_SECRETS))
def release(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Release]:
    """The release of the sample under one of several secrets."""
    if request.param == "known":
        yield request.getfixturevalue("sample")
        return
    folder = tmp_path_factory.mktemp("story")
    write_known_secrets(folder / "secrets")
    (folder / "secrets" / "protection.key").write_text(request.param * 32, encoding="ascii")
    settings = Settings(folder / "store", folder / "secrets")
    with at_most(0):
        assert main(["demo", "--json"], settings) == 0
    opened = Releases(settings.releases).current()
    yield opened
    opened.close()


@dataclass(frozen=True)
class Moved:
    """What a release counts in a period, and in the one of the same length before."""

    now: int
    before: int


def moved(release: Release, fact: str, column: str, code: str, period: Span = YEAR) -> Moved:
    def count(span: Span) -> int:
        rows = release.query(
            f"""SELECT coalesce(sum(size), 0) FROM {fact}
            WHERE {column} = ? AND month BETWEEN ? AND ?""",  # noqa: S608
            [code, span.start.first_day, span.end.first_day],
        )
        return int(rows[0][0])

    return Moved(count(period), count(period.previous()))


# --- under any secret ------------------------------------------------------------------------


def test_the_home_stays_the_district_of_the_camps(release: Release) -> None:
    """Half of the last twelve months' incidents, and no smaller area holds as many."""

    def largest(level: str) -> tuple[str, int]:
        rows = release.query(
            f"""SELECT {level}, sum(size) FROM incidents
            WHERE month >= ? AND {level} IS NOT NULL GROUP BY ALL ORDER BY 2 DESC LIMIT 1""",  # noqa: S608
            [YEAR.start.first_day],
        )
        return rows[0][0], int(rows[0][1])

    whole = release.query(
        "SELECT sum(size) FROM incidents WHERE month >= ?", [YEAR.start.first_day]
    )
    half = whole[0][0] / 2
    code, size = largest("district")
    assert code == HOME
    assert size >= half
    assert largest("upazila")[1] < half


def test_the_country_is_seen(release: Release) -> None:
    rows = release.query("SELECT DISTINCT division FROM people WHERE division IS NOT NULL")
    assert len(rows) >= 7
    rows = release.query(
        """SELECT district FROM people WHERE district IS NOT NULL AND month >= ?
        GROUP BY ALL HAVING sum(size) >= 15""",
        [YEAR.start.first_day],
    )
    assert {HOME, "BD4041", "BD6091"} <= {row[0] for row in rows}


def test_one_rise(release: Release) -> None:
    """Over the Naf River out of Teknaf, in the last quarter."""
    by_corridor = moved(release, "incidents", "corridor", "naf_river", QUARTER)
    assert by_corridor.now > 3 * by_corridor.before + 15
    by_upazila = moved(release, "incidents", "upazila", "BD20220090", QUARTER)
    assert by_upazila.now > 2 * by_upazila.before


def test_one_start(release: Release) -> None:
    """Over the north-east border: nobody, or what protection makes of it, then 18 a quarter."""
    people = moved(release, "people", "corridor", "bd_india_northeast")
    assert people.before <= ONE_UNIT
    assert 50 <= people.now <= 90
    assert moved(release, "people", "district", "BD6091").before <= ONE_UNIT


def test_one_move(release: Release) -> None:
    """What the border to India in the south-west loses, the way by air to the Gulf gains."""
    overland = moved(release, "people", "corridor", "bd_india_southwest")
    by_air = moved(release, "people", "corridor", "air_gulf")
    fell, rose = overland.before - overland.now, by_air.now - by_air.before
    assert fell > 60
    assert rose > 60
    assert abs(fell - rose) < min(fell, rose)


def test_one_silence(release: Release) -> None:
    bands = release.query("SELECT month, reporting_band FROM coverage ORDER BY month")
    assert {band for month, band in bands if month < SILENT_FROM} == {"6_plus"}
    assert {band for month, band in bands if month >= SILENT_FROM} == {"3_5"}


def test_totals_stay_exact_without_the_partner_that_stopped(release: Release) -> None:
    rows = release.query(
        "SELECT fact, exact FROM block_total WHERE fact IN ('people', 'incidents') AND period >= ?",
        [SILENT_FROM],
    )
    assert len(rows) == 12
    assert all(exact for _, exact in rows)


# --- what pages say --------------------------------------------------------------------------


def said_first(release: Release, query: str) -> Headline:
    reading = read_view_query(query, release, lambda _: False)
    return headline("overview", question_of(reading.filters, release))


def asked(release: Release, exhibit_id: str, query: str = "") -> Exhibit:
    return render(exhibit_id, read_view_query(query, release, lambda _: False), release)


def changes(found: Exhibit) -> list[dict[str, Cell]]:
    """Rows of what changed."""
    assert found.table
    names = [column.code for column in found.table.columns]
    return [dict(zip(names, row, strict=True)) for row in found.table.rows]


def told(found: Exhibit, name: str) -> dict[str, Cell]:
    """The row that tells of something, by its own name or with what tells of the same events."""
    (row,) = [r for r in changes(found) if name in (r["label"], *str(r["others"]).split(", "))]
    return row


MORE, FEWER = (translate(f"judge.{word}", "en") for word in ("more", "fewer"))
START, MOVED, LEFT, RISE = (
    "North-east border to India", "By air to the Gulf", "South-west border to India", "Naf River",
)  # fmt: skip


def test_the_first_page_names_the_start_and_the_move(sample: Release) -> None:
    found = asked(sample, "overview.changes")
    start, by_air, overland = (told(found, name) for name in (START, MOVED, LEFT))
    assert [row["verdict"] for row in (start, by_air, overland)] == [MORE, MORE, FEWER]
    assert float(by_air["now"] or 0) > 2 * float(by_air["usual"] or 0)
    assert float(overland["now"] or 0) < float(overland["usual"] or 0) / 2
    for row in (start, by_air, overland):
        assert str(row["label"]) in found.description


def test_the_last_quarter_names_the_rise_and_where_it_is(sample: Release) -> None:
    found = asked(sample, "overview.changes", f"period={QUARTER}")
    rise = told(found, RISE)
    assert (rise["label"], rise["verdict"]) == ("Teknaf", MORE)
    assert float(rise["now"] or 0) > 20 + float(rise["usual"] or 0)
    first = (found.figure or {})["items"][0]
    assert (first["label"], first["direction"]) == ("Teknaf", "up")
    assert "Teknaf" in found.description
    rose = [row["verdict"] for row in changes(found)].count(MORE)
    assert found.title.endswith(f", {rose} rose")
    assert "Teknaf" in said_first(sample, f"period={QUARTER}").title


def test_pages_tell_the_rise_in_the_same_word(sample: Release) -> None:
    query = f"period={QUARTER}"
    word = translate("judge.more", "en")
    map_, quarters = (asked(sample, f"hotspots.{name}", query) for name in ("map", "quarters"))
    assert word in map_.title.lower()
    assert "Teknaf" in map_.title
    assert word in asked(sample, "hotspots.ranking", query).figure["rows"][0]["change"]
    (river,) = [
        row
        for row in asked(sample, "routes.corridors", query).figure["rows"]
        if row["code"] == "naf_river"
    ]
    assert (river["change"], river["direction"]) == (word, "up")
    assert "usual" in quarters.title


def test_a_quiet_month_says_what_is_expected(sample: Release) -> None:
    found = said_first(sample, "period=2026-09")
    assert "no clear change (usual so far" in found.title
    assert any("expected" in sentence for sentence in found.lead)


def test_the_silence_is_told(sample: Release) -> None:
    coverage = asked(sample, "quality.coverage")
    assert "Apr 2026" in coverage.title
    assert "3\N{EN DASH}5" in coverage.title


def test_a_blank_from_which_nobody_reports_is_told_from_none(release: Release) -> None:
    kutubdia, pekua, maheshkhali, ukhia = "BD20220045", "BD20220056", "BD20220049", "BD20220094"
    asked = (kutubdia, pekua, maheshkhali, ukhia)
    assert silent_areas(release, asked, YEAR) == {kutubdia, pekua}
    assert silent_areas(release, asked, QUARTER) == {kutubdia, pekua, maheshkhali}

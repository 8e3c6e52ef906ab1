"""Tidy CSV: a rectangle of one value a row that programs read as it is, and its HXL row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace

import hxl
import hxl.input
import pandas as pd
import pytest

from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.registry import definitions
from dashboard.exports.files import kind_of
from dashboard.exports.source import Source
from dashboard.exports.tidy import as_tidy
from dashboard.model.languages import LANGUAGES
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from tests.support.sources import source
from tests.unit.dashboard.exports.planted import PLANTED, exhibit

IDS = [entry.id for entry in definitions()]
YEAR = Span.parse("2025-10..2026-09")


def written(of: Source) -> str:
    kind = kind_of("csv")
    assert kind is not None
    text = kind.write(of)
    assert isinstance(text, str)
    return text


def frame_of(text: str) -> pd.DataFrame:
    """What pandas reads of it with no more than what the documentation says."""
    return pd.read_csv(io.StringIO(text))


@pytest.mark.parametrize("exhibit_id", IDS)
def test_every_number_of_the_table_is_one_row(protected: Release, exhibit_id: str) -> None:
    of = source(exhibit_id, protected, form="tidy")
    table = of.exhibit.table
    values = [column.code for column in table.columns if column.is_value]
    frame = frame_of(written(of))
    if not values:
        assert len(frame) == len(table.rows)
        return
    assert len(frame) == len(values) * len(table.rows)
    for code in values:
        column = frame[frame["measure"] == code]["value"]
        expected = pd.Series(table.column(code), index=column.index, dtype=column.dtype)
        assert column.equals(expected), code
    assert frame["unit"].notna().all()


@pytest.mark.parametrize("exhibit_id", ["brief.sentences", "overview.changes", "hotspots.signals"])
def test_rows_of_different_months_carry_their_own(protected: Release, exhibit_id: str) -> None:
    frame = frame_of(written(source(exhibit_id, protected, form="tidy")))
    for row in frame[frame["measure"] != "before"].itertuples():
        span = Span.parse(f"{row.period_start[:7]}..{row.period_end[:7]}")
        assert dates.period(span, "en") == row.window


def test_a_brief_of_a_month_has_files_of_that_month(protected: Release) -> None:
    of = source("brief.reported", protected, "month=2026-08")
    assert str(of.period) == str(source("brief.reported", protected, "period=2026-08").period)


def test_numbers_of_a_compared_period_carry_that_period(protected: Release) -> None:
    of = source("hotspots.ranking", protected, "period=2026-01..2026-06&compare=previous", "tidy")
    frame = frame_of(written(of))
    ends = frame.groupby("measure")[["period_start", "period_end"]].agg(set).to_dict()
    assert ends["period_start"]["incidents"] == {"2026-01-01"}
    assert ends["period_start"]["before"] == {"2025-07-01"}
    assert ends["period_end"]["before"] == {"2025-12-31"}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("period=2026-01..2026-06", ("01", "31")),
        ("sex=hijra_or_other&measure=people", ("01", "31")),
        ("steps=quarter", ("01", "30")),
        ("steps=year", ("01", "30")),
    ],
)
def test_a_row_of_a_month_carries_that_month(
    protected: Release, query: str, first: tuple[str, str]
) -> None:
    frame = frame_of(written(source("overview.trend", protected, query, "tidy")))
    (time,) = {"month", "quarter", "year"} & set(frame.columns)
    for _, row in frame.iterrows():
        span = Span.named(row[time])
        assert (row["period_start"], row["period_end"]) == (
            str(span.start.first_day),
            str(span.end.last_day),
        )
        assert row["period_start"].endswith(first[0])


def test_the_row_of_all_quarters_counts_the_whole_period(protected: Release) -> None:
    frame = frame_of(written(source("referrals.steps", protected, "by=cohort", "tidy")))
    whole = frame[frame["quarter"] == "All"]
    ends = frame[["period_start", "period_end"]]
    assert len(whole) > 0
    assert set(whole["period_start"]) == {ends["period_start"].min()}
    assert set(whole["period_end"]) == {ends["period_end"].max()}


def test_legs_are_counted_by_whole_quarters(protected: Release) -> None:
    of = source("routes.corridors", protected, "period=2026-02..2026-08", "tidy")
    frame = frame_of(written(of))
    own = frame[frame["measure"] == "people"]
    assert set(own["period_start"]) == {"2026-01-01"}
    assert set(own["period_end"]) == {"2026-09-30"}


def test_indicators_say_what_each_of_them_counts(protected: Release) -> None:
    frame = frame_of(written(source("overview.indicators", protected, form="tidy")))
    values = frame[frame["measure"] == "value"].set_index("code")["unit"]
    assert values.to_dict() == {
        "incidents": "incidents",
        "people": "people",
        "first_referrals": "people",
        "services": "referrals",
    }


def test_a_share_is_in_percent_by_name(protected: Release) -> None:
    frame = frame_of(written(source("sheet.people", protected, form="tidy")))
    assert set(frame[frame["measure"] == "share"]["unit"]) == {"percent"}


@pytest.mark.parametrize("text", PLANTED)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe_here_too(text: str) -> None:
    rows = list(csv.reader(io.StringIO(as_tidy(exhibit((text, 5)), YEAR, "en"), newline="")))
    assert rows[1][4] == f"'{text}"
    assert rows[0][-3:] == ["value", "unit", "words"]
    assert rows[1][-3:] == ["5", "people", ""]


def test_what_is_not_known_stays_empty() -> None:
    frame = frame_of(as_tidy(exhibit(("A", None), ("B", 0)), YEAR, "en"))
    assert frame["value"].isna().tolist() == [True, False]


def test_an_exhibit_that_counts_nothing_has_no_period(protected: Release) -> None:
    frame = frame_of(written(source("quality.accuracy", protected, form="tidy")))
    assert frame[["period_start", "period_end"]].isna().all(axis=None)


def hxl_of(of: Source) -> hxl.Dataset:
    rows = list(csv.reader(io.StringIO(written(of))))
    return hxl.data(hxl.input.ArrayInput(rows))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("exhibit_id", IDS)
def test_every_exhibit_is_a_rectangle_that_libhxl_reads_and_finds_right(
    protected: Release, exhibit_id: str, lang: str
) -> None:
    of = source(exhibit_id, protected, f"lang={lang}", "hxl")
    header, *rows = csv.reader(io.StringIO(written(replace(of, form="tidy"))))
    assert header[:4] == ["exhibit", "release_id", "period_start", "period_end"]
    assert max(Counter(header).values()) == 1
    assert all(name.isascii() and name.replace("_", "").isalnum() for name in header)
    assert {len(row) for row in rows} <= {len(header)}
    assert {row[1] for row in rows} <= {protected.id}
    dataset = hxl_of(of)
    assert [column.header for column in dataset.columns] == header
    assert all(column.tag for column in dataset.columns)
    held = []
    for row in dataset:  # its iterator is none that a comprehension takes
        held.append(row.values)
    assert held == rows
    faults: list[object] = []
    schema = hxl.schema(callback=faults.append)
    schema.validate(hxl_of(of))
    serious = [fault for fault in faults if fault.rule.severity == "error"]  # pyright: ignore
    assert serious == []


def tags_of(of: Source) -> dict[str, str]:
    return {column.header: column.display_tag for column in hxl_of(of).columns}


def test_areas_carry_the_hashtags_of_their_level(protected: Release) -> None:
    tags = tags_of(source("hotspots.map", protected, "level=division&measure=people", "hxl"))
    assert (tags["code"], tags["area"]) == ("#adm1+code", "#adm1+name+i_en")
    assert tags["value"] == "#affected+ind"
    tags = tags_of(source("hotspots.ranking", protected, "lang=bn&measure=people", "hxl"))
    assert (tags["code"], tags["name"]) == ("#adm2+code", "#adm2+name+i_bn")
    tags |= tags_of(source("sheet.people", protected, form="hxl"))
    assert tags["value"] == "#indicator+value+num"
    assert (tags["period_start"], tags["period_end"]) == ("#date+start", "#date+end")


def test_ends_of_flows_are_told_apart(protected: Release) -> None:
    of = source("routes.map", protected, "level=division&period=2023-10..2026-09", "hxl")
    tags = tags_of(of)
    assert (tags["from_code"], tags["to_code"]) == ("#loc+origin+code", "#loc+dest+code")


def test_a_column_without_a_hashtag_of_the_standard_gets_one_of_its_own(
    protected: Release,
) -> None:
    tags = tags_of(source("sheet.age-sex", protected, form="hxl"))
    assert tags["code"] == "#x_age_band+code"


def test_text_among_values_is_not_called_a_number() -> None:
    table = Table(
        (Column("month", "Month"), Column("band", "Band", "partners")), (("2026-01", "1–2"),)
    )
    text = as_tidy(replace(exhibit(), table=table), None, "en", with_hxl=True)
    assert "#indicator+value+text" in text.splitlines()[1]
    assert "2026-01-01,2026-01-31" in text.splitlines()[2]

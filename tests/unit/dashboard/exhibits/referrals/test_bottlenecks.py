"""Referrals: how long a service takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.facts import REQUESTS
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.support.readings import drawn, few_filters, reading
from tests.support.referrals import QUARTER, ending, release_of, request
from tests.support.releases import LAST_MONTH, day


def served(band: str, number: int, service: str = "health", **more: object) -> list[dict]:
    units = {"service_band": band, "priority": "urgent_72h", **more}
    return [ending("done", service, **units)] * number


def asked(number: int, service: str = "health", **more: object) -> list[dict]:
    return [request(service, **{"priority": "urgent_72h", **more})] * number


def row(found: Exhibit, code: str) -> dict[str, object]:
    """One row of the table by its code."""
    columns = [column.code for column in found.table.columns]
    (cells,) = (cells for cells in found.table.rows if cells[1] == code)
    return dict(zip(columns, cells, strict=True))


@pytest.mark.parametrize(
    ("bands", "median", "in_time"),
    [
        ({"within_1": 12, "6_14": 8}, "1 day (1 to 6)", 60),
        ({"within_1": 4, "2_3": 7, "15_30": 9}, "3 days (2 to 16)", 55),
        ({"2_3": 4, "4_5": 6, "15_30": 10}, "5 days (4 to 17)", 20),
        ({"over_30": 20}, "more than 30 days", 0),
        (
            {"within_1": 9},
            "not reached (1 to over 30 days)",
            45,
        ),  # the others wait since before the last month
    ],
)
def test_half_have_it_by_the_band_in_which_half_of_all_were_served(
    tmp_path: Path, bands: dict[str, int], median: str, in_time: int
) -> None:
    ends = [unit for band, number in bands.items() for unit in served(band, number)]
    found = render("referrals.bottlenecks", reading(QUARTER), release_of(tmp_path, asked(20), ends))
    everyone = row(found, "all")
    assert (everyone["referrals"], everyone["median"]) == (200, median)
    assert (everyone["in_time"], row(found, "urgent_72h")["in_time"]) == (in_time, in_time)
    if in_time <= 20:
        expected = f"At most {row(found, 'urgent_72h')['in_time_high']} in 100 urgent requests"
    else:
        expected = "Fewer than half" if "not reached" in median else f"service in {median}"
    assert expected in found.title


def test_when_half_have_it_is_one_number_wherever_it_is_said(tmp_path: Path) -> None:
    bands = {"within_1": 4, "2_3": 5, "6_14": 9, "over_30": 1}  # one is open
    ends = [unit for band, number in bands.items() for unit in served(band, number)]
    release = release_of(tmp_path, asked(20), ends)
    found = render("referrals.bottlenecks", reading(QUARTER), release)
    everyone = row(found, "all")
    half, low, high = (everyone[name] for name in ("half", "half_low", "half_high"))
    assert 6 <= half < 14  # within its band, not at its end
    days = f"{half} days ({low} to {high})"
    assert everyone["median"] == days
    assert f": {days}." in found.description
    lead = headline("referrals", question_of(QUARTER, release)).lead
    assert f"Half had come within {days}." in lead
    (row_text, *_) = (each["said"] for each in drawn(found)["rows"])
    assert f"half in {half} days, from {low} days to {high} days" in row_text
    assert found.title == f"Half of referrals lead to a service in {days}"


def test_who_declined_or_was_lost_is_among_all_but_never_served(tmp_path: Path) -> None:
    gone = [
        ending("revoked", reason="declined_by_person", response_band="within_1"),
        ending("rejected", reason="lost_contact", response_band="2_3"),
    ]
    release = release_of(tmp_path, asked(20), [*served("within_1", 9), *gone * 5])
    everyone = row(render("referrals.bottlenecks", reading(QUARTER), release), "all")
    assert everyone["median"] == "not reached (1 to over 30 days)"
    assert everyone["open"] == 10


def test_who_may_be_of_the_last_month_gives_two_answers(tmp_path: Path) -> None:
    late = {"month": LAST_MONTH.first_day}
    release = release_of(
        tmp_path, [*asked(10, **late), *asked(10, month=day("2026-07"))], served("2_3", 8, **late)
    )
    quarter = Filters(period=Span.parse("2026-07..2026-09"))
    found = render("referrals.bottlenecks", reading(quarter), release)
    everyone = row(found, "all")
    # Ten units may have been asked for today: then eight of ten were served, else eight of twenty.
    assert everyone["median"] == "not reached (2 to over 30 days)"
    assert everyone["in_time"] == 40
    assert found.title == "When half reach a service depends on those still open"


def test_each_priority_is_judged_by_its_own_standard(tmp_path: Path) -> None:
    priorities = ("emergency_24h", "urgent_72h", "normal_2w")
    release = release_of(
        tmp_path,
        [unit for code in priorities for unit in asked(12, priority=code)],
        [unit for code in priorities for unit in served("4_5", 12, priority=code)],
    )
    found = render("referrals.bottlenecks", reading(QUARTER), release)
    assert [row(found, code)["in_time"] for code in priorities] == [0, 0, 100]
    assert row(found, "all")["in_time"] == 33
    at = {tick["text"]: tick["at"] for tick in drawn(found)["ticks"]}
    due = [row_["due"] for row_ in drawn(found)["rows"] if row_["due"] is not None]
    assert due == [at["1"], at["3"], at["14"]]


def test_a_service_of_fewer_than_ten_units_stands_among_the_others(tmp_path: Path) -> None:
    release = release_of(
        tmp_path,
        [*asked(20), *asked(9, "legal_aid"), *asked(2, "cash")],
        [*served("2_3", 20), *served("over_30", 9, "legal_aid")],
    )
    found = render("referrals.bottlenecks", reading(QUARTER), release)
    codes = found.table.column("code")
    assert {"health", "rest"} <= set(codes)
    assert not {"legal_aid", "cash"} & set(codes)
    assert row(found, "rest")["referrals"] == 110


@pytest.mark.parametrize(
    ("bands", "slowest"),
    [(("within_1", "over_30"), True), (("4_5", "6_14"), True), (("4_5", "4_5"), False)],
)
def test_a_service_takes_longest_only_where_that_is_clear(
    tmp_path: Path, bands: Sequence[str], slowest: bool
) -> None:
    release = release_of(
        tmp_path,
        [*asked(60), *asked(40, "legal_aid")],
        [*served(bands[0], 56), *served(bands[1], 36, "legal_aid")],
    )
    found = render("referrals.bottlenecks", reading(QUARTER), release)
    assert found.title.startswith("Slowest: legal aid, half in ") == slowest


@pytest.mark.parametrize(
    ("bands", "quarter", "half"),
    [
        ({"within_1": 20}, 1, 1),
        ({"within_1": 4, "6_14": 12, "over_30": 4}, 5, 8),  # 5 x (14 / 5) ** .5 days
        ({"2_3": 6, "over_30": 14}, 2, None),  # 3 ** (.25 / .3) days
    ],
)
def test_quarter_and_half_are_days_within_their_band(
    tmp_path: Path, bands: dict[str, int], quarter: int, half: int | None
) -> None:
    ends = [unit for band, number in bands.items() for unit in served(band, number)]
    found = render("referrals.bottlenecks", reading(QUARTER), release_of(tmp_path, asked(20), ends))
    everyone = row(found, "all")
    assert (everyone["quarter"], everyone["half"]) == (quarter, half)
    row_data = drawn(found)["rows"][0]
    assert (row_data["half"] is None) == (half is None)
    assert row_data["is_open"] == (everyone["half_high"] is None)
    half_at = 1 if row_data["half"] is None else row_data["half"]
    assert 0 <= row_data["low"] <= half_at <= row_data["high"] <= 1


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        (8, "Safe shelter: about 40 (22–72) of 80 were still without it after 30 days."),
        (1, "Safe shelter: too few to say how long it takes."),
        (0, ""),
        (12, ""),  # it has a row of its own
    ],
)
def test_safe_shelter_is_told_in_words_where_it_is_too_few_for_a_row(
    tmp_path: Path, units: int, sentence: str
) -> None:
    release = release_of(
        tmp_path,
        [*asked(20), *asked(units, "safe_shelter")],
        [*served("2_3", 20), *served("15_30", units // 2, "safe_shelter")],
    )
    found = render("referrals.bottlenecks", reading(QUARTER), release)
    assert "".join(drawn(found)["told"]).startswith(sentence)
    assert bool(drawn(found)["told"]) == bool(sentence)
    assert ("safe_shelter" in found.table.column("code")) == (units == 12)


@given(data=st.data())
def test_all_are_what_was_requested_in_whole_quarters_or_more_ended(
    protected: Release, data: st.DataObject
) -> None:
    filters = data.draw(few_filters(protected))
    found = render("referrals.bottlenecks", reading(filters), protected)
    if found.offer is None:
        period = (filters.period or protected.default_period).snapped("quarter")
        total = queries.total(protected, REQUESTS, filters, period)
        assert int(str(row(found, "all")["referrals"])) >= total
        for share, low, high in zip(
            *(found.table.column(f"in_time{end}") for end in ("", "_low", "_high")), strict=True
        ):
            assert share is None or 0 <= int(low or 0) <= int(share) <= int(high or 0) <= 100


def test_of_fewer_than_ten_units_nothing_is_said_of_days(tmp_path: Path) -> None:
    release = release_of(tmp_path, asked(9), served("2_3", 8))
    found = render("referrals.bottlenecks", reading(QUARTER), release)
    assert found.title == "Too little is known of referrals in Apr – Jun 2026 to draw this."
    assert found.offer is not None
    finding = headline("referrals", question_of(QUARTER, release))
    assert finding.title.startswith("A few referrals are open")
    assert not any("Half had come" in text for text in finding.lead)

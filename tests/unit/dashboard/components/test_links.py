"""Links change one thing and keep the rest, in one canonical order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.components import links
from dashboard.filters import Filters, Reading, read_query
from dashboard.model.filters import CODED_FILTERS
from dashboard.model.periods import Month, Span

OPTIONS = ("level", "measure", "top")


def read(query: str) -> Reading:
    return read_query(query, is_place=lambda code: code.startswith("BD"), options=OPTIONS)


CODED = st.sampled_from(sorted(CODED_FILTERS)).flatmap(
    lambda name: st.tuples(
        st.just(name), st.lists(st.sampled_from(CODED_FILTERS[name]), unique=True, max_size=3)
    )
)
OPTION_VALUES = st.dictionaries(st.sampled_from(OPTIONS), st.sampled_from(["a", "b c", "50"]))


@given(st.lists(CODED, max_size=4), OPTION_VALUES)
def test_a_view_written_to_an_address_is_read_back_the_same(
    coded: list[tuple[str, list[str]]], options: dict[str, str]
) -> None:
    filters = Filters(period=Span(Month(2026, 1), Month(2026, 9)), area=("BD2022", "BD20"))
    for name, values in coded:
        filters = filters.with_codes(name, values)
    reading = read(links.query(filters, options))
    assert reading.filters == filters
    assert reading.options == options
    assert reading.ignored == ()


@given(OPTION_VALUES)
def test_parameters_are_sorted_by_name(options: dict[str, str]) -> None:
    query = links.query(Filters(sex=("female",), area=("BD20",), compare="none"), options)
    names = [part.split("=")[0] for part in query.split("&")]
    assert names == sorted(names)


def test_taking_one_code_away_keeps_the_others_and_the_options() -> None:
    reading = read("sex=female,male&area=BD20&level=upazila")
    assert links.without(reading, "sex", "female") == "?area=BD20&level=upazila&sex=male"


def test_taking_the_last_code_away_takes_the_parameter_away() -> None:
    assert links.without(read("sex=female"), "sex", "female") == "?"


def test_an_option_at_its_default_leaves_the_address() -> None:
    reading = read("level=upazila&sex=male")
    assert links.with_option(reading, "level", "auto", default="auto") == "?sex=male"
    other = links.with_option(reading, "level", "district", default="auto")
    assert other == "?level=district&sex=male"


def test_signs_of_an_address_cannot_be_smuggled_into_another_parameter() -> None:
    assert links.query(Filters(), {"level": "a&sex=male#"}) == "level=a%26sex%3Dmale%23"

"""An attacker filters, narrows and subtracts: every answer is 0 or stands for b events.

Any pair of filters of which one holds the other is drawn; the answer to each and their difference
are sums of sizes, so neither can show fewer events than a unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.filters import Filters
from dashboard.model.facts import MEMBER_FACTS, Fact
from dashboard.model.filters import CODED_FILTERS
from dashboard.model.periods import Month, Span
from etl.release.publication import Published
from tests.support.clauses import clause
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

SPAN = Span(Month(2023, 1), Month(2024, 3))
PLACES = ("BD", "BD9", invented.HOME, *invented.UPAZILAS[:3], *invented.CAMPS[:8], "MY", "IN")


@dataclass(frozen=True)
class Answers:
    """The sums of a release, as any reader could ask for them."""

    connection: duckdb.DuckDBPyConnection

    def people(self, fact: Fact, filters: Filters, period: Span, also: str = "TRUE") -> int:
        """Sum of sizes under filters and a further condition."""
        asked = clause(fact, filters, period)
        found = self.connection.execute(
            f"SELECT coalesce(sum(size), 0)::BIGINT FROM {fact.id} WHERE {asked.sql} AND {also}",  # noqa: S608
            list(asked.values),
        ).fetchone()
        assert found is not None
        return int(found[0])


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("attack")
    return registers.published(folder, people=40, months=SPAN.months)[1]


@pytest.fixture(scope="module")
def answers(release: Published):
    with duckdb.connect(str(release.path), read_only=True) as connection:
        yield Answers(connection)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """No restriction or a few codes."""
    return st.lists(st.sampled_from(values), max_size=4, unique=True).map(tuple)


FILTERS = st.builds(
    Filters, area=some(PLACES), **{name: some(values) for name, values in CODED_FILTERS.items()}
)
MONTHS = st.integers(0, SPAN.months - 1)
PERIODS = st.tuples(MONTHS, MONTHS).map(
    lambda ends: Span(SPAN.start.plus(min(ends)), SPAN.start.plus(max(ends)))
)


@st.composite
def narrowing(draw: st.DrawFn) -> tuple[Fact, str]:
    """A fact and a further condition on any of its dimensions."""
    fact = draw(st.sampled_from(MEMBER_FACTS))
    field = draw(st.sampled_from([f for f in fact.dimensions if f.codes is not None]))
    assert field.codes is not None
    chosen = draw(st.lists(st.sampled_from(field.codes.values), min_size=1, max_size=6))
    test = "list_has_any({0}, {1})" if field.kind.many else "list_contains({1}, {0})"
    return fact, f"coalesce({test.format(field.name, chosen)}, FALSE)"


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(filters=FILTERS, period=PERIODS, inner=narrowing())
def test_an_answer_and_what_is_left_of_it_are_0_or_at_least_the_base(
    answers: Answers, filters: Filters, period: Span, inner: tuple[Fact, str]
) -> None:
    fact, condition = inner
    outer = answers.people(fact, filters, period)
    narrowed = answers.people(fact, filters, period, condition)
    for answer in (outer, narrowed, outer - narrowed):
        assert answer == 0 or answer >= fact.base


@settings(max_examples=150, deadline=None)
@given(filters=FILTERS, period=PERIODS, fact=st.sampled_from(MEMBER_FACTS))
def test_one_month_more_adds_nothing_or_at_least_the_base(
    answers: Answers, filters: Filters, period: Span, fact: Fact
) -> None:
    longer = Span(period.start, min(period.end.plus(1), SPAN.end))
    gained = answers.people(fact, filters, longer) - answers.people(fact, filters, period)
    assert gained == 0 or gained >= fact.base


def test_the_attack_would_find_an_unprotected_release(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    store = registers.make(tmp_path_factory.mktemp("control"))
    registers.fill(store, registers.register_rows(invented.people(40, 2, seed=7)))
    open_release = registers.publish_to(store, Month(2023, 2), base=1)
    with duckdb.connect(str(open_release.path), read_only=True) as connection:
        bare = Answers(connection)
        period = Span(Month(2023, 1), Month(2023, 1))
        shown = {
            bare.people(MEMBER_FACTS[0], Filters(area=(place,)), period) for place in invented.CAMPS
        }
    assert any(0 < answer < MEMBER_FACTS[0].base for answer in shown)

"""The address of a report: codes alone, the same when it is read and written again."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.exhibits.registry import definitions
from dashboard.model.periods import Month
from dashboard.pages.draft import FORMS, LANGS, MOST, Draft, read

exhibits.load()
_FIGURES = st.builds(
    lambda exhibit, query: f"{exhibit}?{query}" if query else exhibit,
    st.sampled_from([entry.id for entry in definitions()]),
    st.sampled_from(["", "sex=female", "period=2025-10..2026-09&area=BD2022,BD6091"]),
)
_DRAFTS = st.builds(
    Draft,
    template=st.sampled_from(["monthly", "corridor", "our-own"]),
    about=st.sampled_from(["", "BD2022", "air_gulf"]),
    month=st.none() | st.builds(Month, st.integers(2000, 2099), st.integers(1, 12)),
    figures=st.lists(_FIGURES, max_size=MOST).map(tuple),
    readers=st.sampled_from([None, "member", "public"]),
    form=st.sampled_from(FORMS),
    langs=st.sampled_from(LANGS),
    at=st.integers(0, MOST),
)


@given(_DRAFTS)
def test_what_is_written_is_read_again(draft: Draft) -> None:
    assert read(draft.query("en")) == draft
    assert read(draft.query("bn")) == draft


@given(st.text())
@example("at=1&" * 99)
def test_what_is_no_report_is_the_usual_one_and_never_an_error(text: str) -> None:
    draft = read(text)
    assert all(f.partition("?")[0] in {e.id for e in definitions()} for f in draft.figures)
    assert read(draft.query("en")) == draft


@given(_DRAFTS.filter(lambda draft: len(draft.figures) > 1), st.data())
def test_moving_and_taking_out_keep_the_others(draft: Draft, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(draft.figures) - 1))
    to = data.draw(st.integers(0, len(draft.figures) - 1))
    moved = draft.moved(at, to)
    assert sorted(moved.figures) == sorted(draft.figures)
    assert moved.figures[to] == draft.figures[at]
    assert len(draft.without(at).figures) == len(draft.figures) - 1

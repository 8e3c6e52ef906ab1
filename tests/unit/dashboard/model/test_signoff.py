"""What partners are asked and answered is sealed, coarse, and judged by the group's rule."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import signoff
from dashboard.model.signoff import (
    FEWEST,
    STEP,
    Answer,
    AnswerKind,
    Quorum,
    Unsealed,
    in_steps,
    nearest_step,
    read_answers,
    read_round,
    standing,
    write_answers,
    write_round,
)
from tests.support.rounds import PARTNERS, SIGN_KEY, answers_of, round_of

TODAY = date(2026, 11, 27)
AT = "2026-11-27T10:00:00Z"
KEY = SIGN_KEY.encode()
ROUND = round_of(TODAY)
FIVE = (*PARTNERS, "partner-e")
ANSWERS = answers_of(ROUND, AT, Answer("partner-a", "signed", AT))


def answer(partner: str, kind: AnswerKind = "signed") -> Answer:
    return Answer(partner, kind, AT)


def test_what_is_written_is_read_again() -> None:
    again = read_round(write_round(ROUND, KEY), KEY)
    assert again.name == ROUND.name
    assert again.same_question(ROUND)
    assert read_answers(write_answers(ANSWERS, KEY), KEY) == ANSWERS


def test_whatever_of_a_round_changes_changes_its_name() -> None:
    for changes in ({"digest": "x"}, {"ends": "2026-12-31"}, {"partners": ("a",)}, {"faces": ()}):
        assert replace(ROUND, **changes).name != ROUND.name


def test_a_round_opened_anew_asks_the_same_and_has_another_name() -> None:
    again = replace(ROUND, id="ff", opened="2026-11-26", ends="2026-12-06")
    assert again.same_question(ROUND)
    assert again.name != ROUND.name
    assert not replace(ROUND, quorum="all").same_question(ROUND)


@given(st.data())
def test_any_other_byte_is_refused(data: st.DataObject) -> None:
    for content, reader in (
        (write_round(ROUND, KEY), read_round),
        (write_answers(ANSWERS, KEY), read_answers),
    ):
        at = data.draw(st.integers(0, len(content) - 2))  # the last is the end of the line
        other = data.draw(st.integers(0, 255).filter(lambda byte, old=content[at]: byte != old))
        changed = content[:at] + bytes([other]) + content[at + 1 :]
        with pytest.raises(Unsealed):
            reader(changed, KEY)


def test_a_round_is_no_answer_and_another_key_no_key() -> None:
    with pytest.raises(Unsealed):
        read_answers(write_round(ROUND, KEY), KEY)
    with pytest.raises(Unsealed, match="another key"):
        read_round(write_round(ROUND, b"x" * 64), KEY)


def test_a_round_and_answers_are_counted_by_versions_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    round_file, answers_file = write_round(ROUND, KEY), write_answers(ANSWERS, KEY)
    assert (json.loads(round_file)["format"], json.loads(answers_file)["format"]) == (3, 2)
    monkeypatch.setitem(signoff._FORMATS, signoff._ROUND, 4)
    with pytest.raises(Unsealed, match="another version"):
        read_round(round_file, KEY)
    assert read_answers(answers_file, KEY) == ANSWERS


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"{}", b'{"seal": 1}', b"\xff\xfe", b"[" * 100_000]
)
def test_what_is_no_file_of_sign_off_is_refused(content: bytes) -> None:
    with pytest.raises(Unsealed):
        read_answers(content, KEY)


@pytest.mark.parametrize(
    ("quorum", "signed", "wanting", "band"),
    [("all", 5, 0, "all"), ("all", 4, 1, "most"), ("most", 3, 0, "most"), ("most", 2, 1, "some"),
     ("most", 0, 3, "some"), ("all", 0, 5, "some")],
)  # fmt: skip
def test_the_quorum_is_the_groups(quorum: Quorum, signed: int, wanting: int, band: str) -> None:
    state = standing(
        replace(ROUND, quorum=quorum, partners=FIVE), [answer(p) for p in FIVE[:signed]]
    )
    assert (state.wanting, state.band) == (wanting, band)


def test_who_asks_for_a_change_has_not_signed_and_strangers_do_not_count() -> None:
    given_answers = [answer("partner-a"), answer("partner-a", "change"), answer("stranger")]
    state = standing(ROUND, given_answers)
    assert (state.signed, state.changes) == (frozenset(), frozenset({"partner-a"}))


def telling_bands(count: int) -> set[str]:
    """Bands that, with the own answer, tell somebody what another one of so many answered."""
    partners = tuple(f"partner-{number}" for number in range(count))
    asked_round = replace(ROUND, partners=partners)
    others: dict[tuple[bool, str], set[tuple[bool, ...]]] = {}
    for signs in product((False, True), repeat=count):
        signed = [answer(p) for p, one in zip(partners, signs, strict=True) if one]
        others.setdefault((signs[0], standing(asked_round, signed).band), set()).add(signs[1:])
    return {
        band
        for (_, band), possible in others.items()
        if any(len(set(other)) == 1 for other in zip(*possible, strict=True))
    }


@pytest.mark.parametrize("count", range(2, 9))
def test_no_band_but_all_tells_with_the_own_answer_what_another_answered(count: int) -> None:
    assert telling_bands(count) == ({"all"} if count >= FEWEST else set())


@pytest.mark.parametrize("count", [3, 4])
def test_fewer_would_be_told_by_another_band_too(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.model.signoff.FEWEST", count)
    assert telling_bands(count) > {"all"}


def test_the_last_day_is_a_day_to_sign() -> None:
    assert not ROUND.is_over(date.fromisoformat(ROUND.ends))
    assert ROUND.is_over(date(2026, 12, 6))


@given(st.floats(0, 100))
def test_a_share_is_rounded_plainly(value: float) -> None:
    assert nearest_step(value) % STEP == 0
    assert abs(nearest_step(value) - value) <= STEP / 2


@given(st.floats(0, 1e6))
def test_a_number_of_a_round_is_coarse_and_near(value: float) -> None:
    step = in_steps(value)
    assert step % STEP == 0
    assert abs(step - value) <= STEP
    assert (step == 0) == (value < 0.5)


def test_a_round_is_plain_text() -> None:
    assert json.loads(write_round(ROUND, KEY))["digest"] == ROUND.digest

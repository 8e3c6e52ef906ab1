"""A preview asks partners; a publication waits for them, and nobody else's answer will do."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock, patch

import pytest

from dashboard.model.periods import Month
from dashboard.model.signoff import (
    STEP,
    Answer,
    Answers,
    Quorum,
    Round,
    Unsealed,
    read_round,
    write_answers,
)
from etl.__main__ import main
from etl.register.store import read_store, replace_store
from etl.release.assembly import NothingDue
from etl.release.closing import months
from etl.release.signoff import rounds
from etl.release.signoff.answers import read_state, require_signatures
from etl.release.signoff.decision import set_rule
from etl.release.signoff.rounds import open_round, partners_in, round_path
from etl.release.signoff.rule import SignOffRule, key_of, read_rule, write_key
from etl.settings import OperatorError, Settings
from tests.support.rounds import answers_of
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers
from tests.unit.etl.stores import written_register

FEBRUARY, MARCH = Month(2023, 2), Month(2023, 3)
PARTNERS = ("partner-a", "partner-b", "partner-c", "partner-d", "partner-e")
PUBLISH = ("publish", "--as-of", "2023-03-20")


def filled(settings: Settings) -> Settings:
    """The store with a load and arrivals of each partner, and one that tells of March alone."""
    registers.fill(settings, registers.register_rows(invented.people(40, 3, seed=1)))
    with written_register(settings) as connection:
        connection.execute("DELETE FROM load")
        for number, partner in enumerate((*PARTNERS, "partner-late"), start=1):
            told = {"source": f"source-{number}", "row_is": "incident"}
            registers.note_load(connection, number, partner, **told)
        connection.execute(
            """INSERT INTO arrival (table_name, key, load_no)
            SELECT 'incident', incident_id,
                CASE WHEN incident_month = DATE '2023-03-01' THEN 6
                ELSE 1 + (row_number() OVER (ORDER BY incident_id)) % 5 END
            FROM incident""",
        )
    return settings


@pytest.fixture(scope="module", autouse=True)
def geography() -> Iterator[None]:
    with patch.object(months, "read_geography", lambda _: registers.geography()):
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return filled(registers.make(tmp_path_factory.mktemp("made")))


@pytest.fixture(scope="module")
def held(made: Settings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Round]:
    """A store whose round is open, which no test changes."""
    settings, _ = registers.copied(made, [], tmp_path_factory.mktemp("asked"))
    return settings, asked_in(settings, days=10)


@pytest.fixture
def store(made: Settings, tmp_path: Path) -> Settings:
    return registers.copied(made, [], tmp_path)[0]


@pytest.fixture
def asking(held: tuple[Settings, Round], tmp_path: Path) -> tuple[Settings, Round]:
    """A copy of a store whose round is open."""
    settings, asked = held
    return registers.copied(settings, [], tmp_path)[0], asked


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def given(sign_off_round: Round, count: int, at: datetime, **changes: Any) -> Answers:
    """So many signatures, given and handed over at a moment."""
    signed = [Answer(partner, "signed", moment(at)) for partner in sign_off_round.partners[:count]]
    return answers_of(sign_off_round, moment(at), *signed, **changes)


def written(settings: Settings, folder: Path, answers: Answers) -> Path:
    path = folder / "answers.json"
    path.write_bytes(write_answers(answers, key_of(settings)))
    return path


def open_in(settings: Settings) -> Round:
    asked = open_round(settings)
    assert asked is not None
    return asked


def asked_in(settings: Settings, quorum: Quorum = "most", days: int = 7, **more: bool) -> Round:
    """The round that a preview opens after a decision."""
    set_rule(settings, SignOffRule(quorum, days, **{"silence": False, **more}))
    registers.preview_to(settings, FEBRUARY)
    return open_in(settings)


# --- the round ----------------------------------------------------------------------------------


def test_without_a_rule_nobody_is_asked(store: Settings, tmp_path: Path) -> None:
    assert registers.preview_to(store, FEBRUARY).asked is None
    assert not round_path(store).exists()
    with pytest.raises(OperatorError, match="without --signatures"):
        registers.publish_to(store, FEBRUARY, signatures=tmp_path)
    assert registers.publish_to(store, FEBRUARY).signed is None


def test_accounts_made_after_the_preview_are_let_in_and_answers_stay_good(store: Settings) -> None:
    """An operator lets them in, who makes no account; the name of the round stays the same."""
    assert main(["signoff", "admit"], store) == 1
    asked = asked_in(store, "most", 10)
    assert asked.accounts_until == asked.opened
    assert main(["signoff", "admit"], store) == 0
    admitted = open_in(store)
    assert admitted.name == asked.name
    assert admitted.accounts_until == admitted.admitted >= asked.opened
    assert open_in(store).same_question(asked)


def test_who_has_a_record_in_the_edition_is_asked(held: tuple[Settings, Round]) -> None:
    settings, asked = held
    assert asked.partners == PARTNERS
    folder = round_path(settings).parent
    assert folder.stat().st_mode == settings.releases.stat().st_mode
    assert partners_in(settings, MARCH) == (*PARTNERS, "partner-late")
    assert (date.fromisoformat(asked.ends) - date.fromisoformat(asked.first_day)).days == 10


def test_a_preview_that_asks_the_same_keeps_the_round(store: Settings) -> None:
    set_rule(store, SignOffRule("all", 5, silence=False))
    first = registers.preview_to(store, FEBRUARY).asked
    again = registers.preview_to(store, FEBRUARY).asked
    assert first
    assert again
    assert (again.name, first.kept, again.kept) == (first.name, False, True)
    later = registers.preview_to(
        store, FEBRUARY, as_of=registers.as_of(FEBRUARY) + timedelta(days=3)
    )
    assert later.asked == again
    with pytest.raises(OperatorError, match="signoff export"):
        registers.preview_to(store, FEBRUARY, title="Another")
    assert open_in(store).name == first.name
    other = registers.preview_to(store, FEBRUARY, title="Another", new_round=True).asked
    anew = registers.preview_to(store, FEBRUARY, title="Another", new_round=True).asked
    assert other
    assert anew
    assert len({first.name, other.name, anew.name}) == 3


def test_a_damaged_note_keeps_no_round_and_stops_no_preview(asking: tuple[Settings, Round]) -> None:
    store, _ = asking
    note = store.operator / "preview.json"
    for content in ("{", note.read_text(encoding="utf-8").replace('"round": "', '"round": "0')):
        note.write_text(content, encoding="utf-8")
        with pytest.raises(OperatorError, match="the last preview did not leave"):
            registers.preview_to(store, FEBRUARY)
        asked = registers.preview_to(store, FEBRUARY, new_round=True).asked
        assert asked
        assert not asked.kept


def test_another_rule_closes_the_round_and_more_days_do_not(
    asking: tuple[Settings, Round], capsys: pytest.CaptureFixture[str]
) -> None:
    store, _ = asking
    assert main(["signoff", "rule", "--days", "6"], store) == 0
    assert round_path(store).exists()
    assert main(["signoff", "rule", "--quorum", "none"], store) == 0
    assert "is closed" in capsys.readouterr().out
    assert not round_path(store).exists()
    assert registers.preview_to(store, FEBRUARY).asked is None


@pytest.mark.parametrize("again", ["publish", "preview"])
def test_a_publication_that_was_killed_before_its_end_leaves_no_round_for_good(
    asking: tuple[Settings, Round], tmp_path: Path, again: str
) -> None:
    store, asked = asking
    path = written(store, tmp_path, given(asked, 5, now()))
    with pytest.MonkeyPatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr("etl.release.publication.forget_note", Mock(side_effect=KeyboardInterrupt))
        registers.publish_to(store, FEBRUARY, signatures=path)
    assert round_path(store).exists()
    with pytest.raises(OperatorError, match="round of what was published is closed"):
        if again == "publish":
            registers.publish_to(store, FEBRUARY, signatures=path)
        else:
            registers.preview_to(store, FEBRUARY)
    assert not round_path(store).exists()


def test_where_nothing_is_due_a_round_of_later_months_stays(
    store: Settings, tmp_path: Path
) -> None:
    registers.publish_to(store, FEBRUARY)
    set_rule(store, SignOffRule("most", 7, silence=False))
    registers.preview_to(store, MARCH)
    asked = open_in(store)
    path = written(store, tmp_path, given(asked, 6, now()))
    with pytest.raises(NothingDue):
        registers.preview_to(store, FEBRUARY)
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(store, FEBRUARY, signatures=path)
    assert open_in(store) == asked


def numbers(value: object) -> Iterator[float]:
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from numbers(each)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def test_the_file_of_the_round_holds_what_partners_may_see_and_nothing_else(
    held: tuple[Settings, Round],
) -> None:
    settings, _ = held
    content = json.loads(round_path(settings).read_bytes())
    assert set(content) == {
        "format", "id", "digest", "title", "kind", "as_of", "opened", "ends", "partners",
        "quorum", "silence", "faces", "admitted", "seal",
    }  # fmt: skip
    (face,) = content["faces"]
    assert set(face) == {"audience", "first_month", "last_month", "before", "told"}
    assert set(face["told"]) == {"en", "bn"}
    for told in face["told"].values():
        assert set(told) == {"totals", "categories", "places", "jumps", "beside"}
        assert told["totals"]
    assert {number % STEP for number in numbers(content["faces"])} == {0}
    told_beside_partners = json.dumps({**content, "partners": []})
    assert not any(name in told_beside_partners for name in (*PARTNERS, "partner-late", "source-"))


def test_every_total_of_the_round_is_that_of_the_release_made_coarse(
    asking: tuple[Settings, Round],
) -> None:
    store, asked = asking
    shown = {
        (fact, period): now_ for fact, period, _, now_ in asked.faces[0]["told"]["en"]["totals"]
    }
    set_rule(store, SignOffRule("none", 10, silence=False))
    release = registers.publish_to(store, FEBRUARY)
    rows = registers.read(
        release, "SELECT strftime(month, '%Y-%m'), sum(size)::BIGINT FROM people GROUP BY ALL"
    )
    assert rows
    for period, total in rows:
        (told,) = {value for (fact, at), value in shown.items()
                   if at == period and fact.startswith("People")}  # fmt: skip
        assert abs(told - total) <= STEP


def test_no_round_is_opened_before_an_awaited_partner_came_unless_somebody_says_so(
    store: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two rounds, without a partner and with it, tell how many records it has to about a step."""
    awaited = SimpleNamespace(name="source-5", partner="partner-e", kind="invented")
    monkeypatch.setattr("etl.release.missing_reports.expected_sources", lambda *_: [awaited])
    set_rule(store, SignOffRule("most", 10, silence=False))
    of_e = "incident_id IN (SELECT key FROM arrival WHERE load_no = 5)"
    with written_register(store) as connection:
        held = connection.execute(f"SELECT * FROM incident WHERE {of_e}")  # noqa: S608
        months_at = [name for name, *_ in held.description].index("incident_month")
        rows = held.fetchall()
        connection.execute(f"DELETE FROM incident WHERE {of_e}")  # noqa: S608
    with pytest.raises(OperatorError, match="partner-e .* has sent nothing for 2023-02"):
        registers.preview_to(store, FEBRUARY)
    assert not round_path(store).exists()
    registers.preview_to(store, FEBRUARY, without=["partner-e"])
    first = open_in(store)
    assert first.partners == PARTNERS[:4]
    again = f"INSERT INTO incident VALUES ({', '.join('?' * len(rows[0]))})"  # noqa: S608
    with written_register(store) as connection:
        connection.executemany(again, rows)
    with pytest.raises(OperatorError, match="asks partners for something else"):
        registers.preview_to(store, FEBRUARY)
    registers.preview_to(store, FEBRUARY, new_round=True)
    told = [each.faces[0]["told"]["en"]["totals"] for each in (first, open_in(store))]
    moved = {
        period: after - before
        for (fact, period, _, before), (same, _, _, after) in zip(*told, strict=True)
        if fact == same == "Incidents reported"
    }
    came = Counter(str(row[months_at])[:7] for row in rows)
    assert set(moved) == set(came) - {"2023-03"}
    assert all(came[month] > STEP for month in moved)
    assert all(abs(moved[month] - came[month]) <= STEP for month in moved)


def test_without_a_rule_a_preview_takes_no_word_of_rounds(store: Settings) -> None:
    with pytest.raises(OperatorError, match="belongs to publishing"):
        registers.preview_to(store, FEBRUARY, without=["partner-e"])
    with pytest.raises(OperatorError, match="see `signoff rule`"):
        registers.preview_to(store, FEBRUARY, new_round=True)


# --- publishing ---------------------------------------------------------------------------------


def test_a_publication_waits_for_the_quorum_and_tells_a_band(
    store: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["signoff", "rule", "--quorum", "most", "--days", "7"], store) == 0
    assert "Silence is not consent" in capsys.readouterr().out
    assert main([*PUBLISH], store) == 1
    assert "no round is open" in capsys.readouterr().err
    assert main([*PUBLISH, "--preview"], store) == 0
    told = capsys.readouterr().out
    assert "A round of 5 partners until" in told
    assert told.rstrip().endswith("Nothing else was changed.")
    assert main([*PUBLISH], store) == 1
    assert "--signatures" in capsys.readouterr().err
    asked = open_in(store)
    few = written(store, tmp_path, given(asked, 2, now()))
    assert main([*PUBLISH, "--signatures", str(few)], store) == 1
    told = capsys.readouterr().err
    assert "1 more partner must sign" in told
    assert "partner-" not in told
    assert main(["signoff", "state", "--signatures", str(few)], store) == 0
    told = capsys.readouterr().out
    assert "Signed: 2" in told
    assert "partner-" not in told
    assert main(["signoff", "state", "--who", "--signatures", str(few)], store) == 0
    assert "Not signed: partner-c, partner-d, partner-e" in capsys.readouterr().out
    enough = written(store, tmp_path, given(asked, 3, now()))
    assert main([*PUBLISH, "--signatures", str(enough)], store) == 0
    told = capsys.readouterr().out
    assert "how many: most" in told
    assert f"signoff export --round {asked.name}`" in told
    (path,) = store.releases.glob("*.duckdb")
    assert registers.ask(path, "SELECT band FROM sign_off") == [("most",)]
    assert not round_path(store).exists()


def test_a_change_that_is_asked_for_blocks_until_a_new_round(
    asking: tuple[Settings, Round], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (store, asked), at = asking, now()
    answers = given(asked, 4, at)
    wish = Answer("partner-e", "change", moment(at), "Two camps are mixed up.")
    path = written(store, tmp_path, replace(answers, answers=(*answers.answers, wish)))
    blocked = path.read_bytes()
    with pytest.raises(OperatorError, match="asks for a change"):
        registers.publish_to(store, FEBRUARY, signatures=path)
    assert main(["signoff", "state", "--who", "--signatures", str(path)], store) == 0
    assert "partner-e asks for: Two camps are mixed up." in capsys.readouterr().out
    registers.preview_to(store, FEBRUARY, new_round=True, public=True)
    with pytest.raises(OperatorError, match="those of another round"):
        registers.publish_to(store, FEBRUARY, signatures=path)
    fresh = written(store, tmp_path, given(open_in(store), 5, now()))
    published = registers.publish_to(store, FEBRUARY, signatures=fresh, public=True)
    assert published.signed == "all"
    assert registers.read(published, "SELECT band FROM sign_off") == [("all",)]
    assert published.public
    assert registers.ask(published.public, "SELECT band FROM sign_off") == []
    path.write_bytes(blocked)
    capsys.readouterr()
    assert main(["signoff", "state", "--signatures", str(path)], store) == 0
    told = capsys.readouterr().out
    assert "a round that is not open" in told
    assert "Signed: 4; changes asked for: 1." in told
    assert "partner-" not in told
    assert main(["signoff", "state", "--who", "--signatures", str(path)], store) == 0
    assert f"asks for: Two camps are mixed up. ({moment(at)})" in capsys.readouterr().out


def test_what_changed_after_the_signatures_is_refused(
    asking: tuple[Settings, Round], tmp_path: Path
) -> None:
    store, asked = asking
    path = written(store, tmp_path, given(asked, 5, now()))
    with pytest.raises(OperatorError, match="is not what partners signed"):
        registers.publish_to(store, FEBRUARY, signatures=path, title="Another")
    with pytest.raises(OperatorError, match="is not what partners signed"):
        registers.publish_to(store, MARCH, signatures=path)
    assert not (store.releases / "current").exists()


@pytest.mark.parametrize(("silence", "quorum"), [(True, "all"), (False, "all"), (True, "most")])
def test_silence_is_consent_only_where_the_group_said_so_and_only_after_the_days(
    store: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, silence: bool, quorum: Quorum
) -> None:
    asked = asked_in(store, quorum, 3, silence=silence)
    early = given(asked, 1, now())
    with pytest.raises(OperatorError, match="must sign"):
        require_signatures(store, written(store, tmp_path, early))
    late = now() + timedelta(days=4)
    after = written(store, tmp_path, replace(early, at=moment(late)))
    if not silence:
        with pytest.raises(OperatorError, match="Silence is not consent"):
            require_signatures(store, after, late)
        return
    signed = require_signatures(store, after, late)
    assert signed
    assert signed.band == "some"
    monkeypatch.setattr(rounds, "now_utc", lambda: late)
    asked_anew = registers.preview_to(store, FEBRUARY).asked
    assert asked_anew
    assert not asked_anew.kept


def test_the_state_of_the_store_tells_rule_and_round(
    held: tuple[Settings, Round], capsys: pytest.CaptureFixture[str]
) -> None:
    settings, asked = held
    assert main(["status"], settings) == 0
    told = capsys.readouterr().out
    assert "Sign-off: Most partners must sign within 10 days. Silence is not consent." in told
    assert f"A round ends on {asked.ends} (UTC)." in told


def test_a_rule_that_changed_wants_a_new_round(store: Settings, tmp_path: Path) -> None:
    path = written(store, tmp_path, given(asked_in(store, "all", 7), 3, now()))
    replace_store(store, quorum="most")  # as an older copy of the store has it
    with pytest.raises(OperatorError, match="rule has changed"):
        require_signatures(store, path)


@pytest.mark.parametrize("days", [0, 61])
def test_days_have_bounds_and_a_store_before_the_rule_asks_nobody(
    held: tuple[Settings, Round], days: int
) -> None:
    settings, _ = held
    with pytest.raises(OperatorError, match="no time to sign"):
        set_rule(settings, SignOffRule("all", days, silence=False))
    assert replace(read_store(settings), quorum="none").quorum == "none"
    assert read_rule(settings).is_required


def test_the_key_is_written_once_for_its_owner_and_is_not_the_secret(
    held: tuple[Settings, Round], tmp_path: Path
) -> None:
    settings, _ = held
    path = tmp_path / "sign-off.key"
    write_key(settings, path)
    assert path.read_bytes().strip() == key_of(settings)
    assert path.stat().st_mode & 0o777 == 0o600
    secret = (settings.secrets / "protection.key").read_text().strip()
    assert secret not in path.read_text()
    for where, told in ((path, "there already"), (tmp_path / "no" / "key", "There is no folder")):
        with pytest.raises(OperatorError, match=told):
            write_key(settings, where)


# --- tampering ----------------------------------------------------------------------------------

AT = now()
Tamper = Callable[[Round, Answers], Answers]


def resealed(**changes: Any) -> Tamper:
    return lambda _, answers: replace(answers, **changes)


def with_answer(**changes: Any) -> Tamper:
    """One of the signatures as another."""
    return lambda _, answers: replace(
        answers, answers=(*answers.answers[:-1], replace(answers.answers[-1], **changes))
    )


def shifted(days: float) -> str:
    return moment(AT + timedelta(days=days))


#: What somebody who holds the key, such as a wrong web process, may not get through either.
SEALED_ANEW: dict[str, Tamper] = {
    "another edition": resealed(digest="ffff ffff ffff ffff"),
    "another round": resealed(round="f" * 64),
    "the id in place of the name": lambda r, a: replace(a, round=r.id),
    "an earlier round of the same": lambda r, a: replace(
        a, round=replace(r, id="0" * 16).name
    ),
    "a round with other partners": lambda r, a: replace(
        a, round=replace(r, partners=r.partners[:1]).name
    ),
    "an hour old": resealed(at=shifted(-1.01 / 24)),
    "of an hour ahead": resealed(at=shifted(1 / 24)),
    "of no time": resealed(at="yesterday"),
    "another partner": with_answer(partner="partner-x"),
    "a partner that sent nothing for it": with_answer(partner="partner-late"),
    "twice": lambda _, a: replace(a, answers=(*a.answers, a.answers[0])),
    "late": with_answer(at=shifted(11)),
    "early": with_answer(at=shifted(-1)),
    "after it was handed over": with_answer(at=shifted(0.01)),
    "at no time": with_answer(at="2026"),
    "two of five": lambda _, a: replace(a, answers=a.answers[:2]),
    "none": resealed(answers=()),
    "a change": with_answer(kind="change"),
}  # fmt: skip


@pytest.mark.parametrize("how", SEALED_ANEW)
def test_what_is_sealed_and_wrong_is_refused(
    held: tuple[Settings, Round], tmp_path: Path, how: str
) -> None:
    settings, asked = held
    right = given(asked, 3, AT)
    assert require_signatures(settings, written(settings, tmp_path, right), AT)
    wrong = written(settings, tmp_path, SEALED_ANEW[how](asked, right))
    with pytest.raises(OperatorError):
        require_signatures(settings, wrong, AT)


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_file_of_signatures_is_refused(
    held: tuple[Settings, Round], tmp_path: Path, seed: int
) -> None:
    settings, asked = held
    path = written(settings, tmp_path, given(asked, 3, AT))
    content, rng = bytearray(path.read_bytes()), random.Random(seed)
    at = rng.randrange(len(content) - 1)
    content[at] ^= rng.randrange(1, 128)
    path.write_bytes(content)
    with pytest.raises(OperatorError, match="are not used"):
        require_signatures(settings, path, AT)


def test_signatures_of_another_key_or_store_are_refused(
    held: tuple[Settings, Round], tmp_path: Path
) -> None:
    settings, asked = held
    path = tmp_path / "answers.json"
    path.write_bytes(write_answers(given(asked, 5, AT), b"another key of enough bytes"))
    with pytest.raises(OperatorError, match="another key"):
        require_signatures(settings, path, AT)
    path.write_bytes(round_path(settings).read_bytes())
    with pytest.raises(OperatorError, match="are not used"):
        require_signatures(settings, path, AT)
    with pytest.raises(OperatorError, match="There is no file"):
        require_signatures(settings, tmp_path / "nowhere", AT)


def test_a_changed_round_is_refused_and_a_preview_opens_another(
    asking: tuple[Settings, Round], tmp_path: Path
) -> None:
    store, asked = asking
    path = written(store, tmp_path, given(asked, 5, now()))
    content = round_path(store).read_bytes()
    round_path(store).write_bytes(content.replace(b'"quorum":"most"', b'"quorum":"none"'))
    with pytest.raises(OperatorError, match="not as it was written"):
        require_signatures(store, path)
    with pytest.raises(Unsealed):
        read_round(round_path(store).read_bytes(), key_of(store))
    opened = registers.preview_to(store, FEBRUARY).asked
    assert opened
    assert not opened.kept
    with pytest.raises(OperatorError, match="another round"):
        read_state(store, path)

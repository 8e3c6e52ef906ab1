from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook

from etl.__main__ import main
from etl.duplicates import joining, last_search
from etl.register import decisions
from etl.settings import OperatorError, Settings
from tests.unit.etl.events.register import incident, person, place
from tests.unit.etl.release import registers
from tests.unit.etl.stores import TODAY, Ask

PARTNERS = ("partner-a", "partner-b", "partner-c")


def rows(count: int) -> dict[str, list[dict[str, Any]]]:
    """So many partners' words about one boat."""
    made: dict[str, list[dict[str, Any]]] = {"incident": [], "incident_place": [], "person": []}
    people = {"sex": "female", "age_band": "19_24"}
    for number, partner in enumerate(PARTNERS[:count]):
        key, n = f"{number}" * 32, 8 + (number == 2)
        made["incident"].append(incident(key, partner=partner))
        made["incident_place"].append(place(key, "recruitment", "CXB-108"))
        made["person"].append(person(f"{key[:-1]}p", key, "smuggling", n=n, **people))
    return made


@pytest.fixture
def store(intake: Any) -> Settings:
    registers.fill(intake.settings, rows(3))
    return intake.settings


def counted(settings: Settings) -> dict[str, str | None]:

    with duckdb.connect(str(settings.register), read_only=True) as connection:
        found = connection.execute("SELECT partner, duplicate_of FROM incident").fetchall()
    names = {f"{number}" * 32: partner for number, partner in enumerate(PARTNERS)}
    return {partner: names.get(kept) for partner, kept in found}


def name_of(told: dict[str, Any], *partners: str) -> str:
    return next(
        pair["id"]
        for pair in told["pairs"]
        if (pair["A"]["partner"], pair["B"]["partner"]) == partners
    )


def test_pairs_are_listed_without_any_key(
    store: Settings, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = ask("duplicates")
    assert (code, told["undecided"], len(told["pairs"])) == (0, 3, 3)
    assert main(["duplicates", "--limit", "1"], store) == 0
    text = capsys.readouterr().out
    assert "Pairs that may be one event: 3" in text
    assert "3, in 1 group;" in text
    assert "3 records" in text
    assert "A: partner-a, " in text
    assert "(CXB-108), people: 8, smuggling" in text
    for number in range(3):
        assert f"{number}" * 12 not in text + json.dumps(told)


def test_a_sheet_asks_a_partner_about_its_own_pairs(
    store: Settings, ask: Ask, tmp_path: Path
) -> None:
    pairs = ask("duplicates")[1]["pairs"]
    own = {pair["id"] for pair in pairs if "partner-b" in json.dumps(pair)}
    path = tmp_path / "asked.xlsx"
    asked = f"duplicates --sheet {path} --partner"
    code, told = ask(f"{asked} partner-z")
    assert (code, told["error"]) == (1, "No partner called partner-z has sent an incident.")
    assert not path.exists()
    assert ask(f"{asked} partner-b") == (0, {"asked": len(own)}) == (0, {"asked": 2})
    book = load_workbook(path)
    assert {row[0] for row in book.active.iter_rows(min_row=2, values_only=True)} == own
    for answers in (("maybe", ""), ("yes", "no"), ("yes", "yes")):
        for row, answer in enumerate(answers, 2):
            book.active.cell(row, 1).value = sorted(own)[0]
            book.active.cell(row, 11).value = answer
        book.save(path)
        code, told = ask(f"duplicates --answers {path} --by Rina")
        refused = "the answer is neither yes nor no, or the question was answered otherwise"
        assert (refused in told.get("error", "")) == bool(code) == (answers != ("yes", "yes"))


def test_what_a_search_came_to_is_told_again_until_something_changes(
    store: Settings, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[int] = []
    search = joining.find_candidates

    def counted_search(*words: Any) -> None:
        searched.append(1)
        search(*words)

    monkeypatch.setattr(joining, "find_candidates", counted_search)
    first = ask("status")[1]
    assert not (store.operator / last_search.FILE).exists()  # it writes nothing
    pair = ask("duplicates")[1]["pairs"][0]["id"]
    assert len(searched) == 2
    again = ask("status")[1]
    numbers = ("undecided_duplicates", "proposed_duplicates", "unclear_duplicates")
    assert [first[n] for n in numbers] == [again[n] for n in numbers] == [3, 1, 0]
    assert len(searched) == 2
    assert again["not_as_written"] == []
    # Told apart, the register stays as it is.
    ask(f"duplicates --apart {pair} --by Rina")
    searched.clear()
    assert ask("status")[1]["undecided_duplicates"] < 3
    assert len(searched) == 1
    registers.fill(store, {**rows(2), "incident": rows(2)["incident"][:1]})
    ask("status")
    assert len(searched) == 2


def test_what_is_kept_of_a_search_is_whole_or_searched_anew(
    store: Settings, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    ask("duplicates")
    kept = store.operator / last_search.FILE
    for text in (None, kept.read_text(encoding="utf-8").replace("3", "9")):
        kept.unlink()
        if text is not None:
            kept.write_text(text, encoding="utf-8")
        assert main(["close", "--month", "2020-01"], store) == 1
        assert "run `duplicates`, which writes it again" in capsys.readouterr().err
        assert ask("duplicates")[0] == 0
        assert ask("status")[1]["undecided_duplicates"] == 3


def test_a_pair_is_joined_kept_and_undone(store: Settings, ask: Ask) -> None:
    _, told = ask("duplicates")
    pair = name_of(told, "partner-a", "partner-b")
    code, made = ask(f"duplicates --same {pair} --by Rina")
    assert (code, made["kept"], made["by"]) == (0, "A", "Rina")
    assert counted(store) == {"partner-a": None, "partner-b": "partner-a", "partner-c": None}
    code, told = ask("duplicates --decided")
    assert [(p["id"], p["decision"], p["partners"]) for p in told["decided"]] == [
        (pair, "same", ["partner-a", "partner-b"])
    ]
    _, told = ask("duplicates")
    assert told["undecided"] == 1
    code, told = ask(f"duplicates --same {pair} --by Rina")
    assert (code, "was decided by Rina" in told["error"]) == (1, True)
    code, _ = ask(f"duplicates --undo {pair}")
    assert code == 0
    assert set(counted(store).values()) == {None}
    assert ask("duplicates")[1]["undecided"] == 3
    assert ask(f"duplicates --undo {pair}")[0] == 1


def test_a_chain_counts_under_one(store: Settings, ask: Ask) -> None:
    _, told = ask("duplicates")
    first = name_of(told, "partner-a", "partner-b")
    second = name_of(told, "partner-b", "partner-c")
    ask(f"duplicates --same {first} --keep B --by Rina")
    code, made = ask(f"duplicates --same {second} --by Rina")
    assert (code, made["kept"]) == (0, "B")
    assert counted(store) == {
        "partner-a": "partner-c",
        "partner-b": "partner-c",
        "partner-c": None,
    }
    assert ask("duplicates")[1]["undecided"] == 0


def test_what_was_told_apart_is_not_joined_by_a_third(store: Settings, ask: Ask) -> None:
    _, told = ask("duplicates")
    for words in (
        f"--apart {name_of(told, 'partner-a', 'partner-c')}",
        f"--same {name_of(told, 'partner-a', 'partner-b')} --keep B",
    ):
        assert ask(f"duplicates {words} --by Rina")[0] == 0
    before = decisions.read(store)
    last = name_of(told, "partner-b", "partner-c")
    code, told = ask(f"duplicates --same {last} --by Babul")
    assert code == 1
    assert "Rina decided" in told["error"]
    assert decisions.read(store) == before


def test_a_decision_that_was_only_written_down_is_carried_by_the_next_look(
    store: Settings, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, told = ask("duplicates")
    pair = name_of(told, "partner-a", "partner-b")

    def killed(_: Settings) -> None:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(joining, "_apply", killed)
        with pytest.raises(InterruptedError):
            joining.decide(store, (), pair, "same", keep=None, by="Rina", today=TODAY)
    with pytest.raises(OperatorError, match="run `duplicates` first"):
        decisions.refuse_unfinished(store)
    assert set(counted(store).values()) == {None}
    assert ask("duplicates")[1]["undecided"] == 1
    assert counted(store)["partner-b"] == "partner-a"
    decisions.refuse_unfinished(store)


def test_an_unfinished_erasure_comes_first(store: Settings, ask: Ask) -> None:
    decisions.write(store, decisions.Decisions(unfinished=decisions.Unfinished("erase", ("x",))))
    code, told = ask("duplicates")
    assert (code, "erase --finish" in told["error"]) == (1, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--same 0123456789", "need --by NAME"),
        ("--same-above 80", "need --by NAME"),
        ("--same-above 0 --by Rina", "needs a probability from 1 to 100 percent"),
        ("--same-above 101 --by Rina", "needs a probability from 1 to 100 percent"),
        ("--by Rina", "need --by NAME"),
        ("--limit 0", "--limit needs a number of 1 or more"),
        ("--keep A", "--keep goes with --same ID"),
        ("--same 0123456789 --by Rina", "No open pair is called 0123456789"),
        ("--undo 0123456789", "No decided pair is called 0123456789"),
    ],
)
def test_mistakes_are_one_sentence(store: Settings, ask: Ask, words: str, sentence: str) -> None:
    code, told = ask(f"duplicates {words}")
    assert code == 1
    assert sentence in told["error"]


def test_all_groups_above_a_probability_are_accepted_at_once(store: Settings, ask: Ask) -> None:
    (group,) = ask("duplicates")[1]["groups"]
    percent = round(100 * group["probability"])
    code, told = ask(f"duplicates --same-above {percent + 1} --by Rina")
    assert (code, told) == (0, {"groups": 0, "joined": 0})
    code, told = ask(f"duplicates --same-above {percent} --by Rina")
    assert (code, told) == (0, {"groups": 1, "joined": 2})
    assert counted(store) == {
        "partner-a": "partner-c",
        "partner-b": "partner-c",
        "partner-c": None,
    }
    assert ask("duplicates")[1]["undecided"] == 0
    decided = ask("duplicates --decided")[1]["decided"]
    assert {entry["by"] for entry in decided} == {"Rina"}
    for edge in (1, 100):
        told = ask(f"duplicates --same-above {edge} --by Rina")
        assert told == (0, {"groups": 0, "joined": 0})


def test_what_one_run_left_out_is_not_joined_by_the_next(intake: Any, ask: Ask) -> None:
    """Two incidents of one partner are two events, however often the pairs are accepted."""
    held = rows(3)
    held["incident"][2]["partner"] = "partner-b"
    for each, people in zip(held["person"], (10, 8, 12), strict=True):
        each["n"] = people
    registers.fill(intake.settings, held)
    _, told = ask("duplicates")
    best = next(iter(told["groups"]))["pairs"][0]
    assert ask(f"duplicates --same {best} --keep A --by Rina")[0] == 0
    again = "duplicates --same-above 50 --by Rina"
    _, told = ask("duplicates")
    assert (told["undecided"], told["groups"], told["unclear"]) == (1, [], 1)
    assert ask(again) == (0, {"groups": 0, "joined": 0})


@pytest.mark.parametrize("joined_first", [False, True])
def test_what_was_told_apart_does_not_stop_the_others(
    store: Settings, ask: Ask, joined_first: bool
) -> None:
    _, told = ask("duplicates")
    words = [f"--apart {name_of(told, 'partner-a', 'partner-c')}"]
    if joined_first:
        words.append(f"--same {name_of(told, 'partner-a', 'partner-b')} --keep B")
    for each in words:
        assert ask(f"duplicates {each} --by Rina")[0] == 0
    code, told = ask("duplicates --same-above 50 --by Rina")
    assert (code, told["joined"]) == (0, 0 if joined_first else 1)
    ids = counted(store)
    assert ids["partner-a"] != ids["partner-c"] or ids["partner-a"] is None

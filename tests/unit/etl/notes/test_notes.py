"""An operator notes what happened; what could point at a person or a partner is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.model.codes import EVENT_NOTE
from etl.__main__ import main
from etl.notes.note import LONGEST
from etl.notes.notes_file import notes_file
from etl.register.seal import seal_all
from etl.settings import Settings
from tests.unit.etl.stores import Intake

FLOOD = ("--month", "2026-07", "--kind", "flood", "--text", "Flood along the Naf River")


def ask(
    capsys: pytest.CaptureFixture[str], settings: Settings, *words: str
) -> tuple[int, dict[str, Any]]:
    code = main(["note", *words, "--json"], settings)
    return code, json.loads(capsys.readouterr().out)


def add(settings: Settings, **changes: str) -> int:
    told = {"month": "2026-07", "kind": "flood", "text": "Flood along the Naf River", **changes}
    words = [word for key, value in told.items() for word in (f"--{key.replace('_', '-')}", value)]
    return main(["note", "add", *words], settings)


def test_a_note_is_added_listed_and_removed(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--until", "2026-08", "--area", "BD2022", "--text-bn", "নাফ নদীর তীরে বন্যা")
    code, told = ask(capsys, intake.settings, "add", *FLOOD, *more)
    (added,) = told["added"]
    assert code == 0
    assert added == {
        "id": added["id"],
        "month": "2026-07",
        "until": "2026-08",
        "kind": "flood",
        "area": "BD2022",
        "text": "Flood along the Naf River",
        "text_bn": "নাফ নদীর তীরে বন্যা",
        "public": True,
    }
    code, told = ask(capsys, intake.settings, "list")
    assert (code, told["notes"]) == (0, [added])
    assert told["file"] == str(intake.settings.operator / "events.toml")
    code, told = ask(capsys, intake.settings, "remove", added["id"])
    assert (code, told["removed"]) == (0, added)
    assert ask(capsys, intake.settings, "list")[1]["notes"] == []


def test_the_same_note_is_written_once(intake: Intake, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, intake.settings, "add", *FLOOD)[1]["already_noted"] == 0
    before = intake.digest()
    code, told = ask(capsys, intake.settings, "add", *FLOOD)
    assert (code, told) == (0, {"added": [], "already_noted": 1})
    assert intake.digest() == before


def test_what_a_hand_wrote_around_notes_stays(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path = notes_file(intake.settings)
    kept = "# from the meeting of May\n[[note]]\nmonth = '2026-05'\nkind = 'policy'\ntext = \"A\"\n"
    path.write_text(kept, encoding="utf-8")
    assert main(["note", "add", *FLOOD], intake.settings) == 1
    assert "was changed by hand" in capsys.readouterr().err
    assert ask(capsys, intake.settings, "list")[1]["changed_by_hand"]
    assert not ask(capsys, intake.settings, "keep")[1]["changed_by_hand"]
    code, told = ask(capsys, intake.settings, "add", *FLOOD)
    assert code == 0
    assert path.read_text(encoding="utf-8").startswith(kept)
    first = ask(capsys, intake.settings, "list")[1]["notes"][0]["id"]
    assert main(["note", "remove", first], intake.settings) == 0
    left = path.read_text(encoding="utf-8")
    assert left.startswith("# from the meeting of May\n")
    assert "policy" not in left
    capsys.readouterr()
    assert [n["id"] for n in ask(capsys, intake.settings, "list")[1]["notes"]] == [
        told["added"][0]["id"]
    ]


def test_a_layout_that_cannot_be_cut_is_left_to_a_hand(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path = notes_file(intake.settings)
    path.write_text('note = [{month = "2026-05", kind = "policy", text = "A new rule"}]\n')
    assert main(["note", "keep"], intake.settings) == 0
    capsys.readouterr()
    (held,) = ask(capsys, intake.settings, "list")[1]["notes"]
    before = intake.digest()
    assert main(["note", "remove", held["id"]], intake.settings) == 1
    assert "by hand" in capsys.readouterr().err
    assert intake.digest() == before


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"text": "Call 01711 234567 for more"}, "phone_number"),
        ({"text": "Call ০১৭১১-২৩৪৫৬৭"}, "phone_number"),
        ({"text_bn": "যোগাযোগ: a.b@example.org"}, "email"),
        ({"text": "Case 4821937 was found"}, "long_number"),
        ({"text": "Ask 02 987 65 43"}, "long_number"),
        ({"text": "ID 1990 1234 5678 90123"}, "national_id"),
        ({"text": "Fire in block C of the camp"}, "block_code"),
        ({"text": "Raid on the house no 12"}, "address"),
        ({"text": "Boats seen at 21.4512, 92.0"}, "coordinates"),
        ({"text": "   "}, "empty_text"),
        ({"text": "a" * (LONGEST + 1)}, "long_text"),
        ({"text": "Flood\u202e on the river"}, "hidden_character"),
        ({"text": "A flood\nand a fire"}, "hidden_character"),
        ({"month": "July"}, "bad_month"),
        ({"until": "2026-06"}, "ends_before_start"),
        ({"area": "BD9999"}, "unknown_place"),
    ],
)
def test_what_breaks_a_rule_is_refused_and_not_repeated(
    intake: Intake, capsys: pytest.CaptureFixture[str], changes: dict[str, str], rule: str
) -> None:
    assert add(intake.settings) == 0
    before = intake.digest()
    capsys.readouterr()
    assert add(intake.settings, **changes) == 1
    said = capsys.readouterr().err
    assert f"[{rule}]" in said
    assert not any(text.strip() and text in said for text in changes.values())
    assert intake.digest() == before


@pytest.mark.parametrize(
    "text", ["Roads are blocked by the flood", "From 2026-03 on boats leave again, 1,200,000 taka"]
)
def test_what_names_nobody_is_taken(intake: Intake, text: str) -> None:
    assert add(intake.settings, text=text) == 0


def test_no_note_names_a_partner_that_sends_files(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    intake.load("line-list", intake.line_list())
    ((partner,),) = intake.ask("SELECT DISTINCT partner FROM load")
    spoken = str(partner).replace("-", " ").title()
    assert add(intake.settings, text=f"{spoken} starts to send lists") == 1
    assert "[partner_named]" in capsys.readouterr().err
    assert add(intake.settings, text="A partner starts to send lists") == 0


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[[note]]\nmonth = '2026-05'\nkind = 'war'\ntext = 'A'\n", "note 1.kind: The kind must"),
        ("[[note]]\nmonth = '2026-05'\nkind = 'flood'\n", "note 1.text: is missing"),
        ("[[note]]\nmonth = '2026-05'\nkind = 'flood'\ntext = 'A'\nwho = 'x'\n", "note 1.who"),
        ("[[note]]\nmonth = 2026-05-01\nkind = 'flood'\ntext = 'A'\n", "note 1.month"),
        ("[[note]]\nmonth = '2026-05'\nkind = 'flood'\ntext = 'A'\npublic = 1\n", "note 1.public"),
        ("[note]\nmonth = '2026-05'\n", "begins with a line [[note]]"),
        ("notes = []\n", "notes: is not a key"),
        ("[[note]\n", "is not valid TOML"),
        (2 * "[[note]]\nmonth = '2026-05'\nkind = 'flood'\ntext = 'A'\n", "say the same"),
    ],
)
def test_a_file_that_is_no_list_of_notes_says_where(
    intake: Intake, capsys: pytest.CaptureFixture[str], written: str, told: str
) -> None:
    notes_file(intake.settings).write_text(written, encoding="utf-8")
    before = intake.digest()
    for words in (["list"], ["add", *FLOOD]):
        assert main(["note", *words], intake.settings) == 1
        said = capsys.readouterr().err
        assert said.startswith("events.toml: ")
        assert told in said
    assert intake.digest() == before
    assert main(["status"], intake.settings) == 1
    assert "`note keep`" in capsys.readouterr().err
    seal_all(intake.settings)
    assert main(["status"], intake.settings) == 0
    assert told in capsys.readouterr().out


def test_all_notes_of_a_file_are_added_or_none(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    good = "[[note]]\nmonth = '2026-05'\nkind = 'flood'\ntext = 'A flood'\npublic = false\n"
    path = intake.write("mine.toml", good, good.replace("A flood", "Call 01711234567"))
    before = intake.digest()
    assert main(["note", "add", "--file", str(path)], intake.settings) == 1
    assert "mine.toml: note 2.text" in capsys.readouterr().err
    assert intake.digest() == before
    path = intake.write("mine.toml", good, good.replace("A flood", "A cyclone"))
    code, told = ask(capsys, intake.settings, "add", "--file", str(path))
    assert (code, len(told["added"])) == (0, 2)
    assert not any(note["public"] for note in ask(capsys, intake.settings, "list")[1]["notes"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add"], "needs --month, --kind and --text"),
        (["add", "--month", "2026-05", "--file", "x.toml"], "not both"),
        (["add", "--file", "x.toml"], "There is no file x.toml"),
        (["remove"], "needs the ID"),
        (["remove", "abc"], "There is no note abc"),
        (["list", "--month", "2026-05"], "Only `note add`"),
    ],
)
def test_words_that_do_not_fit_are_one_sentence(
    intake: Intake, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main(["note", *words], intake.settings) == 1
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_the_help_says_that_no_person_is_named(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["note", "--help"], settings)
    said = " ".join(capsys.readouterr().out.split())
    assert "Name no person and no partner" in said
    assert all(kind in said for kind in EVENT_NOTE.values)

from __future__ import annotations

import json
import sys

import pytest

from etl.__main__ import main
from etl.nearest import nearest
from tests.unit.etl.stores import HEADER, ROWS, Intake, Terminal


def screen_of(intake: Intake, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    main(["check", *words, "--source", "line-list"], intake.settings)
    monkeypatch.undo()
    return terminal.getvalue()


def rows(*sexes: str) -> list[str]:
    return [ROWS[2].replace("2,1,", f"{n},1,").replace(",NA,", f",{sex},")
            for n, sex in enumerate(sexes)]  # fmt: skip


def test_a_slip_in_a_header_is_told_with_the_nearest(intake: Intake) -> None:
    path = intake.write("list.csv", HEADER.replace("Ransom", "Ransome"), *ROWS)
    found = {f.rule: f.message for f in intake.check("line-list", path).findings}
    assert "Nearest declared and missing: Ransom." in found["undeclared_column"]
    assert "Row 1 was looked at." in found["missing_column"]


def test_headers_that_were_found_stand_on_the_screen_alone(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = intake.write("list.csv", "Case number,Gender,Agge,01712345678", "1,2,3,4")
    told = screen_of(intake, monkeypatch, str(path))
    assert "row 1 holds: Case number, Gender, Agge, number 4" in told
    assert "Agge -> Age" in told
    for extra in ([], ["--json"]):
        main(["check", str(path), "--source", "line-list", *extra], intake.settings)
        plain = capsys.readouterr().out
        assert "Row 1 was looked at, which has 4 cells." in plain
        assert "Gender" not in plain


def test_values_that_are_not_declared_stand_on_the_screen_alone(
    intake: Intake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sexes = ["Femal"] * 3 + ["Rahima"] * 2 + ["Female"]
    path = str(intake.line_list(*rows(*sexes)))
    told = screen_of(intake, monkeypatch, path)
    assert "column Sex: not declared: Femal (3 rows; nearest: female)" in told
    assert "Rahima" not in told
    for command in ("check", "load"):
        for extra in ([], ["--json"]):
            main([command, path, "--source", "line-list", *extra], intake.settings)
            assert "Femal (" not in capsys.readouterr().out
    (intake.folder / "page.html").touch()
    page = intake.folder / "page.html"
    main(["check", path, "--source", "line-list", "--html", str(page)], intake.settings)
    assert "Femal" not in page.read_text(encoding="utf-8").replace("Female", "")


def test_control_characters_of_a_value_are_shown_and_never_sent_to_the_terminal(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = screen_of(intake, monkeypatch, str(intake.line_list(*rows(*["Fem\x1b[31mal"] * 3))))
    assert "not declared: Fem\\x1b[31mal (3 rows" in told
    assert "\x1b" not in told


def test_a_value_that_a_screen_stops_is_never_shown(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(intake.line_list(*rows(*["01712345678"] * 5)))
    assert "01712345678" not in screen_of(intake, monkeypatch, path)


def test_json_of_a_refused_file_names_no_value(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(intake.line_list(*rows(*["Femal"] * 5)))
    main(["load", path, "--source", "line-list", "--json"], intake.settings)
    document = json.loads(capsys.readouterr().out)
    assert [f["rule"] for f in document["findings"]].count("unknown_code") == 5
    assert "Femal" not in json.dumps(document)


@pytest.mark.parametrize(
    ("word", "near"), [("femal", "Female"), ("MALE", "Male"), ("quite other", None)]
)
def test_the_nearest_is_alike_or_nothing(word: str, near: str | None) -> None:
    assert nearest(word, ("Female", "Male")) == near

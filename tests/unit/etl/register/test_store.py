from __future__ import annotations

import json

import pytest

from etl.__main__ import main
from etl.register import store
from etl.register.store import read_store, replace_store
from etl.settings import OperatorError
from tests.unit.etl.stores import Intake, written_register


def test_changed_facts_are_kept_and_the_others_stay(intake: Intake) -> None:
    made = read_store(intake.settings)
    years = replace_store(intake.settings, years=7)
    public = replace_store(intake.settings, public=True)
    assert read_store(intake.settings) == public
    assert vars(years) == {**vars(made), "years": 7}
    assert vars(public) == {**vars(years), "public": True}


@pytest.mark.parametrize("written", [3, 5, "x", None])
@pytest.mark.parametrize(
    "command", ["init", "status", "check FILE --source line-list", "load --rebuild", "rollback"]
)
def test_a_store_of_another_version_is_refused_in_one_sentence_and_stays(
    intake: Intake, capsys: pytest.CaptureFixture[str], written: object, command: str
) -> None:
    path = store.facts_file(intake.settings)
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": written}))
    file = str(intake.line_list())
    before = intake.digest()
    capsys.readouterr()
    words = [file if word == "FILE" else word for word in command.split()]
    assert main(words, intake.settings) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "was made by another version of the product" in said
    assert "begin a new store (`init`, `ATLAS_STORE`) and load the files anew" in said
    assert intake.digest() == before


def test_a_register_with_digests_of_another_database_is_built_again(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["load", str(intake.line_list()), "--source", "line-list"]
    with written_register(intake.settings) as connection:
        connection.execute("UPDATE made_with SET sample = sample - 1")
    assert main(words, intake.settings) == 1
    assert "made by another version; run `load --rebuild`" in capsys.readouterr().err
    assert main(["load", "--rebuild"], intake.settings) == 0
    assert main(words, intake.settings) == 0


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 4}', "[" * 9000])
def test_facts_that_cannot_be_read_are_one_sentence(intake: Intake, text: str) -> None:
    store.facts_file(intake.settings).write_text(text)
    with pytest.raises(OperatorError, match="store.json in .* is damaged"):
        read_store(intake.settings)

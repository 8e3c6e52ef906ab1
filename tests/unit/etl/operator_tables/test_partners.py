"""Which partners agreed to be named: a table of partners that the register knows, each once."""

from __future__ import annotations

import pytest

from etl.operator_tables.kinds import KINDS, LONGEST_NAME, PARTNERS, RELEASED
from tests.unit.etl.operator_tables.asking import Rows
from tests.unit.etl.stores import Ask, Intake

HEADER = "partner,name,agreed"


@pytest.fixture
def partner(intake: Intake) -> str:
    """The partner of the only file that was loaded."""
    intake.load("line-list", intake.line_list())
    ((code,),) = intake.ask("SELECT DISTINCT partner FROM load")
    return str(code)


def test_a_file_is_kept_and_a_later_row_takes_the_place_of_an_earlier(
    intake: Intake, partner: str, ask: Ask, rows: Rows
) -> None:
    for name, agreed in (("Agency “A” & Sons", "yes"), ("সংস্থা ক", "no")):
        path = intake.write("partners.csv", HEADER, f"  {partner} ,{name},{agreed}")
        assert ask("partners", str(path))[1]["held"] == 1
        kept = [{"partner": partner, "name": name, "agreed": agreed}]
        assert rows("partners") == kept


@pytest.mark.parametrize(
    ("changes", "column", "rule"),
    [
        ({"partner": "nobody-sent-this"}, "partner", "unknown_partner"),
        ({"partner": ""}, "partner", "unknown_partner"),
        ({"name": " "}, "name", "empty_text"),
        ({"name": "x" * (LONGEST_NAME + 1)}, "name", "long_text"),
        ({"name": "Agency\u202e A"}, "name", "hidden_character"),
        ({"name": "Agency\nA"}, "name", "hidden_character"),
        ({"name": "Agency, 01711 234567"}, "name", "phone_number"),
        ({"name": "n.akter@agency.example"}, "name", "email"),
        ({"agreed": ""}, "agreed", "bad_flag"),
        ({"agreed": "perhaps"}, "agreed", "bad_flag"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_and_not_repeated(
    intake: Intake, partner: str, ask: Ask, changes: dict[str, str], column: str, rule: str
) -> None:
    cells = {"partner": partner, "name": "Agency A", "agreed": "yes", **changes}
    words = [f"{name}={cell}" for name, cell in cells.items()]
    code, told = ask("partners", "--row", *words)
    assert (code, told["loaded"]) == (1, 0)
    assert [(f["column"], f["rule"]) for f in told["findings"]] == [(column, rule)]
    assert not any(len(cell) > 5 and cell in str(told) for cell in changes.values())


def test_a_partner_twice_in_a_file_and_a_missing_column_load_nothing(
    intake: Intake, partner: str, ask: Ask, rows: Rows
) -> None:
    twice = intake.write("twice.csv", HEADER, f"{partner},A,yes", f"{partner},B,no")
    _, told = ask("partners", str(twice))
    assert [(f["row"], f["rule"]) for f in told["findings"]] == [(3, "repeated_row")]
    for column in PARTNERS.names:
        left = [name for name in PARTNERS.names if name != column]
        path = intake.write("left.csv", ",".join(left), ",".join("yes" for _ in left))
        _, told = ask("partners", str(path))
        assert "missing_column" in [f["rule"] for f in told["findings"]]
    assert rows("partners") == []


def test_it_alone_has_no_table_of_a_release() -> None:
    assert KINDS.keys() - RELEASED.keys() == {"partners"}
    with pytest.raises(TypeError):
        PARTNERS.to_release({"partner": "a", "name": "A", "agreed": True})

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.settings import OperatorError
from tests.unit.etl.stores import REFERRAL_HEADER, SOURCES, Ask, Intake


@pytest.fixture
def two(intake: Intake, tmp_path: Path) -> Intake:
    """A store with the declarations of a second partner whose files look the same."""
    folder = tmp_path / "sources"
    shutil.copytree(SOURCES, folder)
    for name, other in (("line-list", "other-list"), ("referrals", "other-referrals")):
        text = (SOURCES / f"{name}.toml").read_text(encoding="utf-8")
        text = text.replace('"partner-t"', '"partner-u"').replace(f'"{name}"', f'"{other}"')
        (folder / f"{other}.toml").write_text(text, encoding="utf-8")
    return replace(intake, settings=replace(intake.settings, sources=folder))


def row(number: int, day: int = 25, month: int = 3, age: int = 20, sex: str = "Female") -> str:
    return (
        f"{number},1,{day}/{month:02}/2025,no,{sex},{age},undetermined,,,,Cox's Bazar,Ukhia,,,,Rina"
    )


def case(number: int) -> str:
    """A row of which there is one in its month and no other like it."""
    return row(number, month=1 + number % 5, age=(10, 17, 20, 40, 55, 70)[number % 6],
               sex="Female" if number % 2 else "Male")  # fmt: skip


def test_a_file_of_another_partner_is_refused(two: Intake) -> None:
    rows = [case(n) for n in range(6)]
    two.load("line-list", two.line_list(*rows))
    before = two.digest()
    with pytest.raises(OperatorError) as raised:
        two.load("other-list", two.line_list(*rows, name="b.csv"))
    assert str(raised.value).startswith("b.csv: 6 keys and 6 of 6 rows are those of partner-t.")
    assert "--shared-caseload" in str(raised.value)
    assert two.digest() == before
    report = two.load("other-list", two.line_list(*rows, name="b.csv"), shared_caseload=True)
    assert report.result == "whole"


def test_five_keys_are_enough_whatever_the_rows_say(two: Intake) -> None:
    two.load("line-list", two.line_list(*(case(n) for n in range(6))))
    aged = [case(n).replace("Female", "NA").replace(",Male", ",NA") for n in range(5)]
    more = [row(100 + n, age=30, month=5) for n in range(60)]
    with pytest.raises(OperatorError, match=r"5 keys and 0 of 65 rows"):
        two.load("other-list", two.line_list(*aged, *more, name="b.csv"))
    two.load("other-list", two.line_list(*aged[:4], *more, name="b.csv"))


def test_a_fifth_of_the_rows_is_enough_under_other_keys(two: Intake) -> None:
    two.load("line-list", two.line_list(*(case(n) for n in range(6))))
    copied = [case(n).replace(f"{n},1,", f"x{n},1,", 1) for n in range(2)]
    others = [row(200 + n, age=30, month=5) for n in range(8)]
    with pytest.raises(OperatorError, match=r"0 keys and 2 of 10 rows"):
        two.load("other-list", two.line_list(*copied, *others, name="b.csv"))
    others.append(row(208, age=30, month=5))
    two.load("other-list", two.line_list(*copied, *others, name="b.csv"))


def test_numbers_that_every_partner_counts_by_are_no_shared_keys(two: Intake) -> None:
    two.load("line-list", two.line_list(*(row(n, month=1) for n in range(20))))
    mine = [row(n, month=2, sex="Male") for n in range(20)]
    assert two.load("other-list", two.line_list(*mine, name="b.csv")).result == "whole"


def test_what_is_said_of_every_month_is_no_shared_row(two: Intake) -> None:
    common = [row(n, month=1 + n % 5) for n in range(10)]
    two.load("line-list", two.line_list(*common))
    mine = [row(500 + n, month=1 + n % 5) for n in range(10)]
    assert two.load("other-list", two.line_list(*mine, name="b.csv")).result == "whole"


@pytest.fixture
def both(two: Intake) -> Intake:
    """Both partners have people, who are counted from 0 and differ in all but that."""
    two.load("line-list", two.line_list(*(row(n, month=1) for n in range(10))))
    others = (row(n, month=2, sex="Male") for n in range(10))
    two.load("other-list", two.line_list(*others, name="b.csv"))
    return two


def referral(case: int, days: int, *, number: str = "1", month: int = 3) -> str:
    """A referral; its key is made of the case and the number."""
    return f"{case};1;{number};2025-{month:02}-20;health;first;done;{days};given"


def referrals(store: Intake, *rows: str) -> Path:
    return store.write("referrals.csv", REFERRAL_HEADER, *rows)


def test_referrals_of_another_partner_are_refused_by_what_they_say(both: Intake) -> None:
    both.load("referrals", referrals(both, *(referral(n, days=n) for n in range(4))))
    before = both.digest()
    copied = [referral(n + 5, days=n, number="x") for n in range(2)]
    mine = [referral(n, days=20 + n, number="y") for n in range(8)]
    with pytest.raises(OperatorError, match=r"0 keys and 2 of 10 rows are those of partner-t"):
        both.load("other-referrals", referrals(both, *copied, *mine))
    assert both.digest() == before
    report = both.load("other-referrals", referrals(both, copied[0], *mine))
    assert report.result == "whole"


def test_referrals_of_another_month_or_of_every_month_are_not_shared(both: Intake) -> None:
    often = [referral(n, days=1, month=3 + n % 2) for n in range(4)]
    both.load("referrals", referrals(both, *often, *(referral(n, days=n) for n in range(4, 8))))
    mine = [
        *(referral(n, days=1, number="x") for n in range(4)),
        *(referral(n, days=n, number="x", month=4) for n in range(4, 8)),
    ]
    assert both.load("other-referrals", referrals(both, *mine)).result == "whole"


def test_yes_does_not_pass_it_and_check_says_so_before(
    two: Intake, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [case(n) for n in range(6)]
    two.load("line-list", two.line_list(*rows))
    words = [str(two.line_list(*rows, name="b.csv")), "--source", "other-list"]
    code, document = ask("check", *words, of=two.settings)
    assert (code, document["shared_caseload"][0]["keys"]) == (1, 6)
    assert main(["load", *words, "--yes"], two.settings) == 1
    assert "Is it a file of partner-u?" in capsys.readouterr().err
    assert main(["load", *words, "--yes", "--shared-caseload"], two.settings) == 0


def test_a_partner_may_repeat_its_own(two: Intake) -> None:
    rows = [case(n) for n in range(6)]
    two.load("line-list", two.line_list(*rows))
    assert two.load("line-list", two.line_list(*rows, case(7), name="b.csv")).result == "whole"

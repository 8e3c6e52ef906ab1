"""The report says what broke, and a measure that was not taken is no silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attack.__main__ import (
    CODE,
    OF_A_LATER_SEED,
    OF_A_SEED,
    ONCE,
    ROOT,
    Kept,
    digest,
    found_in,
    keep,
    read_kept,
    todo_of,
)
from tests.attack.measures.accuracy import accuracy
from tests.attack.measures.bounds import ALL_BUT_ONE, BOUNDS, CONTROL, ECHO, TIME
from tests.attack.measures.echoes import echoes
from tests.attack.measures.timing import CLOCK, LARGE, SMALL
from tests.attack.report import lines, written

PASSING = {
    name: [0.5, 0.5] if bound.kind == "told" else [bound.limit, bound.limit]
    for name, bound in BOUNDS.items()
}
OF_BOUNDS = sum(bound.kind == "bound" for bound in BOUNDS.values())
BY_THE_CLOCK = {
    f"{TIME}: {name}{CLOCK}": [seconds] for name, seconds in ((SMALL, 41.2), (LARGE, 9))
}
WHOLE = f"{ALL_BUT_ONE}: whole record told from another, one release"
BY_MONTH = "members: class by month, mean error"


def test_a_report_in_which_everything_holds() -> None:
    measured = lines(PASSING)
    text = written(measured, {**PASSING, **BY_THE_CLOCK}, seeds=2, minutes=2)
    assert all(line.holds for line in measured)
    assert f"All {OF_BOUNDS} bounds hold" in text
    assert "broken**" not in text
    assert "Took 2 minutes" in text
    assert "By the clock it took 41 and 9 seconds" in text
    named = [line.name.removeprefix(f"{line.bound.section}: ") for line in measured]
    assert [name for name in named if f"| {name} |" not in text] == []


def test_the_worst_seed_decides() -> None:
    measured = lines({**PASSING, BY_MONTH: [1.0, 3.6]})
    text = written(measured, {**PASSING, **BY_THE_CLOCK}, seeds=2, minutes=2)
    assert [line.name for line in measured if not line.holds] == [BY_MONTH]
    assert "| class by month, mean error | at most 3.500 | 3.600 | 2.300 | **broken** |" in text


def test_an_aim_that_is_missed_is_told_and_breaks_nothing() -> None:
    measured = lines({**PASSING, WHOLE: [0.93, 0.95]})
    text = written(measured, {**PASSING, **BY_THE_CLOCK}, seeds=2, minutes=2)
    assert all(line.holds for line in measured)
    assert "0.950 | 0.940 | missed |" in text
    assert "1 of" in text.split(" aims are missed")[0]


def test_a_figure_that_is_no_number_breaks_its_bound() -> None:
    (broken,) = [line for line in lines({**PASSING, BY_MONTH: [1, float("nan")]}) if not line.holds]
    assert broken.name == BY_MONTH


def test_a_control_is_judged_by_its_mean() -> None:
    name = f"{CONTROL}: class of a known person: precision"
    (line,) = [line for line in lines({**PASSING, name: [0.84, 0.87]}) if line.name == name]
    assert line.holds


def test_a_measure_that_was_not_taken_is_refused() -> None:
    found = {name: values for name, values in PASSING.items() if name != BY_MONTH}
    with pytest.raises(KeyError, match="class by month"):
        lines(found)


def test_figures_are_kept_for_the_code_that_they_are_of(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    held = Kept("a" * 64, 3.5, {"accuracy 1": {BY_MONTH: 1.0}})
    keep(held, path)
    assert read_kept(path, held.code) == held
    assert read_kept(path, "b" * 64) == Kept("b" * 64)
    assert read_kept(None, held.code) == Kept(held.code)
    assert read_kept(tmp_path / "none.json", held.code) == Kept(held.code)


def test_a_measure_that_counts_gives_one_figure_of_all_seeds() -> None:
    figure = "members|people|sex|none|month"
    sums = {f"{figure}|{part}": 9.0 for part in ("hit", "true", "expected")}
    counts = [sums | {f"{figure}|shown": shown} for shown in (9.0, 27.0)]
    kept = Kept("", 0, {"accuracy 1": {BY_MONTH: 1.0}, "accuracy 2": {BY_MONTH: 3.0}})
    kept.figures |= {f"echoes {11 + number}": own for number, own in enumerate(counts)}
    found = found_in(kept, [(accuracy, 1), (echoes, 11), (accuracy, 2), (echoes, 12)])
    assert found[BY_MONTH] == [1.0, 3.0]
    assert found[f"{ECHO}: members: numbers by month right to twice the error, share"] == [0.5]


def test_the_error_is_measured_on_seeds_on_which_nothing_was_tried() -> None:
    todo = todo_of(10)
    assert [seed for measure, seed in todo if measure is echoes] == [*range(11, 21)]
    assert len(set(todo)) == len(todo)
    assert {measure for measure, _ in todo} >= {*OF_A_SEED, *OF_A_LATER_SEED, *ONCE}


def test_other_code_of_the_protection_is_other_code(tmp_path: Path) -> None:
    for name in CODE:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".py"):
            place.write_text("")
        else:
            place.mkdir()
    before = digest(tmp_path)
    assert digest(tmp_path) == before
    (tmp_path / CODE[0] / "fit.py").write_text("BASE = 5\n")
    changed = digest(tmp_path)
    assert changed != before
    (tmp_path / "tests" / "attack" / "report.py").write_text("# words\n")
    assert digest(tmp_path) == changed


def test_all_that_is_attacked_is_there() -> None:
    assert [name for name in CODE if not (ROOT / name).exists()] == []

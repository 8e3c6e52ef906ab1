"""Breakages are real ones of the product, the same for the same seed, and met by the tests near."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutations.__main__ import noticed_by
from tests.mutations.breakages import Breakage, breakages, drawn
from tests.mutations.order import nearest_first
from tests.support.served import ROOT

MODULE = '''"""What is 1 < 2?"""

def largest(sizes: "list[Literal[3]]") -> int:
    """Not 4."""
    if not sizes or sizes[0] < 0:
        return f"ক {sizes:>5}"
    return max(sizes, strict=False) + 1 if True else 0
'''


def test_every_kind_is_made_and_no_word_or_guard_is_changed() -> None:
    found = {(one.was, one.becomes) for one in breakages(MODULE, Path("a.py"))}
    assert {was.split()[0] for was, _ in found} >= {"not", "sizes[0]", "0", "1", "True", "return"}
    assert ("sizes[0] < 0", "(sizes[0] <= 0)") in found
    assert ("not sizes", "(sizes)") in found
    assert not {"3", "4", "5", "1 < 2", "False"} & {was for was, _ in found}


def test_each_changes_one_place_and_still_compiles() -> None:
    tree = ast.dump(ast.parse(MODULE))
    for one in breakages(MODULE, Path("a.py")):
        assert ast.dump(ast.parse(one.text)) != tree
        assert one.text.replace(one.becomes, one.was, 1).count("\n") == MODULE.count("\n")


def test_a_seed_draws_the_same_from_every_part_of_the_product() -> None:
    sixty = drawn(ROOT, 60, seed=1)
    assert [one.told for one in sixty] == [one.told for one in drawn(ROOT, 60, seed=1)]
    assert [one.told for one in sixty] != [one.told for one in drawn(ROOT, 60, seed=2)]
    assert {one.path.parts[0] for one in sixty} == {"src", "etl"}
    assert len({one.path.parent for one in sixty}) > 20


def test_the_tests_of_a_module_are_tried_before_those_that_only_reach_it() -> None:
    order = nearest_first(Path("etl/protect/walk.py"))
    assert order[0] == Path("tests/contract/test_approved.py")
    assert order[1].parent == Path("tests/unit/etl/protect")
    assert order.index(Path("tests/unit/etl/protect/test_units.py")) < 12
    for module, test in (("filters", "test_filters"), ("meeting/pages/views", "test_saved_views")):
        assert nearest_first(Path(f"src/dashboard/{module}.py"))[0].stem == test
    for module, test in (
        ("etl/intake/decide", "operators"),
        ("src/dashboard/access/gate", "signed_in"),
    ):
        assert nearest_first(Path(f"{module}.py"))[0].stem == f"test_approved_{test}"
    retain = nearest_first(Path("etl/commands/retain.py"))
    assert Path("tests/unit/etl/test_retention.py") in retain[:4]
    assert not any("browser" in path.parts for path in order)


@pytest.mark.parametrize(("becomes", "noticed"), [("3", True), ("1", False)])
def test_a_breakage_is_noticed_by_a_test_that_fails_and_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, becomes: str, noticed: bool
) -> None:
    module, test = tmp_path / "module.py", tmp_path / "test_module.py"
    module.write_text("TWO = 2\n")
    test.write_text("import module\n\n\ndef test_two():\n    assert module.TWO < 3\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    rest:\n    browser:\n")
    monkeypatch.setattr("tests.mutations.__main__.nearest_first", lambda _: [Path(test.name)])
    breakage = Breakage(Path(module.name), 1, 6, "2", becomes, f"TWO = {becomes}\n")
    told = noticed_by(tmp_path, breakage, 0)
    assert told.startswith("FAILED test_module.py::test_two") if noticed else told == ""
    assert module.read_text() == "TWO = 2\n"

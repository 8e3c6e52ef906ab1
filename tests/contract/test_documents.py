"""Documents stay short enough to be read, and lead where they say: links, names, files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from tests.support.served import ROOT

#: What programs write of their own measurements, and lists that nobody reads through.
NOT_COUNTED = {
    "CHANGELOG", "benchmarks", "data-dictionary", "endurance", "judge-report", "odd-files",
    "protection-report", "waits-report", "words-read", "words-report",
}  # fmt: skip
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
MOST_WORDS_OF_ARCHITECTURE = 1_500
MOST_WORDS_TOGETHER = 22_000
MOST_ROWS_OF_CHANGES = 30
MOST_NAMES = 40
#: Words that the code once used for everything, so that no name told what a function returns.
VAGUE = {
    "climb", "climbed", "drawn", "handed", "judged", "offered", "rung", "rungs", "said", "say",
    "tell", "tells", "told",
}  # fmt: skip
#: Those that are vague where they stand alone: ``held``, but not ``HeldBack``.
VAGUE_ALONE = {"asked", "held", "kept", "known", "found"}
HERE = ROOT / "src" / "dashboard"


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(document: str, heading: str) -> list[str]:
    """The rows of the table under a heading, without its head."""
    _, found, after = text(document).partition(f"\n## {heading}\n")
    assert found
    section = after.partition("\n## ")[0].splitlines()
    return [line for line in section if line.startswith("|")][2:]


def codes(row: str) -> list[str]:
    return re.findall(r"`([^`]+)`", row)


def test_all_documents_together_are_read_in_an_afternoon() -> None:
    counted = [path for path in DOCUMENTS if path.stem not in NOT_COUNTED]
    assert {path.stem for path in DOCUMENTS} - {path.stem for path in counted} == NOT_COUNTED
    words = {path.name: len(path.read_text(encoding="utf-8").split()) for path in counted}
    assert sum(words.values()) <= MOST_WORDS_TOGETHER, words


def test_how_the_code_is_laid_out_is_read_in_one_sitting() -> None:
    assert len(text("docs/architecture.md").split()) <= MOST_WORDS_OF_ARCHITECTURE


def test_where_a_change_goes_is_found_in_few_rows_and_is_there() -> None:
    table = rows("CONTRIBUTING.md", "Where does my change go?")
    assert 20 < len(table) <= MOST_ROWS_OF_CHANGES
    named = [(row, path) for row in table for path in _paths(row)]
    assert len(named) > 2 * len(table)
    assert [path for row, path in named if not _there(row, path)] == []


def _paths(row: str) -> list[str]:
    answer = row.split("|")[2]
    return [code for code in codes(answer) if "/" in code or code.endswith((".py", ".toml"))]


def _there(row: str, path: str) -> bool:
    """Whether a file or folder is there, from the product's root or a folder named before it."""
    before = [HERE, ROOT]
    for code in codes(row.split("|")[2]):
        if code == path:
            break
        folder = code if "." not in PurePosixPath(code).name else str(PurePosixPath(code).parent)
        before += [base / folder for base in (HERE, ROOT) if (base / folder).is_dir()]
    pattern = path.replace("<page>", "*")
    return any(next(base.glob(pattern), None) is not None for base in before)


def test_names_of_the_code_that_a_newcomer_reads_first_are_in_the_code() -> None:
    names = [name for row in rows("docs/architecture.md", "Names of the code")
             for name in codes(row.split("|")[1])]  # fmt: skip
    assert 20 < len(names) <= MOST_NAMES
    assert len(names) == len(set(names))
    assert set(names) - set(_defined()) == set()


def test_what_others_call_is_named_for_what_it_gives() -> None:
    assert sorted({name for name in _defined() if name[0] != "_" and _is_vague(name)}) == []


def _is_vague(name: str) -> bool:
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)
    return not VAGUE.isdisjoint(map(str.lower, words)) or name.lower() in VAGUE_ALONE


def _defined() -> Iterator[str]:
    """Every module, package, class and function of the product."""
    for root in (HERE, ROOT / "etl", ROOT / "tools"):
        for path in root.rglob("*.py"):
            yield path.parent.name if path.name == "__init__.py" else path.stem
            yield from re.findall(
                r"^ *(?:class|def) (\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE
            )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_links_lead_to_a_file_and_a_heading_that_are_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    gone = []
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        file, _, heading = link.partition("#")
        target = document.parent / file if file else document
        if not target.exists() or (heading and heading not in _headings(target)):
            gone.append(link)
    assert gone == []


def _headings(document: Path) -> set[str]:
    """Headings as addresses name them."""
    lines = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", line.lower()) for line in lines)
    return {line.strip().replace(" ", "-") for line in plain}

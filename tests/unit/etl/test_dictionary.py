"""Stories of the data dictionary: complete, stable, and never behind the registry."""

from pathlib import Path

import pytest

from dashboard.model import codes
from dashboard.model.facts import FACTS
from dashboard.model.filters import NAMES, PERIOD
from dashboard.model.release import TABLES
from dashboard.model.tables import REGISTER
from etl.__main__ import main
from etl.dictionary import dictionary
from etl.findings import SENTENCES
from etl.rules import RULES
from tests.support.served import ROOT

COMMITTED = ROOT / "docs" / "data-dictionary.md"


@pytest.fixture(scope="module")
def text() -> str:
    return dictionary()


def section(text: str, heading: str) -> str:
    """What stands between a heading and the next one of the same or a higher level."""
    level = heading.split(" ")[0]
    after = text.split(f"\n{heading}\n", 1)[1]
    lines: list[str] = []
    for line in after.splitlines():
        if line.startswith("#") and len(line.split(" ")[0]) <= len(level):
            break
        lines.append(line)
    return "\n".join(lines)


def test_the_committed_dictionary_is_up_to_date(text: str):
    assert COMMITTED.read_text(encoding="utf-8") == text


def test_every_field_of_the_register_is_described(text: str):
    for table in REGISTER:
        described = section(text, f"### {table.name}")
        for field in table.fields:
            row = next(r for r in described.splitlines() if r.startswith(f"| `{field.name}` |"))
            assert field.label in row
            assert field.about in row


def test_a_required_and_a_restricted_field_are_marked(text: str):
    rows = section(text, "### incident").splitlines()
    header = rows[3].split(" | ")
    partner = next(r for r in rows if r.startswith("| `partner`")).split(" | ")
    assert partner[header.index("required")] == partner[header.index("restricted")] == "yes"


def test_every_code_stands_with_its_labels(text: str):
    for code_list in codes.CODE_LISTS:
        described = section(text, f"### {code_list.id}")
        assert code_list.standard in described
        for code in code_list:
            row = next(r for r in described.splitlines() if r.startswith(f"| `{code.code}` |"))
            assert code.en in row
            assert code.local in row


def test_every_dimension_of_every_fact_is_described(text: str):
    for fact in FACTS:
        described = section(text, f"### Fact: {fact.id}")
        for field in (fact.time, *fact.dimensions):
            assert f"| `{field.name}` |" in described


def test_the_matrix_says_which_filters_apply(text: str):
    rows = section(text, "### Filters that apply").strip().splitlines()
    names = (PERIOD, *NAMES)
    assert rows[0] == f"| fact | {' | '.join(names)} |"
    for fact, row in zip(FACTS, rows[2 : 2 + len(FACTS)], strict=True):
        marks = row.strip("| ").split(" | ")[1:]
        assert [mark == "yes" for mark in marks] == [name in fact.filters for name in names]


def test_every_rule_is_listed(text: str):
    rules = section(text, "## Rules")
    for name in (*SENTENCES, *(rule.id for rule in RULES)):
        assert f"| `{name}` |" in rules


def test_every_table_of_a_release_is_listed(text: str):
    facts = {fact.id for fact in FACTS}
    assert "`echo_people` beside `people`" in section(text, "## Release")
    for name, columns in TABLES.items():
        if name.startswith("echo_"):
            continue
        heading = f"### Fact: {name}" if name in facts else f"### Release table: {name}"
        described = section(text, heading)
        assert all(f"`{column}`" in described for column, _ in columns if column != "size")


@pytest.mark.parametrize(
    "standard",
    ["HTCDS 2.0", "CC BY 4.0", "IC-TIP", "CTDC", "Palermo Protocol", "Smuggling Protocol",
     "Primero v2", "Inter-agency referral form", "OCHA P-codes", "ISO 3166", "ISIC rev. 4", "HXL"],
)  # fmt: skip
def test_the_standards_are_named(text: str, standard: str):
    assert standard in section(text, "## Standards")


def test_every_standard_of_the_registry_is_explained_or_our_own(text: str):
    explained = section(text, "## Standards")
    used = {part for code_list in codes.CODE_LISTS for part in code_list.standard.split("; ")}
    assert {name for name in used - {codes.OWN} if f"| {name} |" not in explained} == set()


def test_every_table_row_has_as_many_cells_as_its_header(text: str):
    width = 0
    for line in text.splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        cells = line.replace("\\|", "").count("|")
        width = width or cells
        assert cells == width, line


def test_links_lead_to_headings(text: str):
    headings = {line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("#")}
    targets = {part.split(")")[0] for part in text.split("](#")[1:]}
    assert {t for t in targets if t not in {h.replace(" ", "-") for h in headings}} == set()


def test_checking_an_old_dictionary_fails_and_leaves_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    old = tmp_path / "dictionary.md"
    old.write_text("old", encoding="utf-8")
    assert main(["dictionary", "--check", "--out", str(old)]) == 1
    assert old.read_text(encoding="utf-8") == "old"
    assert "not up to date" in capsys.readouterr().out


def test_a_written_dictionary_is_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "dictionary.md"
    assert main(["dictionary", "--out", str(path)]) == 0
    assert main(["dictionary", "--check", "--out", str(path)]) == 0
    said = ["dictionary.md was written.", "dictionary.md is up to date."]
    assert capsys.readouterr().out.splitlines() == said

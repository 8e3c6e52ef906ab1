"""The data dictionary: everything the registry and the rules say, as one Markdown text.

The words are the registry's and the rules'; here stand only headings, tables and the standards
that the code lists follow. Writing the file belongs to ``etl.commands.dictionary``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.model import hxl
from dashboard.model.codes import CODE_LISTS, OCHA, WORKING_GROUP, CodeList
from dashboard.model.country import PACK
from dashboard.model.facts import FACTS, Fact
from dashboard.model.fields import Field, Kind
from dashboard.model.filters import NAMES, PERIOD, filter_of
from dashboard.model.languages import LOCAL
from dashboard.model.release import CONTRACT_VERSION, TABLES, echo_table
from dashboard.model.tables import REGISTER, Table
from etl.findings import SENTENCES
from etl.rules import RULES

_HEAD = """\
# Data dictionary

Written by `python -m etl dictionary` from the registry (`src/dashboard/model`) and the rules of
the loading gate (`etl/findings.py`, `etl/rules`). Do not edit: change the registry and write it
again. `python -m etl dictionary --check` fails when this file is not up to date.

Two units stand side by side: **incidents** (reported events) and **people** (identified in them).
Neither is prevalence. A restricted field never leaves the register.
"""

#: Why some facts lack a filter: figures are mean errors by year of invented registers.
_WHY_NOT_FILTERED = """
Referrals have no age and no legal status: with an age, requests by service were off by 4.0 instead
of 3.5 and by group by 5.8 instead of 5.1, with a legal status by service by 3.9. Incidents have no
sex, age or group: whether a woman, a child or somebody of a group was among their people would cost
nothing, but two such filters would be true of two different people of an incident
([protection.md](protection.md#values-that-units-may-take)).
"""

#: What a kind holds and its unit, in words.
_KINDS: dict[Kind, tuple[str, str]] = {
    Kind.KEY: ("keyed hash", ""),
    Kind.CODE: ("one code", ""),
    Kind.CODES: ("several codes, the first leads", ""),
    Kind.PLACE: ("place code", ""),
    Kind.PLACES: ("several place codes", ""),
    Kind.NAME: ("declared name", ""),
    Kind.MONTH: ("first day of a month", "month"),
    Kind.QUARTER: ("first day of a quarter", "quarter"),
    Kind.COUNT: ("whole number from 0", "number"),
    Kind.DAYS: ("whole number from 0", "days"),
    Kind.GRADE: ("1 to 5", "grade"),
    Kind.FLAG: ("true or false", ""),
}

#: What the country's language calls itself.
_LANGUAGE_NAME = PACK.languages[LOCAL].name
_STANDARDS = (
    ("HTCDS 2.0", "Human Trafficking Case Data Standard, IOM (CC BY 4.0)",
     "sex, stage and forms of exploitation, means of control, recruiter's relation"),
    ("IC-TIP", "International Classification Standard for Administrative Data on Trafficking in "
     "Persons, IOM and UNODC", "identification, transport, roles of places"),
    ("CTDC codebooks", "Counter Trafficking Data Collaborative",
     "shares of fields with several codes: the denominator is everyone with any answer"),
    ("Palermo Protocol", "Protocol to Prevent, Suppress and Punish Trafficking in Persons, "
     "article 3", "act, means, purpose; a child under 18; classes of trafficking"),
    ("Smuggling Protocol", "Protocol against the Smuggling of Migrants, articles 3 and 6",
     "classes of smuggling, and when it is aggravated"),
    ("Primero v2", "Primero, case management for protection", "services, steps and status"),
    ("Inter-agency referral form", "Inter-Agency Standing Committee, mental health and "
     "psychosocial support", "priority, consent, why there was no service, time taken"),
    (WORKING_GROUP, *PACK.standards[WORKING_GROUP]),
    ("UNHCR population categories", "UNHCR", "legal status; several may hold"),
    (OCHA, *PACK.standards[OCHA]),
    ("ISO 3166", "Codes of countries, part 1 alpha-2", "countries, citizenship"),
    ("UN/LOCODE", "Codes for trade and transport locations, UNECE", "cities abroad"),
    ("ISIC rev. 4", "International Standard Industrial Classification, UN", "industry"),
    ("HXL tags", "Humanitarian Exchange Language", "see the tags below"),
)  # fmt: skip


def dictionary() -> str:
    """The whole dictionary as Markdown that ends with a newline; equal registries, equal text."""
    parts = [
        _HEAD,
        _contents(),
        "## Register\n\nRestricted: opened by the operator only, never by the dashboard.\n",
        *(_register_table(table) for table in REGISTER),
        "## Facts\n\nWhat a release counts. A fact is an event of its month or quarter and does "
        "not change afterwards.\n",
        _filter_matrix(),
        *(_fact(fact) for fact in FACTS),
        "## Code lists\n",
        *(_code_list(code_list) for code_list in CODE_LISTS),
        _rules(),
        _release(),
        _standards(),
    ]
    return "\n".join(parts)


def _contents() -> str:
    """Links to the headings of the dictionary."""
    titles = ("Register", "Facts", "Code lists", "Rules", "Release", "Standards")
    return "\n".join(f"- [{title}](#{title.lower().replace(' ', '-')})" for title in titles) + "\n"


def _register_table(table: Table) -> str:
    """Section of a register table: what a row is, its key, and its fields."""
    rows = [
        (
            f"`{field.name}`",
            field.label,
            *_KINDS[field.kind],
            _code_list_link(field),
            "yes" if field.required else "",
            "yes" if field.restricted else "",
            field.standard_name,
            field.about,
        )
        for field in table.fields
    ]
    headers = (
        "field", "label", "type", "unit", "codes", "required", "restricted", "standard", "meaning",
    )  # fmt: skip
    key = ", ".join(f"`{name}`" for name in table.key)
    return f"### {table.name}\n\nOne row: {table.row}. Key: {key}.\n\n" + _grid(headers, rows)


def _code_list_link(field: Field) -> str:
    """Link to the section of a field's code list, '' where it has none."""
    return "" if field.codes is None else f"[{field.codes.id}](#{field.codes.id})"


def _filter_matrix() -> str:
    """Table of facts by filters, with yes where the filter applies to the fact."""
    names = (PERIOD, *NAMES)
    rows = [
        (fact.label, *("yes" if name in fact.filters else "-" for name in names)) for fact in FACTS
    ]
    return "### Filters that apply\n\n" + _grid(("fact", *names), rows) + _WHY_NOT_FILTERED


def _fact(fact: Fact) -> str:
    """Section of a fact: what it counts, its dimensions, and the parents of its places."""
    bundle_of = {name: number for number, names in enumerate(fact.bundles, 1) for name in names}
    rows = [
        (
            f"`{field.name}`",
            field.label,
            field.label_local,
            _KINDS[field.kind][0],
            _code_list_link(field),
            filter_of(field) or "",
            str(bundle_of.get(field.name, "")),
            field.about,
        )
        for field in (fact.time, *fact.dimensions)
    ]
    headers = ("dimension", "label", _LANGUAGE_NAME, "type", "codes", "filter", "bundle", "meaning")
    text = f"### Fact: {fact.id}\n\n{fact.label}. Counts {fact.unit} by {fact.grain}; "
    text += f"a unit stands for at least {fact.base}. Dimensions of one bundle stay together.\n\n"
    parents = [f"`{name}`" for place in fact.place_dimensions for name in fact.parents(place)]
    looked_up = f"\nLooked up from place and time: {', '.join(parents)}.\n" if parents else ""
    return text + _grid(headers, rows) + looked_up


def _code_list(code_list: CodeList) -> str:
    """Section of a code list: its codes with their labels."""
    rows = [(f"`{code.code}`", code.en, code.local, code.standard_code) for code in code_list]
    return f"### {code_list.id}\n\n{code_list.label}. Standard: {code_list.standard}.\n\n" + _grid(
        ("code", "English", _LANGUAGE_NAME, "code in the standard"), rows
    )


def _rules() -> str:
    """Section of the rules: first those about files and cells, then those about records."""
    files = [(f"`{rule}`", sentence) for rule, sentence in SENTENCES.items()]
    records = [
        (
            f"`{rule.id}`",
            "refuses the file" if rule.severity == "error" else "to review",
            rule.sentence,
            ", ".join(f"`{name}`" for name in rule.fields),
        )
        for rule in RULES
    ]
    return (
        "## Rules\n\nA finding names file, sheet, row, column and rule, never the value. A file "
        "with a finding that refuses loads nothing, unless its valid rows are accepted.\n\n"
        "### Rules about files and cells\n\n" + _grid(("rule", "what is wrong"), files)
        + "\n### Rules about records\n\nEvery required field of a table is also demanded in every "
        "row (`required_field`).\n\n"
        + _grid(("rule", "severity", "what holds", "fields"), records)
    )  # fmt: skip


def _release() -> str:
    """Section of a release: units and echoes in a paragraph, each other table by columns."""
    facts = {fact.id for fact in FACTS}
    echoes = {echo_table(fact) for fact in FACTS}
    parts = [
        f"## Release\n\nContract version {CONTRACT_VERSION}. A release also holds one table of "
        "units for each fact, with the fact's dimensions, the parents of its places and `size`, "
        "the number of events that a unit stands for. Beside it stand its echoes, `echo_people` "
        "beside `people` and so on, with the same columns after `replicate`: the units taken as if "
        "they were the truth and protected again, each time with other draws. There a row with a "
        "`size` above 0 is a unit of the echo and one of -1 a record that it was made of, so the "
        "sum of a figure over one replicate is the error that protection gave it "
        "([protection.md](protection.md#expected-error)).\n"
    ]
    for name, columns in TABLES.items():
        if name not in facts | echoes:
            rows = [(f"`{column}`", type_) for column, type_ in columns]
            parts.append(f"### Release table: {name}\n\n" + _grid(("column", "type"), rows))
    return "\n".join(parts)


def _standards() -> str:
    """Section of the standards, with the HXL tag of each column of a release."""
    return (
        "## Standards\n\n" + _grid(("standard", "what it is", "what is taken from it"), _STANDARDS)
        + "\n### HXL tags\n\n" + _grid(("column of a release", "tag"), _hashtag_rows())
    )  # fmt: skip


def _hashtag_rows() -> Iterable[tuple[str, str]]:
    return [*hxl.HASHTAGS.items(), ("size (people)", hxl.PEOPLE), ("size (others)", hxl.NUMBER)]


def _grid(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a column without any text is left out."""
    escaped = [tuple(cell.replace("|", "\\|") for cell in row) for row in rows]
    filled = [i for i in range(len(headers)) if i == 0 or any(row[i] for row in escaped)]
    lines = [[headers[i] for i in filled], ["---"] * len(filled)]
    lines += [[row[i] for i in filled] for row in escaped]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)

"""The registry: every list, field, fact and table is described once and without gaps."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest

from dashboard.model import codes, facts, fields, tables
from dashboard.model.facts import FACTS, Fact, parent_prefix
from dashboard.model.fields import SEX, Kind
from dashboard.model.filters import FILTERS, MENUS, Filter

#: Never in a release: keys, partners, and what a person could be found by.
RESTRICTED = {"incident_id", "person_id", "referral_id", "duplicate_of", "partner", "seq", "leg_no",
              "share_consent", "report_month", "persons_count", "days_to_response",
              "days_to_service"}  # fmt: skip


def named(package: ModuleType) -> Iterator[tuple[str, object]]:
    """Every public name of the subject modules of a package, with what it stands for."""
    for module in pkgutil.iter_modules(package.__path__):
        members = vars(importlib.import_module(f"{package.__name__}.{module.name}"))
        yield from ((name, value) for name, value in members.items() if not name.startswith("_"))


@pytest.mark.parametrize("package", [codes, fields])
def test_a_name_of_a_subject_module_stands_in_the_package_and_for_one_thing(
    package: ModuleType,
) -> None:
    assert [name for name, value in named(package) if getattr(package, name) is not value] == []


def test_every_code_list_has_its_place_in_the_order() -> None:
    written = {name for name, value in named(codes) if isinstance(value, codes.CodeList)}
    ordered = {
        name
        for name, value in vars(codes).items()
        if any(value is listed for listed in codes.CODE_LISTS)
    }
    assert len(written) > 40
    assert written == ordered


def test_code_lists_have_unique_ids_and_codes_and_a_label_each() -> None:
    assert len({listed.id for listed in codes.CODE_LISTS}) == len(codes.CODE_LISTS)
    for listed in codes.CODE_LISTS:
        assert len(set(listed.values)) == len(listed.values), listed.id
        assert all(code.en for code in listed), listed.id
        assert all(code.code == code.code.lower() for code in listed), listed.id


def test_a_label_falls_back_to_english_and_an_unknown_code_is_an_error() -> None:
    assert codes.SEX.label_of("female", "bn") == "নারী"
    listed = codes.CodeList("list", "List", "", (codes.Code("only", "Only in English"),))
    assert listed.label_of("only", "bn") == "Only in English"
    with pytest.raises(KeyError):
        codes.SEX.label_of("robot")


@pytest.mark.parametrize(
    ("class_code", "exploitation", "group"),
    [
        ("trafficking_confirmed", ("sexual_exploitation", "forced_labour"), "trafficking_sexual"),
        ("trafficking_suspected", ("forced_labour", "sexual_exploitation"), "trafficking_labour"),
        ("trafficking_suspected", ("child_labour",), "trafficking_labour"),
        ("smuggling_then_trafficking", ("forced_marriage",), "trafficking_other"),
        ("trafficking_confirmed", (), "trafficking_other"),
        ("smuggling", ("forced_labour",), "smuggling"),
        ("smuggling_aggravated", (), "smuggling"),
        ("kidnap_for_ransom", (), "other"),
        ("undetermined", (), "other"),
    ],
)
def test_the_first_form_of_exploitation_decides_which_trafficking(
    class_code: str, exploitation: tuple[str, ...], group: str
) -> None:
    assert codes.class_group(class_code, exploitation) == group


def test_every_class_rolls_up_to_a_group_and_smuggling_is_never_trafficking() -> None:
    for class_code in codes.CLASS.values:
        group = codes.class_group(class_code, ())
        assert group in codes.CLASS_GROUP
        assert (group == "smuggling") == (class_code in codes.SMUGGLING_CLASSES)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_a_fact_publishes_no_key_partner_or_exact_duration(fact: Fact) -> None:
    names = {name for name, _ in fact.columns}
    assert not names & RESTRICTED
    assert not any(field.restricted for field in fact.dimensions)
    assert not any(field.kind in (Kind.KEY, Kind.DAYS, Kind.COUNT) for field in fact.dimensions)
    assert len(names) == len(fact.columns)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_every_place_of_a_fact_has_its_parents(fact: Fact) -> None:
    names = {name for name, _ in fact.columns}
    for place in fact.place_dimensions:
        assert set(fact.parents(place)) <= names
        assert len(fact.parents(place)) == len(facts.PARENT_LEVELS)


def test_parent_columns_are_named_after_their_place() -> None:
    assert [parent_prefix(name) for name in ("place", "from_place", "origin")] == [
        "", "from_", "origin_",
    ]  # fmt: skip


def test_a_fact_whose_bundles_forget_a_dimension_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="exactly one bundle"):
        Fact("x", "X", "people", facts.PEOPLE.time, facts.PEOPLE.dimensions, 5, (("sex",),))


def test_unknown_names_are_errors() -> None:
    for ask in (facts.fact, tables.table, facts.PEOPLE.__getitem__, tables.PERSON.__getitem__):
        with pytest.raises(KeyError):
            ask("nothing")


def test_keys_of_register_tables_are_fields_of_theirs() -> None:
    for table in tables.REGISTER:
        assert set(table.key) <= set(table.names), table.name
        assert len(set(table.names)) == len(table.names), table.name


def test_a_filter_stands_in_a_menu_that_the_bar_has() -> None:
    assert {entry.menu for entry in FILTERS} == set(MENUS)
    with pytest.raises(ValueError, match="no menu"):
        Filter("a", "elsewhere", (SEX,))

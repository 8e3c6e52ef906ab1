"""The controls of the menus: each can be set from the address and be reached by its keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import dash_bootstrap_components as dbc
import pytest
from dash.development.base_component import Component

from dashboard.components.filter_panels import BAR, panels
from dashboard.filters import Compare, Filters
from dashboard.model.filters import FILTERS
from dashboard.release.open_release import Release


def controls(release: Release, menu: str) -> Iterator[Any]:
    """Controls of a menu: what has the id of one."""
    for part in panels(release, "en")[menu]:
        nodes = [part, *part._traverse()] if isinstance(part, Component) else []
        yield from (node for node in nodes if isinstance(getattr(node, "id", None), dict))


@pytest.mark.parametrize("menu", BAR)
def test_every_control_has_what_the_browser_sets_and_reads(protected: Release, menu: str) -> None:
    found = list(controls(protected, menu))
    assert found
    for control in found:
        assert control.id["type"] == "filter"
        values = [option["value"] for option in control.options]
        chosen = control.value if isinstance(control.value, list) else [control.value]
        assert set(chosen) <= set(values)


def test_every_code_of_a_filter_is_a_choice_once(protected: Release) -> None:
    for entry in FILTERS:
        values = [
            option["value"]
            for control in controls(protected, entry.menu)
            if control.id["name"].split(".")[0] == entry.name
            for option in control.options
        ]
        assert len(values) == len(set(values))
        if entry.lists:
            assert set(values) == {*entry.codes}


def test_a_view_may_be_held_against_whatever_its_address_may_say(protected: Release) -> None:
    (compare,) = controls(protected, "compare")
    labels = {option["value"]: option["label"] for option in compare.options}
    assert tuple(labels) == get_args(Compare)
    assert (compare.value, labels["usual"]) == (Filters().compare, "What is usual")


def test_a_named_period_says_its_months(protected: Release) -> None:
    named = next(iter(controls(protected, "period")))
    labels = [option["label"] for option in named.options]
    assert "This year so far: Jan – Sep 2026" in labels
    assert "Last closed quarter: Jul – Sep 2026" in labels


def test_one_of_several_is_a_group_that_arrow_keys_walk_through(protected: Release) -> None:
    radios = [
        control
        for menu in ("period", "compare")
        for control in controls(protected, menu)
        if isinstance(control, dbc.RadioItems)
    ]
    names = [radio.name for radio in radios]
    assert len(names) == 2
    assert len(set(names)) == 2

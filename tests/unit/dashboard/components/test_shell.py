"""The shell: few components, of which nothing that listens is lost, and what they hold as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from dash import html
from dash.development.base_component import Component

from dashboard.components.filter_bar import filter_bar
from dashboard.components.filter_panels import control_id
from dashboard.components.shell import WRITTEN, Destination, SignedIn, shell
from dashboard.components.term_mark import DEFINITION
from dashboard.model.filters import FILTERS
from dashboard.model.languages import LANGUAGES
from dashboard.release.open_release import Release
from dashboard.words.definitions import address
from tests.support import fragments


def components(node: Any) -> Iterator[Component]:
    if isinstance(node, list | tuple):
        for child in node:
            yield from components(child)
    elif isinstance(node, Component):
        yield node
        yield from components(getattr(node, "children", None))


def held(node: Any) -> Iterator[str]:
    """What elements of a layout hold as text that is put in place."""
    return (getattr(each, WRITTEN) for each in components(node) if hasattr(each, WRITTEN))


def frame(release: Release, lang: str) -> html.Div:
    destinations = [Destination(f"/{key}", "<b>A</b>", "A", "overview", key) for key in "abcd"]
    who = SignedIn('"><script>', ("csv",), "token")
    return shell(destinations, release, filter_bar(release, lang), {}, {}, lang, who)


def own(release: Release, lang: str, name: str) -> dict[str, Any]:
    """Properties of the element of the shell with an id."""
    (found,) = (e for e in components(frame(release, lang)) if getattr(e, "id", None) == name)
    return found.to_plotly_json()["props"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_elements_hold_is_whole_and_no_name_becomes_an_element(
    protected: Release, lang: str
) -> None:
    parts = [fragments.parsed(part) for part in held(frame(protected, lang))]
    assert len(parts) > 10
    tags = {each.tag for part in parts for each in fragments.elements(part)}
    assert tags.isdisjoint({"b", "script"})
    assert sum('"><script>' in fragments.said(part) for part in parts) == 1


def test_what_callbacks_name_and_what_can_be_set_is_a_component(protected: Release) -> None:
    named = [getattr(each, "id", None) for each in components(frame(protected, "en"))]
    for wanted in ("url", "asked", "answer", "settings", "release", "usual-period"):
        assert wanted in named
    assert all(control_id(entry.name) in named for entry in FILTERS if not entry.lists)


def test_few_components_are_left_to_be_asked(protected: Release) -> None:
    assert len([*components(frame(protected, "en"))]) < 140


def test_what_is_held_and_what_callbacks_set_are_never_in_one_element(protected: Release) -> None:
    both = [each for each in components(frame(protected, "en")) if hasattr(each, WRITTEN)]
    assert [each for each in both if getattr(each, "children", None) is not None] == []


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_the_hint_of_a_first_visit_is_one_line_and_hidden_at_first(
    protected: Release, lang: str
) -> None:
    line = own(protected, lang, "hint")
    assert line["hidden"] is True
    assert 20 < len(line["children"]) < 60
    assert "“?”" in line["children"]


def test_the_place_of_definitions_is_hidden_named_and_knows_their_address(
    protected: Release,
) -> None:
    place = own(protected, "en", DEFINITION)
    assert place["hidden"] is True
    assert place["role"] == "dialog"
    assert place["aria-labelledby"] in fragments.values(place[WRITTEN], "id")
    assert place["data-address"] == address("en")
    assert "Close" in fragments.said(place[WRITTEN])


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_the_switch_of_themes_says_in_words_what_it_does_in_either(
    protected: Release, lang: str
) -> None:
    """One button with two labels, of which the style sheet shows the one that is true."""
    (switch,) = (
        e for part in held(frame(protected, lang)) for e in fragments.named(part, "theme-switch")
    )
    labels = fragments.values(switch, "title")
    assert len(set(labels)) == 2
    assert fragments.said(switch) == "".join(labels)
    dark, light = (fragments.named(switch, f"to-{theme}") for theme in ("dark", "light"))
    assert fragments.values([*dark, *light], "title") == labels

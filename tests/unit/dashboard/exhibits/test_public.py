"""An edition for the public: its own bases, its own label, and no place finer than a district."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import exhibits
from dashboard.components.filter_panels import area_options
from dashboard.exhibits.parameters import filters_at, refusals
from dashboard.exhibits.registry import (
    available_options,
    definition,
    definitions,
    read_view_query,
    render,
)
from dashboard.filters import Filters, Unknown
from dashboard.release.open_release import Release
from tests.support.application import application, card_of, client_of
from tests.support.fragments import parsed, said
from tests.support.readings import reading
from tests.support.releases import FINER_THAN_PUBLIC, built

exhibits.load()
IDS = tuple(entry.id for entry in definitions())


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    release = built(
        tmp_path_factory.mktemp("public"),
        months=36,
        base=10,
        kind="real",
        audience="public",
        per_month=200,
    )
    yield release
    release.close()


@pytest.mark.parametrize("exhibit_id", IDS)
def test_every_exhibit_is_labelled_public_and_says_how_it_is_protected(
    public: Release, exhibit_id: str
) -> None:
    exhibit = render(exhibit_id, reading(Filters(period=public.span)), public)
    assert exhibit.release.label == "Public"
    protected = [note for note in exhibit.notes if note.startswith("Parts are protected")]
    entry = definition(exhibit_id)
    assert bool(protected) == bool(entry.facts and not entry.published)
    assert exhibit.release.protection.startswith("Parts are protected")


def test_levels_of_maps_end_at_districts_and_the_note_says_why(public: Release) -> None:
    (level,) = [
        o for o in available_options(definition("hotspots.map"), public) if o.name == "level"
    ]
    assert level.values == ("auto", "division", "district")
    for exhibit_id in ("hotspots.map", "hotspots.ranking", "overview.map"):
        for level_ in ("auto", "upazila"):
            filters = Filters(period=public.span, area=("BD2022",))
            exhibit = render(exhibit_id, reading(filters, level=level_), public)
            assert any("areas finer than districts are not in it" in n for n in exhibit.notes)
            cells = {str(cell) for row in exhibit.table.rows for cell in row[:2]}
            codes = cells & set(public.places)
            assert {public.places[code].level for code in codes} == {"district"}


def test_the_menu_of_areas_ends_at_districts(public: Release, protected: Release) -> None:
    levels = {public.places[option["value"]].level for option in area_options(public, "en")}
    assert levels == {"country", "division", "district"}
    assert levels.isdisjoint(FINER_THAN_PUBLIC)
    assert "upazila" in {protected.places[o["value"]].level for o in area_options(protected, "en")}


def test_a_link_to_an_upazila_is_ignored_and_said(public: Release) -> None:
    view = read_view_query("area=BD20220094", public, lambda _: False)
    assert view.filters.codes_of("area") == ()
    assert view.ignored == (Unknown("area", "BD20220094"),)


def test_who_names_an_upazila_is_told_no_code_of_it(public: Release, protected: Release) -> None:
    (public_hint,), (member_hint,) = (
        [each.hint for each in refusals("area=Ukhia", filters_at(release, ()))]
        for release in (public, protected)
    )
    assert "BD20220094" in member_hint
    assert "BD20220094" not in public_hint


@pytest.mark.parametrize(("claimed", "ignored"), [("public", False), ("member", True)])
def test_the_address_cannot_claim_another_audience(
    public: Release, protected: Release, claimed: str, ignored: bool
) -> None:
    view = read_view_query(f"audience={claimed}", public, lambda _: False)
    assert view.filters.audience == "public"
    assert bool(view.ignored) == ignored
    members = read_view_query(f"audience={claimed}", protected, lambda _: False)
    assert members.filters.audience == "member"
    assert bool(members.ignored) != ignored


def test_a_folder_of_public_releases_is_a_whole_dashboard(tmp_path: Path) -> None:
    app = application(tmp_path, base=10, kind="real", audience="public")
    client = client_of(app)
    assert client.get("/readyz").status_code == 200
    layout = client.get("/_dash-layout").text
    assert "For the public" in layout
    assert "do not forward" not in layout
    for exhibit_id in IDS:
        assert client.get(f"/exhibit/{exhibit_id}.csv").status_code == 200
        parts = card_of(app, exhibit_id)["parts"]
        assert "could not be made" not in said(parsed(parts["heading"]))
        assert "Public" in said(parsed(parts["foot"]))
    assert "Public" in client.get("/exhibit/overview.trend.csv").text

"""The analyst's door: every exhibit as frame, geoframe, figure and text; none of it is served."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import geopandas
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import exhibits
from dashboard.analyst import AskedExhibit, OpenedRelease, open_release
from dashboard.exhibits.registry import definitions
from dashboard.exports.csv import harmless
from dashboard.exports.files import kind_of
from dashboard.model.languages import LANGUAGES
from dashboard.release.open_release import Release
from tests.support.served import ROOT, ran
from tests.support.sources import AS_MAP, source

exhibits.load()
DOCUMENTATION = (ROOT / "docs" / "analyst.md").read_text(encoding="utf-8")
ENTRIES = {entry.id: entry for entry in definitions()}
MAPS = [entry.id for entry in definitions() if entry.geometry]
#: What may be asked of every exhibit: the usual view, a narrow one, one in Bangla, and one of
#: months that no release has.
VIEWS: tuple[dict[str, Any], ...] = (
    {}, {"period": "2026-07..2026-09", "area": ["BD2022", "BD2015"], "class_": "trafficking"},
    {"lang": "bn-beng", "compare": "last-year"}, {"period": "2031-01"},
)  # fmt: skip


@pytest.fixture(scope="module")
def opened(protected: Release) -> Iterator[OpenedRelease]:
    with open_release(protected.path) as release:
        yield release


#: Every answer once: what is made of it changes nothing of it.
_ASKED: dict[str, AskedExhibit] = {}


def ask(opened: OpenedRelease, exhibit_id: str, view: dict[str, Any]) -> AskedExhibit:
    """An exhibit, asked once for all tests."""
    key = f"{exhibit_id} {view}"
    if key not in _ASKED:
        _ASKED[key] = opened.exhibit(exhibit_id, **view)
    return _ASKED[key]


def tidy_file(asked_exhibit: AskedExhibit, release: Release) -> pd.DataFrame:
    """The tidy CSV of the same question, every cell as it is written."""
    query = "&".join(f"{name}={value}" for name, value in asked_exhibit.parameters.items())
    kind = kind_of("csv")
    assert kind is not None
    text = kind.write(source(asked_exhibit.id, release, query, "tidy"))
    assert isinstance(text, str)
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def written(series: pd.Series) -> list[str]:
    """A typed column as the tidy CSV writes it."""
    if isinstance(series.dtype, pd.PeriodDtype):
        months = str(series.dtype) == "period[M]"
        return [str(p) if months else f"{p.year}-Q{p.quarter}" for p in series]
    if pd.api.types.is_datetime64_dtype(series.dtype):
        return ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in series]
    if pd.api.types.is_numeric_dtype(series.dtype):
        return ["" if pd.isna(value) else f"{float(value):g}" for value in series]
    return ["" if pd.isna(text) else harmless(text) for text in series]


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_a_frame_is_the_tidy_file_with_types(
    opened: OpenedRelease, protected: Release, exhibit_id: str, view: dict[str, Any]
) -> None:
    asked = ask(opened, exhibit_id, view)
    frame, file = asked.frame(), tidy_file(asked, protected)
    assert list(frame.columns) == list(file.columns)
    assert len(frame) == len(file)
    for name in file:
        held = file[name].tolist()
        if pd.api.types.is_numeric_dtype(frame[name].dtype):
            held = [text and f"{float(text):g}" for text in held]
        assert written(frame[name]) == held, name
        assert frame[name].dtype != object, name


@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_a_table_is_the_one_of_the_exhibit(
    opened: OpenedRelease, protected: Release, exhibit_id: str
) -> None:
    table = ask(opened, exhibit_id, {}).table()
    made = source(exhibit_id, protected).exhibit.table
    assert len(table) == len(made.rows)
    for column in made.columns:
        if column.is_value:
            held = [None if pd.isna(cell) else cell for cell in table[column.code]]
            assert held == list(made.column(column.code))
            assert table[column.code].dtype != object


@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_a_frame_says_what_must_be_said_of_it(opened: OpenedRelease, exhibit_id: str) -> None:
    asked = ask(opened, exhibit_id, {})
    frame = asked.frame()
    said = frame.attrs
    assert said["exhibit"] == exhibit_id
    assert said["release"] == opened.name
    assert said["title"] == asked.title
    assert said["source"]
    assert said["handling"] == "INVENTED DATA"
    if ENTRIES[exhibit_id].facts:
        units = {"people", "incidents", "legs", "referrals", "events"}
        assert said.get("unit") in units or "unit" in frame.columns
        assert said["notes"]
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_every_exhibit_is_a_figure_of_plotly(
    opened: OpenedRelease, exhibit_id: str, view: dict[str, Any]
) -> None:
    asked = ask(opened, exhibit_id, view)
    figure = asked.figure()
    assert isinstance(figure, go.Figure)
    assert go.Figure(json.loads(str(figure.to_json()))) == figure
    kinds = {trace.type for trace in figure.data}
    assert bool(kinds) == (not asked.why_empty)
    assert not any(kind.startswith(("choropleth", "scattergeo", "scattermap")) for kind in kinds)
    text = " ".join(note.text for note in figure.layout.annotations)
    assert opened.name in text
    title = str(figure.layout.title.text).replace("<br>", " ")
    assert asked.title.split()[0] in title


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_every_exhibit_is_text_in_every_language(
    opened: OpenedRelease, exhibit_id: str, lang: str
) -> None:
    # English in the usual view, Bangla in another one, that of the tests above.
    asked = ask(opened, exhibit_id, {"en": VIEWS[0], "bn-beng": VIEWS[2]}.get(lang, {"lang": lang}))
    text = asked.text()
    assert text.startswith(f"{asked.title}\n")
    for said in (asked.subtitle, opened.name, *asked.notes, asked.address):
        assert said in text
    assert ("Source: " in text) == (lang == "en")
    assert "<table" in asked._repr_html_()


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_every_map_is_a_geoframe_of_valid_shapes(opened: OpenedRelease, exhibit_id: str) -> None:
    asked = dict(parse_qsl(AS_MAP.get(exhibit_id, "")))
    frame = opened.exhibit(exhibit_id, period="2023-10..2026-09", **asked).geoframe()
    assert isinstance(frame, geopandas.GeoDataFrame)
    assert frame.crs == "EPSG:4326"
    assert len(frame) > 5
    assert frame.geometry.is_valid.all()
    assert not frame.geometry.is_empty.any()
    geometry = ENTRIES[exhibit_id].geometry
    areas = geometry == "areas"
    kinds = {"areas": {"Polygon", "MultiPolygon"}, "points": {"Point"}, "flows": {"LineString"}}
    assert set(frame.geom_type) <= kinds[str(geometry)]
    keys = ["from_code", "to_code"] if geometry == "flows" else ["code"]
    assert list(frame.index.names) == keys
    assert frame.index.is_unique
    west, south, east, north = frame.total_bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert geometry == "points" or (west < east and south < north)
    assert frame.attrs["boundaries"]
    if areas:
        assert frame.index.str.fullmatch(r"BD\d{4}").all()
        assert frame.loc["BD2022", "name_en"] == "Cox's Bazar"
        assert frame.incidents.dtype == "int64"


@pytest.mark.parametrize("exhibit_id", [name for name in ENTRIES if name not in MAPS])
def test_what_is_no_map_says_which_are(opened: OpenedRelease, exhibit_id: str) -> None:
    with pytest.raises(ValueError, match=rf"{exhibit_id} is no map.*hotspots\.map.*routes\.map"):
        ask(opened, exhibit_id, {}).geoframe()


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_a_map_with_nothing_to_draw_is_a_frame_without_rows(
    opened: OpenedRelease, exhibit_id: str
) -> None:
    asked = ask(opened, exhibit_id, VIEWS[3])
    assert asked.why_empty
    assert len(asked.geoframe()) == 0


def test_the_list_names_every_exhibit(opened: OpenedRelease) -> None:
    listed = opened.exhibits()
    assert list(listed.index) == sorted(ENTRIES)
    assert listed["shows"].str.len().min() > 0
    assert set(listed.index[listed["map"] != ""]) == set(MAPS)


def test_the_documentation_is_true(protected: Release) -> None:
    """Its lines are run, and the attributes that it names are there."""
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENTATION, re.DOTALL)
    assert '"data/store/releases"' in example
    names: dict[str, Any] = {}
    exec(example.replace('"data/store/releases"', repr(str(protected.path))), names)  # noqa: S102 -- our own
    asked, release = names["asked"], names["release"]
    assert asked.parameters == {"period": "2026-04..2026-09", "area": "BD20,BD30"}
    for of, line in re.findall(r"^\| `(release)?(\..*?) \|", DOCUMENTATION, re.MULTILINE):
        of = release if of else asked
        for name in re.findall(r"\.([a-z_]+)", line):
            assert hasattr(of, name), name
    (said,) = re.findall(r"`frame.attrs` holds (.*?)\. Pandas", DOCUMENTATION, re.DOTALL)
    assert set(re.findall(r"`([a-z]+)`", said)) <= set(asked.frame().attrs)
    release.close()


_DOOR = """
import json, sys
import dashboard.analyst
web = ("dash", "flask", "waitress", "geopandas")
print(json.dumps([name for name in web if name in sys.modules]))
"""


def test_the_door_loads_nothing_of_the_web_process() -> None:
    """That the web process loads nothing of the door is asked with its files."""
    answer = ran(sys.executable, "-W", "error", "-c", _DOOR)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == []

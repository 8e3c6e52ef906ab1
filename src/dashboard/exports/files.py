"""The kinds of file that an exhibit comes as: ending, media type, forms, and who writes it.

A new kind is an entry here and in the menu of a card. Where files are asked for stands in the
door; pictures and copies are made in the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dashboard.exhibits.parameters import Parameter
from dashboard.exhibits.registry import Definition
from dashboard.exports import csv, data_package, geojson, geopackage, tidy, xlsx
from dashboard.exports import json as as_json
from dashboard.exports.map_layer import map_layer
from dashboard.exports.plotly.figures import figure_of
from dashboard.exports.source import Source
from dashboard.exports.typed import typed_exhibit

#: The parameter that chooses among the forms of one kind; the first one is the usual one.
FORM = "form"


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    Attributes:
        ending: Ending of its name, without the dot.
        content_type: Its media type.
        about: What it is, in one sentence.
        write: What makes it.
        saved: Whether a browser saves it instead of showing it.
        of_maps: Whether only maps come as it.
        forms: Forms that may be asked for and what each is, the usual one first.
        more: Parameters that it alone knows.
    """

    ending: str
    content_type: str
    about: str
    write: Callable[[Source], str | bytes]
    saved: bool = True
    of_maps: bool = False
    forms: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    more: tuple[Parameter, ...] = ()

    def serves(self, entry: Definition) -> bool:
        """Whether an exhibit comes as this kind."""
        return entry.geometry is not None or not self.of_maps

    def form(self, form: str | None) -> str:
        """The form to write when one is asked for, or None: '' for the usual one, the first."""
        return "" if form is None or form in [*self.forms][:1] else form

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters beside those of the exhibit."""
        return (*self.more, *self.form_parameters)

    @property
    def form_parameters(self) -> tuple[Parameter, ...]:
        """The parameter that chooses among its forms, where it has several."""
        if not self.forms:
            return ()
        about = "; ".join(f"{form}: {what}" for form, what in self.forms.items())
        return (Parameter(FORM, f"{about}.", tuple(self.forms)),)


def _csv(source: Source) -> str:
    """The table as a page has it with texts around it, or one value a row for other forms."""
    if source.form:
        with_hxl = source.form == "hxl"
        return tidy.as_tidy(source.exhibit, source.period, source.lang, with_hxl=with_hxl)
    return csv.as_csv(source.exhibit, source.address, source.lang)


def _json(source: Source) -> str:
    """The exhibit in the form that was asked for."""
    match source.form:
        case "typed":
            return as_json.as_text(typed_exhibit(source))
        case "plotly":
            return as_json.as_text(figure_of(source))
        case _:
            return as_json.as_json(source.exhibit, source.filters)


def _geopackage(source: Source) -> bytes:
    """The map as a GeoPackage, dated as its release."""
    made_at = f"{source.release.edition.built_at:%Y-%m-%dT%H:%M:%S}.000Z"
    return geopackage.as_geopackage(map_layer(source), made_at, source.lang)


KINDS: tuple[Kind, ...] = (
    Kind(
        "json",
        as_json.CONTENT_TYPE,
        "The exhibit as it is shown: finding, figure, table, notes, source and release.",
        _json,
        saved=False,
        forms={
            "exhibit": "as a page has it",
            "typed": "one value a row with a Table Schema, and what is said around it",
            "plotly": "a figure of plotly that can stand alone",
        },
    ),
    Kind(
        "csv",
        csv.CONTENT_TYPE,
        "The table as text.",
        _csv,
        forms={
            "notes": "the table under what a reader must know",
            "tidy": "one value a row, nothing around it",
            "hxl": "the same with a row of HXL hashtags",
        },
    ),
    Kind(
        "xlsx",
        xlsx.CONTENT_TYPE,
        "A workbook: the table, and a sheet of what a reader must know.",
        lambda source: xlsx.as_xlsx(source.exhibit, source.address, source.lang),
    ),
    Kind(
        "zip",
        data_package.CONTENT_TYPE,
        "A Data Package: the table as plain CSV, and all that describes it as JSON.",
        data_package.as_data_package,
    ),
    Kind(
        "geojson",
        geojson.CONTENT_TYPE,
        "Areas, points or flows of a map with their numbers (RFC 7946).",
        lambda source: geojson.as_geojson(map_layer(source)),
        of_maps=True,
    ),
    Kind(
        "gpkg",
        geopackage.CONTENT_TYPE,
        "The same as a GeoPackage, styled and labelled for QGIS.",
        _geopackage,
        of_maps=True,
    ),
)


def kind_of(ending: str) -> Kind | None:
    """The kind of an ending, or None for what no exhibit comes as."""
    return next((kind for kind in KINDS if kind.ending == ending), None)

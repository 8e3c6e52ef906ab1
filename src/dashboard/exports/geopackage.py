"""A map as a GeoPackage: one layer of features, its style for QGIS, and the texts about it.

Nothing is written to a disk. Which features there are stands in ``map_layer``.
"""

from __future__ import annotations

import io
import sqlite3

from dashboard.exports.about import named
from dashboard.exports.geo_frame import geo_frame
from dashboard.exports.map_layer import MapLayer
from dashboard.exports.qgis_style import qgis_style
from dashboard.words.catalogue import translate

CONTENT_TYPE = "application/geopackage+sqlite3"
_GEOMETRY = "geom"
#: The table in which QGIS keeps styles, as it makes it itself.
_STYLES = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
        f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
        useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
        update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
    )
"""
_ABOUT = """
    CREATE TABLE about (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT, text TEXT)
"""


def as_geopackage(layer: MapLayer, made_at: str, lang: str) -> bytes:
    """The file. The same layer gives the same bytes, but for what SQLite counts of its writes.

    Args:
        layer: What it holds.
        made_at: When its numbers were made, as ISO 8601 in UTC.
        lang: Language of the texts about it.
    """
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(_features(layer))
        with database:
            if layer.measure:
                _add_style(database, layer, made_at, lang)
            _add_about(database, layer, made_at, lang)
            database.execute("UPDATE gpkg_contents SET last_change = ?", [made_at])
        return database.serialize()
    finally:
        database.close()


def _features(layer: MapLayer) -> bytes:
    """A GeoPackage of the layer alone."""
    file = io.BytesIO()
    geo_frame(layer.features, layer.schema).to_file(
        file,
        driver="GPKG",
        engine="pyogrio",
        layer=layer.name,
        geometry_type=layer.geometry_type,
        geometry_name=_GEOMETRY,
        identifier=layer.about["title"][0],
        description=" ".join(layer.about.get("boundaries", ())),
    )
    return file.getvalue()


def _add_style(database: sqlite3.Connection, layer: MapLayer, made_at: str, lang: str) -> None:
    """The style of the layer, in the table in which QGIS looks for it."""
    _add_table(database, "layer_styles", _STYLES, "QGIS")
    database.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, useAsDefault, update_time) "
        "VALUES ('', '', ?, ?, ?, ?, 1, ?)",
        [layer.name, _GEOMETRY, layer.name, qgis_style(layer, lang), made_at],
    )


def _add_about(database: sqlite3.Connection, layer: MapLayer, made_at: str, lang: str) -> None:
    """The texts that other files have around their numbers, as a table of its own."""
    _add_table(database, "about", _ABOUT, translate("files.sheet.read_me", lang))
    lines = named(layer.about, lang)
    database.executemany("INSERT INTO about (name, text) VALUES (?, ?)", lines)


def _add_table(database: sqlite3.Connection, name: str, statement: str, description: str) -> None:
    """A table without geometry, listed among the contents as the standard asks."""
    database.execute(statement)
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
        "VALUES (?, 'attributes', ?, ?)",
        [name, name, description],
    )

"""Descriptions of the API for programs: the list of exhibits, and OpenAPI 3.0.

Everything follows from the registry of exhibits, their parameters and the kinds of file, so that a
new exhibit or filter documents itself. A test compares it with the routes and their answers.
Programs of maps read no later version of OpenAPI.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from importlib.metadata import version
from types import MappingProxyType
from typing import Any, get_args

from dashboard.exhibits.exhibit import Column, Detail, EmptyState, Stamp
from dashboard.exhibits.parameters import (
    FILTER_PARAMETERS,
    Parameter,
    Reason,
    Refusal,
    option_parameters,
)
from dashboard.exhibits.registry import Definition
from dashboard.exports import cross_table
from dashboard.exports.features import ITEM, ITEMS, OPENAPI, ROOT, maps
from dashboard.exports.files import KINDS, Kind
from dashboard.model.facts import fact
from dashboard.model.languages import ENGLISH, LANGUAGES
from dashboard.words.catalogue import translate

CONTENT_TYPE = OPENAPI
PROBLEM_TYPE = "application/problem+json"
_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "Where people sign in: the token that an analyst makes on the page of their "
    "account. A server without accounts wants none.",
}


def as_list(definitions: Sequence[Definition]) -> str:
    """All exhibits: id, facts, the filters that apply to each fact, options, and files."""
    listed: list[dict[str, Any]] = [
        {
            "id": entry.id,
            "facts": {
                name: ["period", *sorted(fact(name).filters.keys() - {"period"})]
                for name in entry.facts
            },
            "options": {option.name: list(option.values) for option in entry.options},
            **{kind.ending: address(entry, kind) for kind in KINDS if kind.serves(entry)},
        }
        for entry in definitions
    ]
    return json.dumps({"exhibits": listed}, ensure_ascii=False)


def address(entry: Definition, kind: Kind) -> str:
    """Path of an exhibit's file."""
    return f"/exhibit/{entry.id}.{kind.ending}"


def as_openapi(definitions: Sequence[Definition], basemap: Sequence[str]) -> str:
    """The description of every address that answers programs.

    Args:
        definitions: The registered exhibits.
        basemap: Names of the files of the basemap.
    """
    files = {
        address(entry, kind): _file(entry, kind, kind.ending)
        for entry in definitions
        for kind in KINDS
        if kind.serves(entry)
    }
    document = {
        "openapi": "3.0.3",
        "info": {
            "title": translate("shell.product", ENGLISH),
            "version": version("situation-atlas"),
            "description": "Exhibits of the current release and of earlier editions, as files. A "
            "parameter or value that is not known is answered 400, with what is allowed.",
            "license": {
                "name": "Apache-2.0",
                "url": "https://www.apache.org/licenses/LICENSE-2.0",
            },
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "paths": files | _feature_paths() | _other_paths(basemap),
        "components": {
            "parameters": {
                entry.name: _parameter(entry) for entry in (*FILTER_PARAMETERS, *ITEMS.more)
            },
            "responses": _RESPONSES,
            "securitySchemes": {"token": _TOKEN},
            "schemas": _SCHEMAS,
        },
    }
    return json.dumps(document, ensure_ascii=False)


def _file(
    entry: Definition,
    kind: Kind,
    name: str,
    *path: dict[str, Any],
    more: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """The operation that answers an exhibit as one kind of file.

    Args:
        entry: The exhibit.
        kind: The kind of file.
        name: What the operation is called after the exhibit's id.
        *path: Parameters of its path.
        more: Further responses by status.
    """
    fact_labels = ", ".join(fact(name).label for name in entry.facts)
    title = translate(f"{entry.id}.kicker", ENGLISH)
    operation = {
        "operationId": f"{entry.id}.{name}",
        "summary": f"{title} ({name})",
        "description": f"{kind.about} Counts: {fact_labels or 'nothing of its own'}.",
        "tags": [entry.id.partition(".")[0]],
        "parameters": [
            *path,
            *map(_reference, (*FILTER_PARAMETERS, *kind.more)),
            *(_parameter(one) for one in (*option_parameters(entry), *kind.form_parameters)),
        ],
        "responses": {
            "200": _response(kind.about, kind.content_type, _SHAPES.get(name, _TEXT)),
            "304": {"description": "It is the same as the one with the ETag that was sent."},
            **_REFUSED,
            **more,
        },
    }
    return {"get": operation}


def _feature_paths() -> dict[str, Any]:
    """The documents of OGC API - Features, with the parameters of files."""
    filters = [*map(_reference, FILTER_PARAMETERS)]
    not_found = {"404": {"description": "There is no such feature."}}
    feature = _in_path("featureId")
    documents = {
        ROOT: ("features", "The landing page of OGC API - Features."),
        f"{ROOT}/conformance": ("features.conformance", "What of that standard is kept."),
        f"{ROOT}/collections": ("features.collections", "The maps that come as features."),
    }
    described = {
        path: _get(name, about, parameters=filters) for path, (name, about) in documents.items()
    }
    for entry in maps():
        path = f"{ROOT}/collections/{entry.id}"
        name, about = f"{entry.id}.collection", translate(f"{entry.id}.kicker", ENGLISH)
        options = [*filters, *map(_parameter, option_parameters(entry))]
        described |= {
            path: _get(name, about, parameters=options),
            f"{path}/items": _file(entry, ITEMS, "items"),
            f"{path}/items/{{featureId}}": _file(entry, ITEM, "item", feature, more=not_found),
        }
    return described


def _reference(parameter: Parameter) -> dict[str, str]:
    return _ref("parameters", parameter.name)


def _ref(kind: str, name: str) -> dict[str, str]:
    """A reference to a component of the document."""
    return {"$ref": f"#/components/{kind}/{name}"}


def _in_path(name: str, values: Sequence[str] = ()) -> dict[str, Any]:
    """A parameter that stands in the path."""
    schema = _TEXT | ({"enum": list(values)} if values else {})
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    """A parameter; several values of one stand with commas between them."""
    value = _TEXT | ({"enum": list(parameter.values)} if parameter.values else {})
    value |= {"pattern": parameter.pattern} if parameter.pattern else {}
    schema = {"type": "array", "items": value, "minItems": 1} if parameter.many else value
    schema = dict(parameter.schema) or schema
    lists = {"style": "form", "explode": False} if schema["type"] == "array" else {}
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about,
        "schema": schema,
        **lists,
    }


def _other_paths(basemap: Sequence[str]) -> dict[str, Any]:
    """Other addresses for programs: the lists, definitions, the basemap, and health."""
    not_found = {"404": {"description": "There is no such file."}}
    ready = _response("It serves, or why not.", _JSON, _OBJECT)
    return {
        "/release.json": _get("release", "What a release holds and may be asked.",
            _ref("schemas", "Contents"), more=_REFUSED,
            parameters=[_reference(p) for p in FILTER_PARAMETERS if p.name in ("edition", "lang")]),
        "/count.json": _get("count", "A cross-table of a choice of one's own.", _RESOURCE,
            parameters=_cross_table_parameters(), more=_REFUSED),
        "/exhibits": _get("exhibits", "All exhibits, their filters, options and files.",
            _ref("schemas", "Exhibits")),
        "/openapi.json": _get("openapi", "This document."),
        "/definitions/{lang}.json": _get("definitions", "Definitions of terms in a language.",
            parameters=[_in_path("lang", LANGUAGES)], more=not_found),
        "/geography/{name}.geojson": _get("geography", "A layer of the basemap.", _COLLECTION,
            "application/geo+json", parameters=[_in_path("name", basemap)], more=not_found),
        "/healthz": _get("healthz", "The process is alive."),
        "/readyz": _get("readyz", "The newest release can be shown.", more={"503": ready}),
    }  # fmt: skip


def _cross_table_parameters() -> list[dict[str, Any]]:
    """The parameters of a cross-table."""
    own = [_parameter(each) for each in cross_table.PARAMETERS]
    own[0]["required"] = True
    return [*own, *map(_reference, (each for each in FILTER_PARAMETERS if each.name != "compare"))]


def _get(
    name: str,
    about: str,
    schema: Mapping[str, Any] | None = None,
    content_type: str = "application/json",
    *,
    parameters: Sequence[dict[str, Any]] = (),
    more: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """An operation that answers an object of JSON, unless a schema says otherwise."""
    operation = {
        "operationId": name,
        "summary": about,
        "tags": ["service"],
        "responses": {"200": _response(about, content_type, schema or _OBJECT), **more},
    }
    return {"get": operation | ({"parameters": list(parameters)} if parameters else {})}


def _response(about: str, content_type: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """A response with what it is about, its media type and the schema of its content."""
    return {
        "description": about,
        "content": {content_type.partition(";")[0]: {"schema": dict(schema)}},
    }


def _object(**properties: Any) -> dict[str, Any]:
    """An object that has all of some properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _object_of(kind: type) -> dict[str, Any]:
    """A dataclass as an object of JSON; its fields hold texts, lists of texts, bool or int."""
    return _object(**{field.name: _OF_FIELDS[field.type] for field in fields(kind)})


_TEXT: dict[str, Any] = {"type": "string"}
_OBJECT: dict[str, Any] = {"type": "object"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_CELL: dict[str, Any] = {"anyOf": [_TEXT | {"nullable": True}, {"type": "number"}]}
_JSON = "application/json"
_REFUSED = {
    "400": _ref("responses", "Problem"),
    "401": {"description": "Where people sign in: nobody has, or the token has ended."},
    "403": {"description": "Where people sign in: the role may not save such a file."},
    "503": _ref("responses", "NoRelease"),
}
#: What fields of a dataclass hold, by their annotation.
_OF_FIELDS: dict[object, dict[str, Any]] = {
    "str": _TEXT,
    "tuple[str, ...]": _TEXTS,
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
}
_RESOURCE: dict[str, Any] = _ref("schemas", "Table")
_OBJECTS: dict[str, Any] = {"type": "array", "items": _OBJECT}
_COLLECTION: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": _OBJECTS,
    },
    "required": ["type", "features"],
}
_CONTENTS: dict[str, Any] = _object(
    **{name: _TEXT for name in ("id", "title", "kind", "audience", "period")},
    months={"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2},
    **dict.fromkeys(("editions", "dimensions", "areas", "codes"), _RESOURCE),
    filters=_OBJECTS,
    exhibits=_OBJECTS,
)
_BYTES: dict[str, Any] = {"type": "string", "format": "binary"}
#: What answers hold that are not text.
_SHAPES: dict[str, dict[str, Any]] = {
    "json": {"oneOf": [_ref("schemas", name) for name in ("Exhibit", "Typed", "Plotly")]},
    "geojson": _COLLECTION,
    "items": _COLLECTION,
    "item": _OBJECT,
    "xlsx": _BYTES,
    "gpkg": _BYTES,
    "zip": _BYTES,
}
_RESPONSES: dict[str, Any] = {
    "Problem": _response(
        "A parameter or value is not known.", PROBLEM_TYPE, _ref("schemas", "Problem")
    ),
    "NoRelease": _response(
        "No release can be shown, or it took too long.", _JSON, _object(problem=_TEXT)
    ),
}
#: A Tabular Data Resource (Frictionless), with texts about it.
_TABLE: dict[str, Any] = _object(
    profile=_TEXT | {"enum": ["tabular-data-resource"]},
    name=_TEXT,
    schema=_OBJECT,
    data={"type": "array", "items": {"type": "array", "items": {}}, "minItems": 1},
    about=_OBJECT,
)
_TYPED: dict[str, Any] = _object(
    **{name: _TEXT for name in ("id", "title", "subtitle", "source", "address", "text")},
    why_empty=_TEXT,
    notes=_TEXTS,
    measures=_TEXTS,
    on_page=_OBJECT,
    table=_RESOURCE,
    properties=_OBJECT | {"nullable": True},
)
_SCHEMAS: dict[str, Any] = {
    "Table": _TABLE,
    "Contents": _CONTENTS,
    "Typed": _TYPED,
    "Plotly": _object(data=_OBJECTS, layout=_OBJECT),
    "Exhibit": _object(
        id=_TEXT,
        title=_TEXT,
        subtitle=_TEXT,
        unit=_TEXT,
        figure=_OBJECT | {"nullable": True},
        table=_object(
            columns={"type": "array", "items": _object_of(Column)},
            rows={"type": "array", "items": {"type": "array", "items": _CELL}},
        ),
        description=_TEXT,
        notes=_TEXTS,
        source=_TEXT,
        release=_object_of(Stamp),
        offer=_object_of(EmptyState) | {"nullable": True},
        note=_TEXT,
        detail=_object_of(Detail) | {"nullable": True},
        options=_OBJECT | {"additionalProperties": _TEXT},
        query=_TEXT,
    ),
    "Exhibits": _object(
        exhibits={
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": _TEXT,
                    "facts": _OBJECT | {"additionalProperties": _TEXTS},
                    "options": _OBJECT | {"additionalProperties": _TEXTS},
                    **{kind.ending: _TEXT for kind in KINDS},
                },
                "required": ["id", "facts", "options"],
                "additionalProperties": False,
            },
        }
    ),
    "Problem": _object(
        type=_TEXT,
        title=_TEXT,
        status={"type": "integer", "enum": [400]},
        detail=_TEXT,
        errors={
            "type": "array",
            "items": _object(
                parameter=_TEXT,
                value=_TEXT,
                reason=_TEXT | {"enum": list(get_args(Reason))},
                allowed=_TEXTS,
                hint=_TEXT,
            ),
        },
    ),
}


def no_file(exhibit_id: str, ending: str, entry: Definition | None) -> str:
    """The answer, a problem of RFC 9457, where there is no such exhibit or no such file of it."""
    said = f"There is no exhibit {exhibit_id[:60]}; /exhibits lists all."
    if entry:
        kinds = ", ".join(kind.ending for kind in KINDS if kind.serves(entry))
        said = f"{exhibit_id} comes as {kinds}, and not as {ending[:60]}."
    value = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": said}
    return json.dumps(value, ensure_ascii=False)


def problem(subject: str, refused: Sequence[Refusal]) -> str:
    """The answer, a problem of RFC 9457, to a question that is refused.

    Args:
        subject: What was asked: the id of an exhibit, or "A count of people".
        refused: Its refusals; the first one is told in a sentence.
    """
    first = refused[0]
    without = "" if first.allowed else f"Ask without {first.parameter}."
    sentence = f"{subject} cannot be asked {first.parameter}={first.value}: {first.reason}."
    value = {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": " ".join(filter(None, (sentence, first.hint, without))),
        "errors": [asdict(entry) for entry in refused],
    }
    return json.dumps(value, ensure_ascii=False)

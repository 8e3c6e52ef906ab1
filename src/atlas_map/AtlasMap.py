# AUTO GENERATED FILE - DO NOT EDIT

import typing  # noqa: F401
from typing_extensions import TypedDict, NotRequired, Literal # noqa: F401
from dash.development.base_component import Component, _explicitize_args
try:
    from dash.types import NumberType  # noqa: F401
except ImportError:
    # Backwards compatibility for dash<=4.1.0
    if typing.TYPE_CHECKING:
        raise
    NumberType = typing.Union[  # noqa: F401
        typing.SupportsFloat, typing.SupportsInt, typing.SupportsComplex
    ]

ComponentSingleType = typing.Union[str, int, float, Component, None]
ComponentType = typing.Union[
    ComponentSingleType,
    typing.Sequence[ComponentSingleType],
]


class AtlasMap(Component):
    """An AtlasMap component.
A map of areas in classes, of flows between places, or of tiles, drawn on a canvas without WebGL
and without any request but for boundary files. It works by pointer, touch and keyboard: `clicked` says what was
pressed. What `layers` hold and where boundary files come from is said in README.md.

Keyword arguments:

- id (string; optional):
    The ID of this component, by which callbacks know it.

- beside (dict; optional):
    Another map in its corner, with these same properties, a `title`
    and a line `under` it.

- box (list of numbers; default [-180, -60, 180, 80]):
    What the map opens on: west, south, east and north in degrees; of
    tiles left, top, right and bottom in their radii.

- className (string; optional):
    Class of the element around the map.

- clicked (dict; optional):
    Set by the component: the place that was pressed last, by pointer
    or keyboard, with the lines that it says, the keys that were held,
    and when. Of a place that is selected alone Escape is a press as
    well.

    `clicked` is a dict with keys:

    - code (string; required):
        Its code.

    - lines (list of strings; required):
        What pointing at it says.

    - ctrlKey (boolean; required):
        Whether Ctrl was held.

    - metaKey (boolean; required):
        Whether Cmd was held.

    - shiftKey (boolean; required):
        Whether Shift was held.

    - timestamp (number; required):
        Milliseconds since 1970.

- country (string; optional):
    Code of the country whose areas are drawn instead of its own
    shape.

- fit (dict; optional):
    Areas that it opens on in place of the box, as large as there is
    room: `boundaries` and their `codes`.

- geography (string; default '/geography/{file}'):
    Where boundary files are asked for, with `{file}` for a file's
    name. All maps of a page share it.

- ground (boolean; default True):
    Whether the map stands on land and sea and can be moved over them.

- hint (string; default 'Arrow keys move the map, + and - zoom, 0 goes back.'):
    What keys do on the map.

- inks (dict; optional):
    Colours of the ground and of the words on it, by name, where they
    are not to be the light ones.

- inset (dict; optional):
    Of flows, a frame in which a part of it is drawn closer: its `box`
    and `title`.

- label (string; optional):
    What the map is called for who hears it.

- labelledBy (string; optional):
    ID of the element that names the map, in place of a label.

- labels (list of dicts; optional):
    Names with numbers, the most important first; what has no room is
    left out.

    `labels` is a list of dicts with keys:

    - text (string; required):
        The name, and then the number.

    - emphasis (string; required):
        The part of it that is set in bold.

    - point (list of numbers; required):
        Longitude and latitude.

    - code (string; required):
        Code of its area, or an empty text.

    - notes (list of list of stringss; required):
        Lines under it, each with where it points: more, fewer, or an
        empty text.

- lang (string; default 'en'):
    Language of the names of the ground, a code such as en.

- layers (list of dicts; required):
    What lies on the ground, from below to above.

    `layers` is a list of dicts with keys:

    - kind (string; required):
        areas, outlines, flows, nodes or tiles.

    - boundaries (string; optional):
        Name of the boundary file: adm1 (divisions), adm2 (districts),
        adm3 (third areas).

    - classes (list of dicts; optional):
        Looks of the classes, from low to high.

        `classes` is a list of dicts with keys:

        - fillcolor (string; required):

            Colour of the area.

        - line (string; optional):

            Colour of the line around it.

        - dash (list of numbers; optional):

            Strokes and gaps of that line in pixels; none for a whole

            line.

        - dots (string; optional):

            Colour of dots on it, where nothing is known.

    - areas (list of dicts; optional):
        The areas, in the order in which a reader without a pointer
        goes through them.

        `areas` is a list of dicts with keys:

        - code (string; required):

            Its code in the boundary file, a P-code.

        - class (number; required):

            Which of the classes its value is in, from 0.

        - lines (list of strings; required):

            What pointing at it says: its name, then its value in words.

- legend (list of dicts; optional):
    The legend from top to bottom.

    `legend` is a list of dicts with keys:

    - title (string; required):
        What its entries are.

    - entries (list of dicts; required):
        Entries from top to bottom, each with `mark` (area, line or
        halves), `label` and its look.

- margin (dict; optional):
    Of flows, what stands below the map: a `title` and `entries` of
    places that it does not show.

- notice (string; default ''):
    A line at the foot of the map, such as what its boundaries do not
    mean.

- panel (list of dicts; optional):
    Of tiles, numbers in words beside them: parts with a `title` and
    `rows`.

- places (string; default 'Places of the map'):
    What the list of its places is called.

- selected (list of strings; optional):
    Codes of what is selected: areas and tiles have a strong line, of
    the places of flows the first has a ring.

- view (string; default ''):
    The map goes back to what it opens on when this text changes, and
    else stays where its reader moved it."""
    _children_props: typing.List[str] = []
    _base_nodes = ['children']
    _namespace = 'atlas_map'
    _type = 'AtlasMap'
    LayersClasses = TypedDict(
        "LayersClasses",
            {
            "fillcolor": str,
            "line": NotRequired[typing.Union[str]],
            "dash": NotRequired[typing.Union[typing.Sequence[NumberType]]],
            "dots": NotRequired[typing.Union[str]]
        }
    )

    LayersAreas = TypedDict(
        "LayersAreas",
            {
            "code": str,
            "class": NumberType,
            "lines": typing.Sequence[str]
        }
    )

    Layers = TypedDict(
        "Layers",
            {
            "kind": str,
            "boundaries": NotRequired[typing.Union[str]],
            "classes": NotRequired[typing.Union[typing.Sequence["LayersClasses"]]],
            "areas": NotRequired[typing.Union[typing.Sequence["LayersAreas"]]]
        }
    )

    Clicked = TypedDict(
        "Clicked",
            {
            "code": str,
            "lines": typing.Sequence[str],
            "ctrlKey": bool,
            "metaKey": bool,
            "shiftKey": bool,
            "timestamp": NumberType
        }
    )

    Labels = TypedDict(
        "Labels",
            {
            "text": str,
            "emphasis": str,
            "point": typing.Sequence[NumberType],
            "code": str,
            "notes": typing.Sequence[typing.Sequence[str]]
        }
    )

    Legend = TypedDict(
        "Legend",
            {
            "title": str,
            "entries": typing.Sequence[dict]
        }
    )


    def __init__(
        self,
        id: typing.Optional[typing.Union[str, dict]] = None,
        layers: typing.Optional[typing.Sequence["Layers"]] = None,
        selected: typing.Optional[typing.Union[typing.Sequence[str]]] = None,
        clicked: typing.Optional[typing.Union["Clicked"]] = None,
        box: typing.Optional[typing.Union[typing.Sequence[NumberType]]] = None,
        view: typing.Optional[typing.Union[str]] = None,
        labels: typing.Optional[typing.Union[typing.Sequence["Labels"]]] = None,
        legend: typing.Optional[typing.Union[typing.Sequence["Legend"]]] = None,
        fit: typing.Optional[typing.Union[dict]] = None,
        beside: typing.Optional[typing.Union[dict]] = None,
        margin: typing.Optional[typing.Union[dict]] = None,
        inset: typing.Optional[typing.Union[dict]] = None,
        panel: typing.Optional[typing.Union[typing.Sequence[dict]]] = None,
        notice: typing.Optional[typing.Union[str]] = None,
        lang: typing.Optional[typing.Union[str]] = None,
        ground: typing.Optional[typing.Union[bool]] = None,
        country: typing.Optional[typing.Union[str]] = None,
        inks: typing.Optional[typing.Union[dict]] = None,
        geography: typing.Optional[typing.Union[str]] = None,
        label: typing.Optional[typing.Union[str]] = None,
        labelledBy: typing.Optional[typing.Union[str]] = None,
        hint: typing.Optional[typing.Union[str]] = None,
        places: typing.Optional[typing.Union[str]] = None,
        className: typing.Optional[typing.Union[str]] = None,
        style: typing.Optional[typing.Any] = None,
        **kwargs
    ):
        self._prop_names = ['id', 'beside', 'box', 'className', 'clicked', 'country', 'fit', 'geography', 'ground', 'hint', 'inks', 'inset', 'label', 'labelledBy', 'labels', 'lang', 'layers', 'legend', 'margin', 'notice', 'panel', 'places', 'selected', 'style', 'view']
        self._valid_wildcard_attributes =            []
        self.available_properties = ['id', 'beside', 'box', 'className', 'clicked', 'country', 'fit', 'geography', 'ground', 'hint', 'inks', 'inset', 'label', 'labelledBy', 'labels', 'lang', 'layers', 'legend', 'margin', 'notice', 'panel', 'places', 'selected', 'style', 'view']
        self.available_wildcard_properties =            []
        _explicit_args = kwargs.pop('_explicit_args')
        _locals = locals()
        _locals.update(kwargs)  # For wildcard attrs and excess named props
        args = {k: _locals[k] for k in _explicit_args}

        for k in ['layers']:
            if k not in args:
                raise TypeError(
                    'Required argument `' + k + '` was not specified.')

        super(AtlasMap, self).__init__(**args)

setattr(AtlasMap, "__init__", _explicitize_args(AtlasMap.__init__))

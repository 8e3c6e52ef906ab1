"""Pictures without a browser: the product's own drawing of maps, and plain drawings, as PNG.

The script of the component that pages have (``atlas_map``) runs in an embedded engine and draws the
description that a page draws, so both are one drawing. What it needs of a browser is here:
elements, widths of letters, files of the basemap. What stands on a picture belongs to the caller.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import resvg_py
import uharfbuzz
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] -- it has no types
from PIL import Image
from py_mini_racer import MiniRacer

from dashboard.figures import theme
from dashboard.model import shipped
from dashboard.model.languages import OWN, SIGNS

#: HarfBuzz and lxml have no types.
harfbuzz: Any = uharfbuzz
#: Files of plain, bold and italic letters: of Latin ones, and of those of the country's own font.
_FONTS = {
    look: (f"NotoSans-{latin}-Whole", f"{OWN.font}-{own}")
    for look, latin, own in (("plain", "Regular", "Regular"), ("bold", "Bold", "Bold"),
                             ("italic", "Italic", "Regular"))
}  # fmt: skip
_BOLD = 600
#: Runs of the country's own letters with the marks that join them, and runs of all others; a
#: country without a font has a sign that occurs in no text.
_OWN = SIGNS if OWN.font else r"\0"
_RUNS = re.compile(f"([{_OWN}]+)|([^{_OWN}]+)")
_SVG = "{http://www.w3.org/2000/svg}"
#: Colours of a picture: drawings have few, and each byte is sent by mail.
_COLOURS = 128
#: Seconds after which a map is given up.
_PATIENCE = 20
#: What the scripts ask of a browser.
_SHIMS = Path(__file__).with_name("shims.js")


class Drawer:
    """Draws maps and writes pictures; a ``with`` block closes its script engine."""

    def __init__(self, assets: Path, geography: Path) -> None:
        """Take the folder of the product's scripts and fonts, and that of the basemap's files."""
        self._assets, self._geography = assets, geography
        self._fonts: dict[str, Any] = {}
        self._running: MiniRacer | None = None

    def __enter__(self) -> Drawer:
        return self

    def __exit__(self, *_: object) -> None:
        if self._running is not None:
            self._running.close()

    def map(self, description: Mapping[str, Any], width: int, height: int) -> bytes:
        """A map as PNG, of more pixels than it has on a page.

        Args:
            description: What a page draws (``figures.map_description``).
            width: Its width in pixels of a page.
            height: Its height.
        """
        return self.picture(self.svg(description, width, height))

    def svg(self, description: Mapping[str, Any], width: int, height: int) -> str:
        """A map as SVG, whose texts are not yet outlines; sizes are in pixels of a page."""
        room = {"width": width, "height": height, "narrow": False, "isStill": True}
        look = "{ ...room, view: besideLegend(asked, room) }"
        expression = f"String(map.toSvg(map.drawing(asked, {look})))"
        return self.evaluate(expression, description, room)

    def evaluate(self, code: str, description: Mapping[str, Any], room: Mapping[str, Any]) -> Any:
        """What a script in JavaScript gives for a map.

        Args:
            code: An expression, which reads the next two as ``asked`` and ``room``.
            description: The map.
            room: Its size.
        """
        self._engine.eval(f"var asked = {json.dumps(description)}, room = {json.dumps(room)}")
        promised: Any = self._engine.eval(
            "(async () => { await map.learn(asked); await map.learnWorld();"
            f"return JSON.stringify({code}); }})()"
        )
        data = json.loads(str(promised.get(timeout=_PATIENCE)))
        self._engine.low_memory_notification()  # a server is short of memory, and maps are rare
        return data

    def picture(self, svg: str, zoom: float = 2.2) -> bytes:
        """An SVG as PNG on white; each run of its texts must have its own place and size."""
        root = etree.fromstring(svg.encode("utf-8"))
        for text in [*root.iter(f"{_SVG}text")]:
            self._outline(text)
        png = resvg_py.svg_to_bytes(
            svg_string=etree.tostring(root, encoding="unicode"), zoom=zoom, background="#ffffff",
            skip_system_fonts=True,
        )  # fmt: skip
        stream = io.BytesIO()
        with Image.open(io.BytesIO(png)) as picture:
            picture.convert("RGB").quantize(_COLOURS).save(stream, "PNG", optimize=True)
        return stream.getvalue()

    def _outline(self, element: Any) -> None:
        """Replace the letters of a text element by their outlines.

        No two programs that draw SVG shape joined letters alike; HarfBuzz does it as browsers do.
        """
        group = etree.Element(f"{_SVG}g", dict(element.attrib))
        for run in [*element.iter(f"{_SVG}tspan")] or [element]:
            x, y = float(run.get("x", 0)), float(run.get("y", 0))
            weight, size = int(run.get("font-weight", 400)), float(run.get("font-size", 12))
            look = "bold" if weight >= _BOLD else run.get("font-style") or "plain"
            spacing = float(run.get("letter-spacing", 0))
            path, _ = self._shape(run.text or "", look, size, (x, y), spacing)
            etree.SubElement(group, f"{_SVG}path", {"d": path})
        element.getparent().replace(element, group)

    def width_of(self, text: str, size: float, look: str = "plain") -> float:
        """How wide a text is, in the same unit as its size; ``look`` is plain, bold or italic."""
        return self._shape(text, look, size, (0, 0), 0)[1]

    def _shape(
        self, text: str, look: str, size: float, start: tuple[float, float], spacing: float
    ) -> tuple[str, float]:
        """The outlines of a text that starts at a point (left, base line), and how wide it is.

        They are the steps of an SVG path.
        """
        left, base = start
        first, steps = left, list[str]()
        for own, other in _RUNS.findall(text):
            font = self._font(_FONTS[look][bool(own)])
            buffer = harfbuzz.Buffer()
            buffer.add_str(own or other)
            buffer.guess_segment_properties()
            if not own:  # a number beside letters that run from the right is read from its left
                buffer.direction = "ltr"
            harfbuzz.shape(font, buffer)
            scale = size / font.face.upem
            for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                pen = SVGPathPen(None, lambda value: f"{value:.2f}".rstrip("0").rstrip("."))
                x, y = left + place.x_offset * scale, base - place.y_offset * scale
                font.draw_glyph_with_pen(
                    glyph.codepoint, TransformPen(pen, (scale, 0, 0, -scale, x, y))
                )
                steps.append(pen.getCommands())
                left += place.x_advance * scale + spacing
        return "".join(steps), left - first

    def _widths(self) -> dict[str, float]:
        """Widths of plain letters of the size 1, each alone."""
        widths: dict[str, float] = {}
        for name in _FONTS["plain"] if OWN.font else _FONTS["plain"][:1]:
            font = self._font(name)
            for code in font.face.unicodes:
                glyph = font.get_nominal_glyph(code)
                width = font.get_glyph_h_advance(glyph) / font.face.upem
                widths.setdefault(chr(code), round(width, 4))
        return widths

    def _font(self, name: str) -> Any:
        """The font of a file in ``fonts``, read once."""
        if name not in self._fonts:
            stream = io.BytesIO()
            with TTFont(self._assets / "fonts" / f"{name}.woff2") as font:
                font.flavor = None
                font.save(stream)
            self._fonts[name] = harfbuzz.Font(harfbuzz.Face(stream.getvalue()))
        return self._fonts[name]

    @cached_property
    def _engine(self) -> MiniRacer:
        """The engine with the scripts and the files of the basemap, made when first used."""
        # Made in a thread without an event loop, so that it starts its own: within a running loop,
        # waiting for a drawing would never end.
        with ThreadPoolExecutor(1) as thread:
            engine = self._running = thread.submit(MiniRacer).result()
        engine.eval(_SHIMS.read_text(encoding="utf-8"))
        family = theme.FONT.replace("'", '"')
        engine.eval(f"ADVANCES = {json.dumps(self._widths())}; FAMILY = {json.dumps(family)}")
        engine.eval((shipped.MAP / "atlas_map.min.js").read_text(encoding="utf-8"))
        engine.eval("var map = atlas_map.map")
        for path in (*self._geography.glob("*.arcs.json"), *self._geography.glob("l*.geojson")):
            text = json.dumps(path.read_text(encoding="utf-8"))
            engine.eval(f"FILES[{json.dumps(path.name)}] = {text}")
        return engine

"""Peer: the least that draws the same map, shapes coloured on the server and put in as text."""

from __future__ import annotations

import math
import os
from typing import Any

from flask import Flask, request
from waitress import serve

from tests.bench.peers.question import MENUS, PORT, boundaries, opened, people_by_district

#: Pixels of a degree of latitude, and the corner of the map in degrees.
_SCALE, _WEST, _NORTH = 86, 88.0, 26.7
_NARROWER = math.cos(math.radians(23.7))
_PAGE = """<!doctype html><meta charset="utf-8"><title>Districts</title><form>{boxes}</form>
<div id="map">{map}</div><script>
document.forms[0].addEventListener("change", async (event) => {{
  const asked = new URLSearchParams(new FormData(event.currentTarget));
  const answer = await fetch(`/map?${{asked}}`);
  document.getElementById("map").innerHTML = await answer.text();
}});
</script>"""
app = Flask(__name__)
release = opened()


def outline(geometry: dict[str, Any]) -> str:
    """The rings of an area as a path in pixels."""
    whole = geometry["coordinates"]
    areas = whole if geometry["type"] == "MultiPolygon" else [whole]
    return "".join(
        "M" + "L".join(
            f"{(lon - _WEST) * _SCALE * _NARROWER:.1f} {(_NORTH - lat) * _SCALE:.1f}"
            for lon, lat in ring
        ) + "Z"
        for rings in areas for ring in rings
    )  # fmt: skip


outlines = {area["id"]: outline(area["geometry"]) for area in boundaries()["features"]}


@app.get("/map")
def district_map() -> str:
    """The map of what is chosen: shapes from white to blue."""
    rows = people_by_district(release, {menu: request.args.getlist(menu) for menu in MENUS})
    most = max(size for _, size in rows) or 1
    shapes = (
        f'<path d="{outlines[code]}" fill="rgb({255 - 215 * size // most} '
        f'{255 - 155 * size // most} 255)" stroke="gray"/>'
        for code, size in rows
    )
    return f'<svg width="420" height="560">{"".join(shapes)}</svg>'


@app.get("/")
def page() -> str:
    """The page with its first map."""
    boxes = "".join(
        f'<label><input type="checkbox" name="{menu}" value="{code}">{code}</label>'
        for menu, (codes, _) in MENUS.items()
        for code in codes
    )
    return _PAGE.format(boxes=boxes, map=district_map())


if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=int(os.environ[PORT]), threads=8)

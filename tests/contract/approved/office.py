"""Files of office programs: all texts, numbers and colours that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from unittest.mock import patch
from zipfile import ZipFile

from flask.testing import FlaskClient
from PIL import Image

from dashboard.report.maps import Drawer

#: Reports by their address, whose maps are one picture here.
_REPORTS = (
    "?template=monthly&form=pptx", "?template=area&about=BD2022&form=docx&lang=bn",
    "?template=corridor&about=naf_river&form=xlsx", "?template=corridor&form=pptx",
    "?template=area&about=BD9999&form=docx",
)  # fmt: skip
_SHEETS = (
    "overview.trend.xlsx?lang=bn", "hotspots.ranking.xlsx", "referrals.matrix.xlsx",
    "routes.corridors.xlsx?period=2026-04..2026-09", "quality.completeness.xlsx",
)  # fmt: skip
_WORDS = "{}"
#: Texts, numbers and colours of a part, but not of when and by what the file was made.
_TEXT, _APART = re.compile(r">([^<>]+)<|(srgbClr val=\"\w+)"), ("docProps/", "_rels/", "theme/")


def answers(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Each file by its address, and what stands in it."""
    picture = BytesIO()
    Image.new("RGB", (64, 48), "white").save(picture, "PNG")
    with patch.object(Drawer, "map", lambda *_: picture.getvalue()):
        for address in _SHEETS:
            answer = client.get(f"/exhibit/{address}")
            yield f"/exhibit/{address}", f"{answer.status} {_texts(answer.data)}"
        for address in _REPORTS:
            answer = client.post("/report/file", data={"address": address, "words": _WORDS})
            yield f"report {address}", f"{answer.status} {_texts(answer.data)}"


def _texts(content: bytes) -> str:
    """All that a file tells, part by part and in their order; of a sentence, itself."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as file:
        parts = [
            (name, _texts(file.read(name)) if name.endswith(".xlsx") else _lines(file.read(name)))
            for name in sorted(file.namelist())
            if name.endswith((".xml", ".xlsx")) and not any(part in name for part in _APART)
        ]
    return repr([(name, text) for name, text in parts if text])


def _lines(xml: bytes) -> str:
    found = map("".join, _TEXT.findall(xml.decode("utf-8")))
    return "\n".join(filter(None, map(str.strip, found)))

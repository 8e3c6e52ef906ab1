"""Bundles: the style sheets and scripts of the product, many files put together into a few.

Over a poor line each file waits for an answer of its own, and a small one hardly shrinks alone; so
what a page asks for at once comes as one. The files stay apart in ``assets``, where they are
written and read; they are put together when the application is built. Scripts of others that are
large stand alone, and how anything is compressed and kept is said in ``delivery``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, request

from dashboard.model import shipped
from dashboard.model.country import WEIGHTS
from dashboard.model.languages import OWN

#: The endpoint that serves them all.
ENDPOINT = "bundle"
#: The script that sets the theme, in the head of every page and so before its first paint.
THEME = "js/theme.js"
#: The script of plain forms that offer passkeys, the only one that they have.
PASSKEYS = "js/forms/passkeys.js"
#: Style sheets of pages that are plain forms, in their order.
_PLAIN = (
    "tokens", "base", "shell", "header", "language", "access", "access-table", "round", "meeting",
)  # fmt: skip
#: Comments of ours that have lines of their own. What others wrote keeps every word.
_COMMENT = re.compile(rb"^[ \t]*/\*(?:[^*]|\*(?!/))*\*/[ \t]*\n", re.MULTILINE)
#: Pictures that a style sheet names.
_PICTURE = re.compile(rb'url\("\.\./(icons/[\w-]+\.svg)"\)')
#: Bytes of a picture that is written into the style sheet: an answer of its own would take more
#: for its headers.
_SMALL = 600
#: Folder of what others made.
_VENDOR = "vendor"
_YEAR = 31_536_000


@dataclass(frozen=True)
class Bundle:
    """Files in one.

    Attributes:
        path: Its address without a fingerprint.
        content: Its text.
        mimetype: Its type.
    """

    path: str
    content: bytes
    mimetype: str

    @cached_property
    def mark(self) -> str:
        """Fingerprint of what it holds."""
        return hashlib.sha256(self.content).hexdigest()[:12]

    @property
    def address(self) -> str:
        """Where pages ask for it."""
        return f"{self.path}?m={self.mark}"


@dataclass(frozen=True)
class Bundles:
    """What pages ask for.

    Attributes:
        styles: Style sheets of pages with figures.
        plain: Style sheets of plain forms.
        scripts: Scripts of pages with figures, those that Dash needs among them.
        maps: The component that draws maps; a page fetches it with its first map.
        pictures: Scripts that make pictures; a page fetches them with its first picture.
    """

    styles: Bundle
    plain: Bundle
    scripts: Bundle
    maps: Bundle
    pictures: Bundle

    @property
    def all(self) -> tuple[Bundle, ...]:
        """Every bundle."""
        return (self.styles, self.plain, self.scripts, self.maps, self.pictures)


def read_bundles(assets: Path) -> Bundles:
    """Put the files of a folder of assets together.

    Raises:
        FileNotFoundError: If a style sheet of plain forms is missing, a picture that a style sheet
            names, or what Dash needs.
    """
    scripts = [path for path in _files(assets, "js/*.js") if path != assets / THEME]
    sheets = [shipped.MAP / "atlas_map.css", *_files(assets, "css/*.css", "vendor/*.css")]
    styles = _style(assets, "atlas", sheets)
    return Bundles(
        styles=replace(styles, content=with_icons(styles.content, assets)),
        plain=_style(assets, "atlas-forms", [assets / "css" / f"{name}.css" for name in _PLAIN]),
        scripts=_script(assets, "atlas", [assets / "vendor" / "regenerator.min.js", *scripts]),
        maps=_script(assets, "atlas-maps", [shipped.MAP / "atlas_map.min.js"]),
        pictures=_script(assets, "atlas-pictures", _files(assets, "js/picture/*.js")),
    )


def install(server: Flask, bundles: Bundles) -> None:
    """Add their routes, each in the folder of its files: style sheets name others from there."""
    by_path: Mapping[str, Bundle] = {bundle.path: bundle for bundle in bundles.all}

    def bundle(path: str) -> Response:
        """The bundle at a path; kept for a year if it is asked for under its own mark."""
        served = by_path[path]
        response = Response(served.content, mimetype=served.mimetype)
        response.set_etag(served.mark)
        # Under the mark of another version it would be kept as what it is not.
        is_this = request.args.get("m") == served.mark
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}" if is_this else "no-cache"
        response.make_conditional(request)
        return response

    for path in by_path:
        server.add_url_rule(path, ENDPOINT, bundle, defaults={"path": path})


def without_comments(text: bytes) -> bytes:
    r"""A style sheet or script of ours without the comments that have lines of their own.

    >>> without_comments(b"/* Why. */\nlet a = 1; /* b */\n")
    b'let a = 1; /* b */\n'
    """
    return _COMMENT.sub(b"", text)


def _files(assets: Path, *patterns: str) -> list[Path]:
    """Files that match a pattern, sorted within each pattern."""
    return [path for pattern in patterns for path in sorted(assets.glob(pattern))]


def _style(assets: Path, name: str, paths: Iterable[Path]) -> Bundle:
    """Style sheets in one, after the token and the fonts of the country's own language."""
    sheets = _bundle(f"/assets/css/{name}.css", "text/css", assets, paths)
    faces = "\n".join((OWN.token, *_faces(assets), ""))
    return replace(sheets, content=faces.encode() + sheets.content)


def _faces(assets: Path) -> Iterator[str]:
    """The ``@font-face`` rules for those files of the country's own font that exist.

    The language switch has a small file of its own, so that a page in English fetches no other.
    """
    for file, weight in {**WEIGHTS, "Name": 400}.items():
        name = f"fonts/{OWN.font}-{file}.woff2"
        if OWN.font and (assets / name).is_file():
            family = OWN.fonts[0] if file in WEIGHTS else "Names of languages"
            yield (
                f'@font-face {{ font-family: "{family}"; src: url("../{name}") format("woff2"); '
                f"font-weight: {weight}; font-display: swap; unicode-range: {OWN.font_range}; }}"
            )


def with_icons(style: bytes, assets: Path) -> bytes:
    """A style sheet with its small pictures as data URLs, for pages whose policy allows these.

    Raises:
        FileNotFoundError: If a picture is not there.
    """

    def inlined(match: re.Match[bytes]) -> bytes:
        picture = (assets / match[1].decode()).read_bytes()
        return b'url("' + as_address(picture) + b'")' if len(picture) <= _SMALL else match[0]

    return _PICTURE.sub(inlined, style)


def as_address(picture: bytes) -> bytes:
    """An SVG as a data URL that may stand between double quotes.

    >>> as_address(b'<svg fill="#fff"/>')
    b"data:image/svg+xml,%3Csvg fill='%23fff'/%3E"
    """
    text = b" ".join(picture.split()).replace(b'"', b"'")
    for sign in b"%#<>":
        text = text.replace(bytes([sign]), b"%%%02X" % sign)
    return b"data:image/svg+xml," + text


def _script(assets: Path, name: str, paths: Iterable[Path]) -> Bundle:
    return _bundle(f"/assets/js/{name}.js", "text/javascript", assets, paths)


def _bundle(path: str, mimetype: str, assets: Path, paths: Iterable[Path]) -> Bundle:
    return Bundle(path, b"\n".join(_text(assets, path) for path in paths), mimetype)


def _text(assets: Path, path: Path) -> bytes:
    """Content of a file without our comments; vendored and minified files stay as they are."""
    is_whole = path.is_relative_to(assets / _VENDOR) or ".min" in path.suffixes
    return path.read_bytes() if is_whole else without_comments(path.read_bytes())

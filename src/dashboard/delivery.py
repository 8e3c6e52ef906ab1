"""Delivery: how files reach a browser quickly over a poor line.

Text is compressed once, by what the browser accepts; the largest scripts lie compressed beside
themselves, since the best compression takes half a minute. Files that carry a fingerprint may be
kept for a year. What an answer says is decided elsewhere, and so are the headers that protect it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from types import SimpleNamespace

from flask import Flask, Response, request
from flask_compress import Compress, DictCache

from dashboard.bundles import ENDPOINT

#: What draws charts; a page shows its words before it.
CHARTS = "vendor/plotly-atlas.min.js"
#: Scripts of Dash that stand in for what browsers can do since 2017, of which only the regenerator
#: is still asked for and lies in ``assets/vendor``; and a table that no page has.
_UNUSED = re.compile(r'<script src="[^"]*/(?:deps/polyfill@|dash_table/)[^"]*"></script>\s*')
#: The components of dcc and dash-bootstrap-components that pages have, in place of all of them.
CONTROLS = "vendor/controls-atlas.min.js"
#: What draws a list of places; a page fetches it when a reader comes near one.
LISTS = "vendor/list-atlas.min.js"
_REPLACED = re.compile(
    r'<script src="[^"]*/(?:dash/dcc|dash_bootstrap_components/_components)/[^"]*"></script>\s*'
)
#: Files of installed packages that a page lists. Dash would serve every one that they register.
_LISTED = re.compile(r'(?:src|href)="(/_dash-component-suites/[^"?]+)"')
#: Endpoints of files that stay the same while the product runs.
_FILES = (
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "_dash_assets.static",
    ENDPOINT,
    "geography",
)
#: Bytes of compressed answers that are kept; all files of the product together are 3 MB.
MOST_KEPT = 16 * 2**20
_DAY, _YEAR = 86_400, 31_536_000


def address_of(assets: Path, name: str) -> str:
    """Address of an asset, with its time of change as a fingerprint.

    Raises:
        FileNotFoundError: If there is no such file.
    """
    return f"/assets/{name}?m={(assets / name).stat().st_mtime}"


def around_controls(scripts: str) -> tuple[str, str]:
    """The script elements of a page that are needed, before and after ``CONTROLS``.

    Args:
        scripts: The elements as Dash writes them.

    Raises:
        ValueError: If ``CONTROLS`` replaces none, so that a page would have the same components
            twice.

    >>> around_controls('<script src="/dash/dcc/b.js"></script><script src="/a"></script>')
    ('', '<script src="/a"></script>')
    """
    used = _UNUSED.sub("", scripts)
    replaced = list(_REPLACED.finditer(used))
    if not replaced:
        raise ValueError("no script of dcc or dash-bootstrap-components stands in the page")
    return _REPLACED.sub("", used[: replaced[-1].start()]), used[replaced[-1].end() :]


def suites(page: str) -> frozenset[str]:
    """Paths of the files of installed packages that a page uses, from its HTML."""
    return frozenset(_LISTED.findall(page))


def install(server: Flask, assets: Path, geography: Path) -> None:
    """Compress what leaves, and say how long files may be kept."""
    assets_files = _compressed_files("/assets", assets)
    _compress(server, assets_files | _compressed_files("/geography", geography))
    _allow_caching(server, assets)


def _compressed_files(path: str, folder: Path) -> dict[str, Path]:
    """Files that lie compressed beside themselves, by the path at which the plain one is asked."""
    return {
        f"{path}/{file.relative_to(folder).with_suffix('').as_posix()}": file
        for file in folder.rglob("*.br")
    }


#: Types that are text too, which the library does not know.
_TEXTS = ("application/geo+json", "text/csv", "application/problem+json")


class _Bounded(DictCache):
    """Compressed answers, by their path and coding, up to so many bytes.

    What would be more is compressed anew each time: nobody who asks for many files fills the
    memory of the server.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        super().__init__()
        self._bytes_left = most
        self._lock = Lock()

    def set(self, key: str, value: bytes) -> None:
        """Keep an answer, where there is room."""
        with self._lock:
            room = self._bytes_left - len(value) + len(self.get(key) or b"")
            if room >= 0:
                self._bytes_left = room
                super().set(key, value)


def _compress(server: Flask, compressed: Mapping[str, Path]) -> None:
    """Compress text by the browser's best encoding; files once and well, then from memory.

    Args:
        server: The server.
        compressed: Files that lie compressed on disk, by the path of the plain one.
    """
    server.config |= {
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 5,
        "COMPRESS_REGISTER": False,
        "COMPRESS_EVALUATE_CONDITIONAL_REQUEST": True,  # off by itself in older versions
    }
    passing, lasting = Compress(server), Compress(server)
    # One step further takes three times as long, of the first reader, and saves 2 kB of 140.
    thorough = SimpleNamespace(config={**server.config, "COMPRESS_BR_LEVEL": 10})
    lasting.app = thorough  # pyright: ignore[reportAttributeAccessIssue] -- only its config is read
    lasting.cache, lasting.cache_key = _Bounded(), lambda sent: sent.path
    for each in (passing, lasting):
        each.compress_mimetypes_set = {*each.compress_mimetypes_set, *_TEXTS}

    def shrink(response: Response) -> Response:
        """An answer compressed by the way that fits it: as on disk, kept, or anew."""
        if request.endpoint not in _FILES or response.status_code != 200:
            return passing.after_request(response)
        if request.path in compressed and request.accept_encodings["br"]:
            return _compressed(response, compressed[request.path].read_bytes())
        if response.mimetype in lasting.compress_mimetypes_set:
            response.direct_passthrough = False
            response.set_data(response.get_data())  # a stream is never kept
        return lasting.after_request(response)

    server.after_request(shrink)


def _compressed(response: Response, content: bytes) -> Response:
    """An answer with its content as it lies compressed."""
    response.close()  # of the plain file, which is not read
    response.direct_passthrough = False
    response.set_data(content)
    response.headers["Content-Encoding"] = "br"
    response.headers["Content-Length"] = str(len(content))
    response.vary.add("Accept-Encoding")
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(f"{etag}:br")
    response.make_conditional(request)  # by its own tag: the plain file's was asked for before
    return response


def _cache_control(assets: Path) -> str:
    """The ``Cache-Control`` of the asset that is asked for."""
    if "m" not in request.args:
        return f"public, max-age={_DAY}"
    current = address_of(assets, request.path.removeprefix("/assets/"))
    return f"public, max-age={_YEAR}" if request.full_path == current else "no-cache"


def _allow_caching(server: Flask, assets: Path) -> None:
    """Files of the product may be kept: for a year by their fingerprint, without one for a day.

    Under the fingerprint of another version a file would be kept as what it is not.
    """

    def allow_caching(response: Response) -> Response:
        if request.endpoint == "_dash_assets.static" and response.status_code == 200:
            response.headers["Cache-Control"] = _cache_control(assets)
        return response

    server.after_request(allow_caching)

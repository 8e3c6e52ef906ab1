"""Folders that the product ships beside its code, and the default place of a store.

In a checkout these folders lie at its root; a wheel carries the same folders inside ``dashboard``.
No other module works out a path from where the code lies.
"""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
#: The repository that the code runs in, or None where it is installed.
CHECKOUT = None if (_PACKAGE / "assets").is_dir() else _PACKAGE.parents[1]
_ROOT = CHECKOUT or _PACKAGE
#: Style sheets, scripts, fonts and icons.
ASSETS = _ROOT / "assets"
#: What the pages say in English.
ENGLISH_WORDS = _PACKAGE / "words" / "en"
#: The map, a package of its own beside this one.
MAP = _PACKAGE.parent / "atlas_map"
#: Packs of countries, source declarations, reports and the invented sample.
DATA = _ROOT / "data"
#: The pack of the country: one of those that are shipped, or any folder (``ATLAS_COUNTRY``).
COUNTRY = DATA / "countries" / (os.environ.get("ATLAS_COUNTRY") or "bgd")


def default_store() -> Path:
    """The folder ``data/store`` of the checkout, or of the current folder where installed.

    An installed package is never written into: it may be read-only, and is replaced by an update.
    """
    return (CHECKOUT or Path.cwd()) / "data" / "store"

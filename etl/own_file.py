"""Own file: one that the operator's user alone may read, since nobody has cleared it yet."""

from __future__ import annotations

from pathlib import Path

from etl.settings import OperatorError

_OWNER_ONLY = 0o600


def make_own(path: Path, noun: str) -> None:
    """Make sure that a file is there, new or as it was, and that only its owner may read it.

    Args:
        path: Where the file is, or shall be.
        noun: What the file is called in an error.

    Raises:
        OperatorError: If its folder is not there, or it is a folder itself.
    """
    if path.is_dir():
        raise OperatorError(f"{path} is a folder; name a file for the {noun}.")
    if not path.parent.is_dir():
        raise OperatorError(f"There is no folder {path.parent} for the {noun}.")
    path.touch(mode=_OWNER_ONLY)
    path.chmod(_OWNER_ONLY)  # of a file that lay there already

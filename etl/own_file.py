"""Own file: one that the operator's user alone may read, since nobody has cleared it yet."""

from __future__ import annotations

from pathlib import Path

from etl.settings import OperatorError

_OWN = 0o600


def make_own(path: Path, what: str) -> None:
    """Make such a file, of what lies there as well, to be written into.

    Raises:
        OperatorError: If its folder is not there, or it is a folder itself.
    """
    if path.is_dir():
        raise OperatorError(f"{path} is a folder; name a file for the {what}.")
    if not path.parent.is_dir():
        raise OperatorError(f"There is no folder {path.parent} for the {what}.")
    path.touch(mode=_OWN)
    path.chmod(_OWN)  # of a file that lay there already

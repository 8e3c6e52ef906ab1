"""Exhibits: one module a page, each registering its exhibits by id.

``load`` imports them all, so that the registry is full before the first question.
"""

from importlib import import_module
from pkgutil import iter_modules


def load() -> None:
    """Import every module of exhibits; a second call changes nothing."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")

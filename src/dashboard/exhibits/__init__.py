"""Exhibits: one module or folder a page, each registering its exhibits by id.

``counts`` adds units up, ``parts`` holds what exhibits of several pages are made of; neither
registers any. ``load`` imports them all, so that the registry is full before the first question.
"""

from importlib import import_module
from pkgutil import walk_packages


def load() -> None:
    """Import every module of exhibits, which registers them; a second call changes nothing."""
    for module in walk_packages(__path__, f"{__name__}."):
        import_module(module.name)

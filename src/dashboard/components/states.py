"""States: pages that stand for all others."""

from __future__ import annotations

from pathlib import Path

from dash import html
from markupsafe import Markup

from dashboard.components.shell import alone
from dashboard.components.writer import write


def lost(lang: str) -> Markup:
    """The page for an address that leads nowhere."""
    return write("state", lang, name="lost", drawing="lost")


def withheld_state(lang: str) -> html.Div:
    """The whole window where every edition is held back: one comes again."""
    return alone(write("state", lang, name="held", drawing="empty"), lang)


def no_release(problem: str, folder: Path, lang: str) -> html.Div:
    """The whole window when there is no release: what the operator has to run."""
    page = write("state", lang, name="empty", drawing="empty", folder=str(folder), problem=problem)
    return alone(page, lang)

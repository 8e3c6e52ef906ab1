"""What axe-core finds on a page, into which its script is put once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: Rules of WCAG 2.2 A and AA, and what axe counts as good practice.
ALL_RULES: Mapping[str, Any] = {"resultTypes": ["violations"]}


def violations(
    page: Page, options: Mapping[str, Any] = ALL_RULES, *, without: Sequence[Sequence[str]] = ()
) -> list[dict[str, Any]]:
    """What is to be mended on a page as it is now.

    Args:
        page: The page.
        options: Those of ``axe.run``.
        without: Selectors of what is not looked at.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    looked_at = json.dumps({"exclude": without}) if without else "document"
    found = page.evaluate(
        f"async (options) => (await axe.run({looked_at}, options)).violations", dict(options)
    )
    return list(found)

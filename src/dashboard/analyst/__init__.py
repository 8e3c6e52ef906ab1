"""The analyst's door: releases from Python, as frames of pandas and geopandas and plotly figures.

For notebooks and scripts of people who work with the numbers, from a file or from a server. It asks
the same exhibits by the same reading as pages and files, so it shows what they show and nothing
else. A server is asked with pandas and the standard library alone; only ``file`` and what it opens
need the other packages. The web process never imports this package. What an exhibit counts stands
in ``exhibits``, what an answer holds in ``exports``.
"""

from dashboard.analyst.asked_exhibit import AskedExhibit
from dashboard.analyst.opened_release import OpenedRelease, open_release
from dashboard.analyst.problems import CannotBeAsked, NoAnswer, NotAllowed, NotSignedIn, NotThere
from dashboard.release.description import NoRelease

__all__ = [
    "AskedExhibit",
    "CannotBeAsked",
    "NoAnswer",
    "NoRelease",
    "NotAllowed",
    "NotSignedIn",
    "NotThere",
    "OpenedRelease",
    "open_release",
]

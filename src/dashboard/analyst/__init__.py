"""The analyst's door: releases from Python, as frames of pandas and geopandas and plotly figures.

For notebooks and scripts of people who work with the numbers. It asks the same exhibits by the same
reading as pages and files, so it shows what they show and nothing else. The web process never
imports this package. What an exhibit counts stands in ``exhibits``, files in ``exports``.
"""

from dashboard.analyst.asked_exhibit import AskedExhibit
from dashboard.analyst.opened_release import OpenedRelease, open_release
from dashboard.release.folder import NoRelease

__all__ = ["AskedExhibit", "NoRelease", "OpenedRelease", "open_release"]

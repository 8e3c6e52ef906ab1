"""Partner share: how much of a fact came from partners that stopped or began, as a band.

Both sides must agree on the bands and on nothing else: the operator's side counts them when a month
closes (``etl.release.contents.partner_share``), the reader's side asks whether a change of who
reports could be what a number shows.
"""

from __future__ import annotations

from typing import Literal, get_args

#: "none": less than ``SOME``; "under_third": less than ``THIRD``; "untold": ``SOME`` or more, and
#: one partner could tell another's number by a band.
Band = Literal["none", "under_third", "more", "untold"]
BANDS: tuple[Band, ...] = get_args(Band)
#: Shares at which a band begins.
SOME, THIRD = 0.05, 1 / 3

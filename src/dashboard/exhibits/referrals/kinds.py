"""Services, or kinds of them where single ones are too few: the rungs of figures by service."""

from __future__ import annotations

from dashboard.exhibits.counts.referral_counts import IN_GROUPS
from dashboard.exhibits.parts.ladder import Ladder, Rung

KINDS = Ladder("kinds", (Rung("service", ("service",)), Rung("group", (IN_GROUPS,))))

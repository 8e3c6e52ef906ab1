"""Camp regions: which camps lie in which region, as the reference table says.

Units name a camp, or its region where too few people were in the camp; so a question about a region
includes its camps. Names and points of both stand in a release.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.model.country import PACK

#: Region of each camp that lies in one.
REGION_OF: Mapping[str, str] = PACK.regions
#: Camps of each region.
CAMPS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        region: tuple(camp for camp, own in REGION_OF.items() if own == region)
        for region in dict.fromkeys(REGION_OF.values())
    }
)

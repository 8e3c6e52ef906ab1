"""Protection: records of a closed period become units that stand for several events each.

``coding`` turns records into arrays of small integers, ``margins`` lists the totals people look
at, ``layout`` gives every such total a cell, ``carry`` says what earlier blocks left over,
``block`` and ``fit`` make the units of one block, ``close`` walks through the due blocks of a
fact, ``chance`` draws. All of these take arrays and return arrays; only ``ledger`` speaks to a
database. What a reader may see of the result belongs to ``etl.release``.
"""

from etl.protect.block import Units, protect_block, unit_sizes
from etl.protect.close import Block, History, close_periods

__all__ = [
    "Block",
    "History",
    "Units",
    "close_periods",
    "protect_block",
    "unit_sizes",
]

"""Readers: a partner's file as columns of cells, or findings that say why it is not one.

Bytes, structure and the header are judged here; what the cells mean is not.
"""

from etl.read.coded import Coded, coded, combined, constant
from etl.read.sheet import Cell, Sheet, read_sheet

__all__ = ["Cell", "Coded", "Sheet", "coded", "combined", "constant", "read_sheet"]

"""Files that were harmed, as the tests of the register and of its seal harm them."""

from __future__ import annotations


def flipped(whole: bytes, at: int) -> bytes:
    """A file with the lowest bit of one of its bytes turned."""
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]

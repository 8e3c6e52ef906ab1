"""Memory: what is freed goes back to the system where the C library would keep it for later."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give freed memory back now; does nothing where the C library has no such call.

    Between large pieces of work that differ, glibc keeps a hundred megabytes and more, while a
    second process asks for as much.
    """
    # Windows has no such handle and macOS no such call.
    with suppress(TypeError, AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)

"""Harmonising: declared columns of a file become fields of the register.

Each step looks at the distinct cells of a column and maps the answers back to its rows. What
comes out is one wide row per row of the file, keys hashed and everything generalised; how it
falls apart into the register's tables stands in ``register`` and ``split``.
"""

from etl.harmonise.wide import Harmonised, harmonise

__all__ = ["Harmonised", "harmonise"]

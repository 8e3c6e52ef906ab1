"""Duplicates: one event that several partners tell of, found, decided and counted once.

``comparison`` finds pairs that may be one event, ``candidates`` says what speaks for each,
``groups`` draws them together,
``joining`` records what was decided of them. Both incidents stay in the register, and both
partners count as its sources.
"""

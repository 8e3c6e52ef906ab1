"""Exhibits of the brief: what a meeting must know of a month, and who reported."""

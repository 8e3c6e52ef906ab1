"""Measures: figures of one seed, and the bounds that they must keep."""

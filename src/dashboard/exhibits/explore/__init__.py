"""Explore: the question that a reader makes, and its answer."""

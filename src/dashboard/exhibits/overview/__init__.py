"""Exhibits of the overview page, one module each."""

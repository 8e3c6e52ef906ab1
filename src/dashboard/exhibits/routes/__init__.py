"""Exhibits of the page on routes, one module each."""

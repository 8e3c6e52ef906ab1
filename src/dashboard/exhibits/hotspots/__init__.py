"""Exhibits of the page on hotspots, one module each."""

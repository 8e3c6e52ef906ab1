"""Exhibits as plotly figures that can stand alone, as plain dicts."""

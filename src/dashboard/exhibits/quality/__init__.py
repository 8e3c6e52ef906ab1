"""Exhibits of the page on data and quality."""

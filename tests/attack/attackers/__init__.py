"""Attackers: each takes units as a reader sees them, and says how often it was right."""

"""Hotspots on invented registers: false alarms, power and ranks, through the protection itself."""

"""Targets of an operator."""

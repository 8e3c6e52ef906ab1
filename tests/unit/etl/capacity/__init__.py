"""Capacities of an operator."""

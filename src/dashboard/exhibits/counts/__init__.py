"""Counts: units of a release added up for an exhibit; no words, no colours."""

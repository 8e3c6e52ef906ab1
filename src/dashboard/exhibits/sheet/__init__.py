"""Exhibits of the monthly sheet: its eight panels."""

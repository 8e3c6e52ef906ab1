"""Targets: what plans want of an indicator, from a file that the operator writes.

``target_file`` reads it and names what is wrong with it. Targets are not data about people: what
was reached is counted where it is shown.
"""

"""Intake: a set of files on its way from the sender to the register.

``candidate`` takes one file through reader and harmoniser, ``validate`` applies the rules to
whole records, ``judge`` decides which rows and files may load, ``load`` writes them. What a cell
may hold belongs to ``etl.harmonise``, the rules themselves to ``etl.rules``.
"""

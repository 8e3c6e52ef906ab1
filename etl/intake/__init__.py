"""Intake: a set of files on its way from the sender to the register.

``incoming_file`` takes one file through reader and harmoniser, ``staging`` lays what is left of a
set before the rules, ``validate`` applies them, ``decide`` says which rows and files may load,
``load`` walks all of it and stores, ``report`` says what became of each file. What a cell may hold
belongs to ``etl.harmonise``, the rules themselves to ``etl.rules``.
"""

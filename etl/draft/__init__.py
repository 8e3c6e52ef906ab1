"""Drafting a declaration from a file that nobody has declared yet.

``table`` opens the file, ``header`` refuses one that has no header, ``vocabulary`` holds what
headers and values are known to mean, ``guesses`` says what one ``column`` may be, ``layout`` what
all of them are together (``months``, ``places``, ``keys`` and ``fields`` are its steps) and what is
left open, ``written`` writes it down. Nothing is loaded, and no value is written that matched
nothing.
"""

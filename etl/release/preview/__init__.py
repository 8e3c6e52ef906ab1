"""Preview: what a publication would change, for whoever clears it.

``preview`` assembles an edition and throws it away; ``comparison`` says what it shows that the
release before did not, ``jumps`` which totals and shares are suspicious. ``render`` shows it in
words.
"""

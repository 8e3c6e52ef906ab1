"""Preview: what a publication would change, for whoever clears it.

``preview`` assembles an edition and throws it away; ``comparison`` says what it shows that the
release before did not, ``table_changes`` what changed beside the numbers, ``outliers`` which totals
and shares are suspicious. ``render`` shows it in words.
"""

"""Feedback: what one partner is told of its own records, as a file that the operator hands over.

``own`` counts, ``render`` tells it in words. Nothing of it reaches the web process or a release.
Nothing of another partner is in it: where all records are meant, those of the release are taken.
"""

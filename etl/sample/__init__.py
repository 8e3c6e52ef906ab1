"""Invented partner files of any size, shaped as partners send them.

One noun a file: the world and its weights, incidents, journeys, people, what was done to them,
referrals; then one layout per partner (``line_list``, ``coded_sheet``, ``kobo_export``) and the
files that hold them. Nothing here describes a real person, case or agency; published shares are
kept, the rest is assumed and said so in ``data/sample/README.md``.
"""

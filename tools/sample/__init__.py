"""Invented partner files of any size, shaped as partners send them: ``python -m tools.sample``.

One noun a file: the world and its weights, streams that change over time, incidents, journeys,
people, what was done to them, referrals; then the layouts of partners (``line_list``,
``coded_sheet``, ``kobo_export``, ``national_list``, ``short_list``) and the files that hold them.
Nothing here describes a real person, case or agency; published shares are kept, the story and the
rest are assumed and said so in ``data/sample/README.md``.
"""

"""Reports: exhibits as a deck, a paper, a sheet and pictures that people edit and send on.

``template`` says which exhibits, ``contents`` asks the door for them, ``public`` takes out what the
public may not read, ``forms`` says what each becomes. ``slides``, ``paper``, ``sheet`` and
``picture`` write files. Titles, ranges and notes are the exhibits': nothing here words a finding.
"""

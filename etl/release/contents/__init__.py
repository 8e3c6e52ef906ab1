"""Contents: what is in a release file.

``build`` fills one with stored units and with what ``geography``, ``areas``, ``coverage``,
``reporting`` and ``labels`` give, and with what ``protection`` says of the units; ``echoes``
protects the file's own units once more, for the expected errors; ``checks`` says whether the file
keeps its contract.
Nothing of the truth, the carry or a partner may enter here.
"""

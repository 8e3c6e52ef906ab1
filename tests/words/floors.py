"""What the words of the pages may at most be: the floors of the report and of the suite."""

#: Least reading ease of titles, and of notes, in English: plain English begins there.
EASE = 60
#: Most words of a title.
TITLE = 12
#: Most words of a sentence of a note: under twenty.
SENTENCE = 19
#: Most words of notes that the overview shows unasked.
IN_SIGHT = 250

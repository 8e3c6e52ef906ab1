"""Words: everything a figure or a page says, as whole phrases with placeholders.

Catalogues, numbers, dates and filters in words belong here. Labels of codes and names of places
do not: a release carries them.
"""

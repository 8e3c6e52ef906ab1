"""Analysis: arrays in, arrays out.

Methods belong here: statistics, classes of a map, geometry of flows. Nothing here knows a release,
a language, a colour or a page.
"""

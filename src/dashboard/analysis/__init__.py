"""Analysis: arrays in, arrays out.

Methods belong here: classes of a map, the largest of many, geometry of flows, and later statistics.
Nothing here knows a release, a language, a colour or a page.
"""

"""Places: the gazetteer as harmonising uses it, from a spelling or a point to a code.

How the gazetteer is built from open data stands in ``tools.geography``.
"""

"""Handed tables: what an operator hands over to stand beside the numbers.

``kinds`` is the registry: the columns, the rules and the place in a release of each kind (notes,
populations, capacities, targets, outlines; partners have none). ``cells`` reads one cell,
``reader`` any file of a kind (``shapes``: the polygons of maps), ``stored`` keeps what was read in
the operator's half, ``shipped`` is what comes with the product. Which rows an edition has is
decided in ``etl.release``. Nothing about single people is here, and nothing of the register.
"""

"""Population: how many people live in a place, as an office counted them.

``counted_file`` reads what an operator was given, ``counts`` keeps what was loaded in
``operator/population.csv`` and knows the census that comes along. Nothing about single people is
here, and nothing of the register; rates are made where they are drawn.
"""

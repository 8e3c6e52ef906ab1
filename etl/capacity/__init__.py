"""Capacity: how many places services have, as an operator was told.

``capacity_file`` reads what an operator was given, ``capacities`` keeps what was loaded in
``operator/capacity.csv``. Nothing about single people is here, and nothing of the register.
"""

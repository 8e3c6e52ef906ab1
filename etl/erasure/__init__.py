"""Erasure: records leave the operator's half of a store for good, one at a time or by age.

``holdings`` finds the rows that go, ``rewriting`` writes the files anew without them, ``proof``
looks whether anything is left, ``work`` does all of it in an order that can be taken up again
after a kill at any point. What was decided stands in ``etl.register.decisions``. Units and
releases stay: they describe nobody, and later blocks absorb the difference.
"""

"""Events: the register as facts, one relation per fact.

Here a record of the register becomes an event that belongs to one period. Each module holds the
readable SQL of one fact or a pair of facts; ``relations`` holds what several of them share and
``build`` runs them. Protection, periods that close and the release do not belong here.
"""

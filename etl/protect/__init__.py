"""Protection: records of a closed period become units that stand for several events each.

``due_blocks`` says which blocks are due and makes them; ``history`` reads what is known about a
fact from the events and from the ``ledger``, which keeps units for good; ``walk`` goes through the
blocks of a fact, with ``block`` for the parts of one, ``ground`` for what its units are fitted to
and ``donors`` for the values that these may take. The arithmetic:
``coding`` and ``reading`` turn records into arrays of small integers, ``margins`` lists the totals
people look at, ``layout`` gives every such total a cell, ``carry`` says what earlier blocks left
over, ``fit`` makes the units agree with it, ``chance`` draws. ``public`` makes events of the units
of the members, so that those of the public are made in the same way, by a ``task`` of their own
terms. ``echoes`` draws records from released units and protects them as the first ones were. What a
reader may see of the result belongs to ``etl.release``.
"""

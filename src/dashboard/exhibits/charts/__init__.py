"""The grammar of exhibits: a chart declares what it counts and by what, all else follows.

``chart`` is the declaration and how it is answered; ``counts`` what it counts, ``dimensions`` how
codes are named and ordered, ``forms`` what is drawn, ``tables`` and ``sentences``
what is said. A chart stands with its page; what is computed otherwise is a function there.
"""

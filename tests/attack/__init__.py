"""Attacks on releases: what a reader with patience and a computer could learn of one person.

``invented`` makes a register and closes it month by month, ``attackers`` try what they can on the
release that comes out, ``measures`` turn that into figures and hold them to their bounds.
``python -m tests.attack`` runs all of it and writes ``docs/protection-report.md``; the tests
beside this file are the same at the size of one seed.
"""

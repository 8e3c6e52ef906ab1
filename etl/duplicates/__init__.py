"""Duplicates: one event that is told several times, found, asked about, decided and counted once.

``comparison`` says in what pairs of incidents agree, ``weights`` how likely each is one event,
``candidates`` what speaks for it, ``groups`` joins them, ``sheet`` asks a partner about its own
rows and reads the answers, ``joining`` records what was decided, ``last_search`` keeps how many
wait. Both incidents stay in the register, and both partners count as its sources.
"""

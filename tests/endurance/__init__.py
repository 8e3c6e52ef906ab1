"""Endurance: what must hold when machines fail, disks fill and people press twice.

``readers`` publishes under readers, ``damage`` harms release files, ``kills`` stops commands at
every point, ``disks`` lets them run out of space, ``rivals`` starts two at once, ``orders`` loads
the same files in other orders. Each module measures and returns plain figures; ``__main__`` runs
the full counts and writes docs/endurance.md, the test modules run a small form of the same.
"""

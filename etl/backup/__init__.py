"""Backup: the operator's half and the releases of a store in one archive, and back from it.

``contents`` says what an archive holds and seals it, ``archive`` writes one, ``restoring`` reads
one into a store that is empty. Secrets never lie in an archive.
"""

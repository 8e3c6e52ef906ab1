"""Exports: an exhibit as a file. What a file says is the exhibit's; nothing is computed here."""

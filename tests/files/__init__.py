"""Files: odd files as partners send them, what each means, and what the product makes of it.

``odd`` makes them, ``table`` reads each and writes docs/odd-files.md:
``python -m tests.files.table``.
"""

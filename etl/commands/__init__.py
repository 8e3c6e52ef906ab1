"""Commands of the operator: one module each.

A command module has NAME, HELP, ``configure(parser)`` and ``run(arguments, settings) -> int``.
"""

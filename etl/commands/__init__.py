"""Commands of the operator: one module each.

A command module has HELP, ``configure(parser)`` and ``run(arguments, settings) -> Answer``; whoever
runs it prints the answer.
"""

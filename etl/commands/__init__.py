"""Commands of the operator: one module each.

A command module has ``run(arguments, settings) -> Answer``; whoever runs it prints the answer. Its
arguments are declared in ``commands.toml``; ``VALUES`` has what is put in there.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.model.command_line import read_commands

#: The tables of all commands, by name.
COMMANDS = read_commands(Path(__file__).with_name("commands.toml"))

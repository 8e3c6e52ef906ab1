"""Reading a source declaration, strictly: an unknown key or an impossible combination is an error.

What a declaration becomes stands in ``source``; the format in words in docs/sources.md.
"""

from etl.declaration.reader import expected_sources, find_source, read_source, undeclared
from etl.declaration.toml_table import SourceError

__all__ = ["SourceError", "expected_sources", "find_source", "read_source", "undeclared"]

"""How what the pages say reads: a measure of texts, what readers meet, and the report on it."""

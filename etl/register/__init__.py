"""Register: what the operator keeps of accepted files, and how it is opened and rebuilt.

``extracts`` are the accepted files, harmonised, ``split`` turns their wide rows into rows of
the register, ``tables`` names its tables, ``access`` opens it under the lock, ``replay`` fills
it, ``store`` holds the facts of a store that no rebuild may lose, ``decisions`` what was decided
about single records. How a file gets as far as an extract stands in ``etl.intake``, how a record
leaves again in ``etl.erasure``.
"""

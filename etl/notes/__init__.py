"""Notes: what the operator wrote down of single months, kept in ``operator/events.toml``.

``note`` says what one is and which rules it keeps, ``notes_file`` reads and changes the file. The
file may be written by hand as well. Which notes an edition shows is decided in ``etl.release``.
"""

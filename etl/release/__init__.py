"""Release: closed periods become one immutable file that the dashboard may open.

``publication`` leads through the steps. ``terms`` says on what a store publishes, ``sources`` of
which kind its data are, ``approval`` who cleared it. ``draft`` copies the stored units,
``workbench`` opens connections on them, ``closing`` closes months, ``assembly`` builds the files:
``build`` fills one with what ``geography``, ``areas``, ``coverage`` and ``labels`` give,
``accuracy`` adds the expected errors, ``checks`` refuses a file that breaks the contract.
``files`` names, seals and switches, ``recovery`` repairs what a killed command left, ``editions``
lists all and goes back. ``preview`` shows what ``comparison`` and ``jumps`` find, in
``preview_text`` and ``preview_page``; ``digest`` says whether two files hold the same. How units
are made belongs to ``etl.protect``; nothing of the truth, the carry or a partner may enter here.
"""

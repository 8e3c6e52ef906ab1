"""Release: closed periods become one immutable file that the dashboard may open.

``publication`` leads through the steps, ``closing`` says which months are closed, ``sources`` of
which kind the data are, ``geography`` takes places from the gazetteer, ``build`` fills the file,
``labels`` tells it the registry's words, ``checks`` refuses a file that breaks the contract,
``files`` names, seals and switches. How units are made belongs to ``etl.protect``; nothing of the
truth, the carry or a partner may enter here.
"""

from etl.release.publication import FactReport, Published, publish

__all__ = ["FactReport", "Published", "publish"]

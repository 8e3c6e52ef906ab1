"""Release: closed periods become one immutable file that the dashboard may open.

``publication`` leads through the steps: ``closing`` closes months on a draft, ``assembly`` builds
the files of an edition with what stands in ``contents``, ``approval`` says who cleared it after a
``preview``, and ``files`` names, seals and switches. ``recovery`` repairs what a killed command
left, ``editions`` lists all and goes back, ``digest`` says whether two files hold the same. How
units are made belongs to ``etl.protect``; nothing of the truth, the carry or a partner may enter
here.
"""

"""The operator's side: from a partner's file to a published release.

The way of a file: ``intake`` leads it through ``read``, ``harmonise`` (with ``screen`` and the
``places`` of the gazetteer) and ``rules`` into the ``register``, as its ``declaration`` says. The
way of a release: ``release`` leads through ``events`` and ``protect``. ``duplicates`` and
``erasure`` decide about records; ``sample`` and ``geography`` make files that are committed. Every
command stands in ``commands``.

Of ``dashboard`` only ``dashboard.model`` may be imported here.
"""

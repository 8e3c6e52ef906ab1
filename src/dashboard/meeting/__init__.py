"""Meeting: what a working group writes down: decisions, flags, saved views, requests for its data.

It is kept in the file of accounts, never in a release, and names no person: a decision has the type
of its owner, a shared view the role of who shared it, a request an organisation. What somebody may
write at all says ``model.written_text``; who may write or read it, ``access.roles``.

A decision keeps the answer that the meeting saw, in every language, byte for byte as the door of
exhibits gave it. So a member, who may open no older edition, still reads what was said then: these
are words and numbers of a protected edition that every member could open on that day. They are
shown as long as that edition is there. Where it was taken back or is kept no more, they are not
shown either, and nobody says what was then.
"""

"""Access: whose accounts there are, who is asking, what a role may do, and the record of it.

Nothing here knows a figure. What a release may be shown is decided in ``release.admission``; what
a request must look like in ``security``.
"""

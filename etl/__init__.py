"""The operator's side: from a partner's file to a published release.

Of ``dashboard`` only ``dashboard.model`` may be imported here.
"""

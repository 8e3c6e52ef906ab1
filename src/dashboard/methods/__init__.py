"""Methods: what the pages tell about how the numbers were made, beside the numbers themselves.

The worked example belongs here. Words stand in ``words``, the page's parts in ``components``.
"""

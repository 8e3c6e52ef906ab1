"""The pages of access: plain forms that work without scripts.

A page reads its form, asks the accounts, and answers with a page or the way to the next. Who may
ask for it is decided in ``gate``; what they say stands in ``words``.
"""

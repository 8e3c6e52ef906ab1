"""Sign-off: partners approve what a preview showed before it is published.

``rule`` is what the group decided, ``decision`` puts another in its place, ``round_content`` what
partners are shown, ``rounds`` the file that asks them, ``answers`` what a publication makes of the
answers.
The web process shows a round and takes the answers; nothing here reads what it keeps.
"""

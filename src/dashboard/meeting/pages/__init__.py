"""The pages of a meeting: plain forms that work without scripts, in the frame of access.

A page reads its form, asks a module of the meeting, and answers. Who may ask is decided in
``access.gate``.
"""

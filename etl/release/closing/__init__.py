"""Closing: what stands before a month of a store can be closed, and the closing itself.

``terms`` says on what a store publishes and ``origin`` of which kind its data are. ``draft``
copies the stored units and ``workbench`` opens connections on the copies; ``months`` says when a
month may close, and closes it. How units are made belongs to ``etl.protect``.
"""

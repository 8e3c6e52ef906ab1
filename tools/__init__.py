"""What those who work on Situation Atlas run and no group does; no part of the wheel.

It may use the product; the product uses nothing of it.
"""

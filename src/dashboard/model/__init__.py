"""The registry: codes, fields, tables, facts and periods that both sides share.

Pure data and types belong here. Nothing here reads a file, opens a store, or knows Dash.
"""

"""The reader's side: from a protected release to exhibits on a page.

Nothing here may open the register, the extracts or any other store of the operator.
"""

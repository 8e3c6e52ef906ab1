"""Outlines: the ground that each camp takes up, as a mapping office publishes it.

``outline_file`` reads what an operator was given, ``outlines`` keeps what was loaded in
``operator/outlines.csv``. Boundaries of divisions, districts and upazilas come with the product
(``etl.geography``); nothing here is about a person.
"""

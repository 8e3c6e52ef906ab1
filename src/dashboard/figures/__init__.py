"""Figures: arrays and labels in; out comes a plotly figure, or the description of a map, as a dict.

Drawing belongs here. What is drawn, and what it means, is decided in ``exhibits``; numbers are
worked out in ``analysis``. Nothing here reads a release or knows Dash, and no plotly object is
built: a dict is what the browser gets, and building one costs nothing.

``layout.meta`` tells the browser what plotly has no word for: ``form``; ``height`` in pixels;
``min_width`` below which the figure scrolls sideways; and ``narrow`` (changes of the layout on a
phone, with a height of their own). Where a click on a mark chooses something, ``click`` is the
filter, and ``choices`` has the label of each code and what a click does. An exhibit may add
``only``: groups that its card leads to, each with a name and its codes by filter. ``marks`` is the
list under a chart of what its numbered marks mean (``marks``); ``codes`` are the areas that a line
is about. What a map says of itself stands in
``map_description``.
"""

"""Figures: arrays and labels in, a plotly figure as a plain dict out.

Drawing belongs here. What is drawn, and what it means, is decided in ``exhibits``; numbers are
worked out in ``analysis``. Nothing here reads a release or knows Dash, and no plotly object is
built: a dict is what the browser gets, and building one costs nothing.

``layout.meta`` tells the browser what plotly has no word for: ``form``; ``height`` in pixels;
``min_width`` below which the figure scrolls sideways; and of a map ``bounds`` (west, south, east,
north to fit), ``view`` (the map moves only when it changes) and ``narrow`` (changes of the layout
on a phone, with a height of their own).
"""

"""Parts: what exhibits of several pages are made of. None of them is an exhibit by itself."""

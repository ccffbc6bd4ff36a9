"""The office's front page: what waits for whoever works there, each a number with its way.

It stands above the packages that know, and keeps nothing itself.
"""

"""A resident's own pages: what waits for them, all that is kept about them, and leaving.

It stands above the packages that keep something about people, and keeps nothing itself. What
they keep is told by `workflow.export_of` and ended by `workflow.leave`; tests walk every column
that names a person, so that nothing new is forgotten by either.
"""

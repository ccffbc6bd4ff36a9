"""The same examples in every run, so that a law that breaks was broken by a change."""

from hypothesis import settings

settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, max_examples=200
)
settings.load_profile("steady")

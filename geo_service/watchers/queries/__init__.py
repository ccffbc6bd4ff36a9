"""Questions about watchers. Each returns SQL; the caller decides when to run it."""

from geo_service.watchers.queries.members import is_watcher

__all__ = ["is_watcher"]

"""Questions about listings: what is nearby, what lies in a box, how many there are where."""

from geo_service.listings.queries.nearby import Found, find
from geo_service.listings.queries.search import Search

__all__ = ["Found", "Search", "find"]

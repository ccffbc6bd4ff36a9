"""Questions about spaces, their bookings, and when they are free."""

from geo_service.spaces.queries.spaces import parts_of, the_space

__all__ = ["parts_of", "the_space"]

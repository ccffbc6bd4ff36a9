"""What somebody with some time may do near here."""

from geo_service.spare.queries.chances import chances, next_chance

__all__ = ["chances", "next_chance"]

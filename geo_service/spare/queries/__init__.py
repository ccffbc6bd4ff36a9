"""What somebody with some time may do near here."""

from geo_service.spare.queries.chances import Asking, Chance, chances, next_chance

__all__ = ["Asking", "Chance", "chances", "next_chance"]

"""Public figures become homes in hexagons, and those neighbourhoods."""

from geo_service.neighbourhoods.imports.homes import Outcome, take_in

__all__ = ["Outcome", "take_in"]

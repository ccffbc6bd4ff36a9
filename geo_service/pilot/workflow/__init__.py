"""What happens to the pilot district: it is loaded, and loaded again when its files change."""

from geo_service.pilot.workflow.loading import DATA, Loaded, load
from geo_service.pilot.workflow.neighbours import put_on_map, worry
from geo_service.pilot.workflow.people import password_from, welcome
from geo_service.pilot.workflow.reading import PilotIsMisspelt

__all__ = [
    "DATA",
    "Loaded",
    "PilotIsMisspelt",
    "load",
    "password_from",
    "put_on_map",
    "welcome",
    "worry",
]

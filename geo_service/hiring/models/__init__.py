"""Applications, the draws that order them, and what somebody has not sent yet."""

from geo_service.hiring.models.application import (
    Application,
    ApplicationState,
    Consent,
    Reason,
    Stage,
    Way,
)
from geo_service.hiring.models.draft import Draft
from geo_service.hiring.models.draw import Draw

__all__ = [
    "Application",
    "ApplicationState",
    "Consent",
    "Draft",
    "Draw",
    "Reason",
    "Stage",
    "Way",
]

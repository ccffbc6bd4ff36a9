"""What is kept about watchers, their cards, what offices offer them, and what they do together."""

from geo_service.watchers.models.activity import Activity, Part
from geo_service.watchers.models.benefit import Benefit, BenefitCount, BenefitMark
from geo_service.watchers.models.card import Card, CardKey, CardKind
from geo_service.watchers.models.refusal import Refusal
from geo_service.watchers.models.watcher import Enrolment, Terms, Watcher, WatcherState

__all__ = [
    "Activity",
    "Benefit",
    "BenefitCount",
    "BenefitMark",
    "Card",
    "CardKey",
    "CardKind",
    "Enrolment",
    "Part",
    "Refusal",
    "Terms",
    "Watcher",
    "WatcherState",
]

"""The membership, centre, benefit or activity that a door is about."""

from geo_service.watchers.access.desk import (
    HeldActivity,
    HeldBenefit,
    HeldCentre,
    HeldWatcher,
    TheActivity,
    TheBenefit,
    TheCentre,
    TheWatcher,
)
from geo_service.watchers.access.own import MyActivity, MyChangingMembership, MyMembership

__all__ = [
    "HeldActivity",
    "HeldBenefit",
    "HeldCentre",
    "HeldWatcher",
    "MyActivity",
    "MyChangingMembership",
    "MyMembership",
    "TheActivity",
    "TheBenefit",
    "TheCentre",
    "TheWatcher",
]

"""How far people walk, and how long it takes them."""

from enum import StrEnum

WALK_RADIUS_M = 700
"""'Nearby', in metres as the crow flies: ten minutes at the usual pace."""


class Pace(StrEnum):
    """How fast somebody walks."""

    USUAL = "usual"
    """700 m in ten minutes: a straight circle of 700 m is 'ten minutes' at this pace."""

    SLOW = "slow"
    """An elder's pace: 480 m in ten minutes.

    Source: what crossings in elders' protection zones are timed for in Korea (경찰청).
    """

    @property
    def metres_per_second(self) -> float:
        """Speed, from door to door."""
        return {Pace.USUAL: 1.17, Pace.SLOW: 0.8}[self]

    @property
    def millimetres_per_minute(self) -> int:
        """The same speed as a whole number, so that minutes are counted without noise."""
        return round(self.metres_per_second * 60_000)


def walk_minutes(distance_m: float, pace: Pace = Pace.USUAL) -> int:
    """Whole minutes a walk takes: rounded up, so that nobody is promised too little; at least 1.

    Distances count to the millimetre: noise behind it never adds a minute.
    """
    return max(1, -(-round(distance_m * 1000) // pace.millimetres_per_minute))


def metres_in(minutes: float, pace: Pace = Pace.USUAL) -> float:
    """How far somebody comes in that time."""
    return minutes * pace.millimetres_per_minute / 1000

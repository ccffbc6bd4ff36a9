"""How long a walk takes."""

import pytest

from geo_service.geo.walking import WALK_RADIUS_M, Pace, metres_in, walk_minutes


@pytest.mark.parametrize(
    ("distance_m", "usual", "slow"),
    [
        (0, 1, 1),
        (0.4, 1, 1),
        (48, 1, 1),
        (48.001, 1, 2),
        (70.2, 1, 2),
        (70.2006, 2, 2),
        (70.201, 2, 2),
        (140.4, 2, 3),
        (210.6, 3, 5),
        (351, 5, 8),
        (480, 7, 10),
        (480.001, 7, 11),
        (700, 10, 15),
        (702, 10, 15),
        (702.001, 11, 15),
        (1000, 15, 21),
        (5000, 72, 105),
    ],
)
def test_minutes_are_rounded_up(distance_m: float, usual: int, slow: int) -> None:
    assert walk_minutes(distance_m) == usual
    assert walk_minutes(distance_m, Pace.SLOW) == slow


@pytest.mark.parametrize("pace", Pace)
def test_noise_behind_the_millimetre_adds_no_minute(pace: Pace) -> None:
    for minutes in range(1, 120):
        for noise_m in (-1e-7, 0, 1e-9, 1e-7):
            assert walk_minutes(metres_in(minutes, pace) + noise_m, pace) == minutes


def test_a_nearby_place_is_ten_minutes_away_at_most() -> None:
    assert walk_minutes(WALK_RADIUS_M) == 10
    assert walk_minutes(WALK_RADIUS_M + 1e-7) == 10


def test_paces_are_told_in_metres_per_second() -> None:
    assert {pace: pace.metres_per_second for pace in Pace} == {"usual": 1.17, "slow": 0.8}
    assert metres_in(10, Pace.SLOW) == 480

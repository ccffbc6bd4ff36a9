"""What an officer says of a job, and the shifts that follow from it."""

from datetime import date, datetime, time
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy.dialects.postgresql import Range

from geo_service.clock import KOREA
from geo_service.jobs.models import Job, PayUnit
from geo_service.jobs.schemas.offers import shifts_of
from geo_service.jobs.schemas.shifts import shifts
from tests.factories import HOME
from tests.jobs import an_offer


def a_job(week: list[tuple[int, int]], first: date, last: date, **said: Any) -> Job:
    usual: dict[str, Any] = {
        "title": "일",
        "place": HOME,
        "office_id": None,
        "pay_won": 11_500,
        "pay_unit": PayUnit.HOUR,
    }
    job = Job(**usual | said)
    job.works_from, job.works_until = first, last
    job.open_week = [Range(*span) for span in week]
    return job


NIGHT = {"days": ["sun"], "starts": "22:00", "ends": "02:00"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"works_until": date(2026, 12, 6)}, "must not end before it begins"),
        ({"pay_unit": "task"}, "Say task_hours with pay for a task"),
        ({"task_hours": "2"}, "Say task_hours with pay for a task"),
        ({"shifts": [NIGHT, NIGHT]}, "at the same time"),
        (
            {"shifts": [NIGHT, {"days": ["mon"], "starts": "01:00", "ends": "03:00"}]},
            "at the same time",
        ),
        ({"shifts": [NIGHT | {"ends": "22:00"}]}, "another time than it starts"),
        ({"title": "가\x00나다"}, "pattern"),
        ({"questions": ["두\n줄"]}, "pattern"),
        ({"questions": ["?"] * 6}, "at most 5"),
        ({"place": {"lat": 51.5, "lng": 0.1}}, "greater than or equal"),
        ({"apply_until": datetime(1999, 1, 1, tzinfo=KOREA)}, "between 2020 and 2100"),
        ({"colour": "green"}, "Extra inputs"),
    ],
)
def test_an_offer_that_contradicts_itself_is_refused(said: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        an_offer(**said)


def test_a_week_is_told_back_as_it_was_said() -> None:
    told = [
        {"days": ["tue", "thu"], "starts": "09:00", "ends": "12:00"},
        {"days": ["sat"], "starts": "14:00", "ends": "00:00"},
        NIGHT,
    ]
    week = an_offer(shifts=told).week
    back = shifts_of([Range(opens, closes) for opens, closes in week])
    assert [(each.days, each.starts, each.ends) for each in back] == [
        (["tue", "thu"], time(9), time(12)),
        (["sat"], time(14), time(0)),
        (["sun"], time(22), time(2)),
    ]
    assert shifts_of(None) == []


def test_a_job_has_a_shift_on_each_of_its_days() -> None:
    job = a_job([(600, 780), (3480, 3660)], date(2026, 12, 7), date(2026, 12, 14), breaks_min=30)
    assert [(each.on.day, each.starts_at.hour, each.minutes) for each in shifts(job)] == [
        (7, 10, 150),
        (9, 10, 150),
        (14, 10, 150),
    ]


def test_a_night_is_one_shift_of_the_day_on_which_it_begins() -> None:
    week = an_offer(shifts=[NIGHT]).week
    job = a_job(list(week), date(2026, 12, 6), date(2026, 12, 7))
    (night,) = shifts(job)
    assert (night.on, night.ends_at) == (
        date(2026, 12, 6),
        datetime(2026, 12, 7, 2, tzinfo=KOREA),
    )


def test_nobody_works_on_closed_days() -> None:
    job = a_job([(5760, 6000)], date(2026, 12, 18), date(2026, 12, 25), closed_days=["holiday"])
    assert [each.on.day for each in shifts(job)] == [18], "the 25th is a public holiday"


def test_without_days_there_are_no_shifts() -> None:
    job = a_job([(600, 780)], date(2026, 12, 7), date(2026, 12, 8))
    job.works_until = None
    assert list(shifts(job)) == []

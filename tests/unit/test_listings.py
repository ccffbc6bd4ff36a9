"""What a listing says of itself, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.dialects.postgresql import Range

from geo_service.jobs.models import Job, PayUnit
from tests.factories import HOME

NOON = datetime(2026, 12, 1, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("begin", "end", "closed_at", "over"),
    [
        (None, None, None, False),
        (None, NOON + HOUR, None, False),
        (None, NOON, None, True),
        (NOON + HOUR, None, None, False),
        (None, None, NOON - HOUR, True),
        (NOON - HOUR, NOON + HOUR, NOON - HOUR, True),
    ],
)
def test_what_is_closed_or_has_run_out_is_over_and_what_is_to_come_is_not(
    begin: datetime | None, end: datetime | None, closed_at: datetime | None, *, over: bool
) -> None:
    job = Job(
        title="책 정리 돕기",
        place=HOME,
        office_id=uuid4(),
        pay_won=11_500,
        pay_unit=PayUnit.HOUR,
        open_during=Range(begin, end),
        closed_at=closed_at,
    )
    assert job.is_over(NOON) is over

"""What people must be able to read of a job before they apply, and for as long as they may."""

from itertools import islice

from geo_service.errors import BadField
from geo_service.jobs.models import Job
from geo_service.jobs.schemas.shifts import MOST_SHIFTS, shifts


class NotReady(BadField):
    """Something that people must know before they apply is still missing."""

    def __init__(self, field: str, english: str, korean: str) -> None:
        super().__init__(field, english)
        self.korean = korean  # type: ignore[misc]


def guard_whole(job: Job) -> None:
    """Its days and hours are known, and are no more than one person can be promised.

    Raises: NotReady.
    """
    if job.works_from is None:
        raise NotReady(
            "works_from", "Say on which day the work begins.", "일하는 첫날을 적어 주세요."
        )
    if job.works_until is None:
        raise NotReady(
            "works_until", "Say on which day it ends.", "일하는 마지막 날을 적어 주세요."
        )
    if not job.open_week:
        raise NotReady("shifts", "Say when people work.", "일하는 요일과 시간을 적어 주세요.")
    if len(list(islice(shifts(job), MOST_SHIFTS + 1))) > MOST_SHIFTS:
        raise NotReady(
            "works_until",
            f"One job has at most {MOST_SHIFTS} shifts. End it sooner, and post another.",
            f"한 일자리에 근무를 {MOST_SHIFTS}번까지 정할 수 있어요. 더 일찍 끝나게 나누어 주세요.",
        )

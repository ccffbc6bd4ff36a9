"""Writing a job, and writing it anew."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.areas.queries import area_at
from geo_service.clock import KOREA
from geo_service.errors import BadField, Conflict
from geo_service.geo.place import Place
from geo_service.hours.korean import week_words
from geo_service.hours.week import Spans
from geo_service.jobs.models import Job, JobState
from geo_service.jobs.schemas.offers import Offer
from geo_service.jobs.schemas.shifts import end_of
from geo_service.jobs.workflow.standing import JobIsDone
from geo_service.jobs.workflow.wages import guard_wage
from geo_service.jobs.workflow.wholeness import guard_whole
from geo_service.listings.models import ALWAYS
from geo_service.offices.models import Office
from geo_service.programmes.models import Programme
from geo_service.programmes.queries import paying_on

LAWFUL_WEEK_H = 52
"""Source: 근로기준법 제53조."""


class NoPlace(BadField):
    """Nobody knows where this is."""

    korean = "일하는 곳을 정해 주세요."


class TooLongAWeek(BadField):
    """Nobody may work so long in a week."""

    korean = "한 주에 52시간까지만 일할 수 있어요."


class NoSuchProgramme(BadField):
    """Your office has no such allowance programme that pays on these days."""

    korean = "이 날짜에 쓸 수 있는 수당 사업이 아니에요."


class SeatsAreTaken(BadField):
    """More people have been chosen already."""

    korean = "이미 뽑은 사람보다 적게 할 수 없어요."


class WorkIsPromised(Conflict):
    """Somebody has been chosen for these days, hours and pay. Close this job and post another."""

    korean = (
        "이미 정해진 사람이 있어 날짜, 시간, 돈, 수당 사업은 바꿀 수 없어요."
        " 이 글을 마감하고 새로 올려 주세요."
    )


def post(session: Session, offer: Offer, *, office: Office, by: UUID | None, at: datetime) -> Job:
    """Keep a new job as a draft of its office.

    Raises: PaysTooLittle, NoPlace, TooLongAWeek, NoSuchProgramme.
    """
    guard_wage(offer, at)
    job = Job(
        title=offer.title,
        pay_won=offer.pay_won,
        pay_unit=offer.pay_unit,
        place=_place(offer, office),
        office_id=office.id,
        posted_by_id=by,
    )
    job.area_id = _area_id(session, job.place)
    _say(job, offer, office)
    _fund(session, job, offer, at)
    session.add(job)
    session.flush()
    return job


def edit(session: Session, job: Job, offer: Offer, *, at: datetime) -> None:
    """Let an office say something else about its job.

    Raises: JobIsDone, SeatsAreTaken, WorkIsPromised, PaysTooLittle, NoPlace, TooLongAWeek,
    NoSuchProgramme; NotReady, once it is published.
    """
    if job.state is JobState.DONE:
        raise JobIsDone
    if offer.seats < job.taken:
        raise SeatsAreTaken("seats", f"{job.taken} people have been chosen already.")
    guard_wage(offer, at)
    promised, pay_won = _promised(job), job.pay_won
    _say(job, offer, job.office)
    _fund(session, job, offer, at)
    if job.published_at is not None:
        guard_whole(job)
    if job.taken and (_promised(job) != promised or job.pay_won < pay_won):
        raise WorkIsPromised
    place = _place(offer, job.office)
    if place != job.place:
        job.place = place
        job.area_id = _area_id(session, place)
    job.version += 1
    session.flush()
    session.refresh(job)  # seats may have closed or opened it


def _promised(job: Job) -> tuple[object, ...]:
    """What was planned with whoever has been chosen: when they work, and out of which budget."""
    return (
        job.pay_unit,
        job.task_hours,
        job.works_from,
        job.works_until,
        job.open_week or [],
        job.closed_days,
        job.breaks_min,
        job.programme_id,
    )


def _say(job: Job, offer: Offer, office: Office) -> None:
    """Fill the columns that an offer tells, but for the place."""
    week = offer.week
    at_the_office = offer.place is None and office.address
    job.title = offer.title
    job.summary = offer.summary
    job.address = offer.address or at_the_office or ""
    job.pay_won = offer.pay_won
    job.pay_unit = offer.pay_unit
    job.task_hours = offer.task_hours
    job.works_from = offer.works_from
    job.works_until = offer.works_until
    job.open_week = [Range(opens, closes) for opens, closes in week]
    job.closed_days = ["holiday"] if offer.no_holidays else []
    job.hours_words = week_words(week) if week else ""
    job.weekly_hours = _weekly_hours(offer, week)
    job.breaks_min = offer.breaks_min
    job.seats = offer.seats
    job.turn = offer.turn
    job.open_during = _open_during(offer)
    job.withdraw_until = offer.withdraw_until
    job.questions = list(offer.questions)
    job.how_to_apply = offer.how_to_apply
    job.apply_phone = offer.apply_phone


def _fund(session: Session, job: Job, offer: Offer, at: datetime) -> None:
    """Let a programme of the office pay, and be named on the card; or none."""
    if offer.programme_id == job.programme_id:
        return
    programme = None
    if offer.programme_id is not None:
        day = offer.works_from or at.astimezone(KOREA).date()
        paying = paying_on(job.office_id, day).where(Programme.id == offer.programme_id)
        programme = session.scalar(paying)
        if programme is None:
            raise NoSuchProgramme("programme_id", NoSuchProgramme.title())
    job.programme_id = offer.programme_id
    job.allowance_programme = None if programme is None else programme.name


def _place(offer: Offer, office: Office) -> Place:
    if place := offer.here or office.place:
        return place
    raise NoPlace("place", "Say where it is: this office has no place of its own.")


def _area_id(session: Session, place: Place) -> int | None:
    area = session.scalar(area_at(place))
    return None if area is None else area.id


def _weekly_hours(offer: Offer, week: Spans) -> Decimal | None:
    """The paid hours of a full week. Raises: TooLongAWeek."""
    minutes = sum(closes - opens for opens, closes in week)
    minutes -= offer.breaks_min * sum(len(set(shifts.days)) for shifts in offer.shifts)
    if minutes > LAWFUL_WEEK_H * 60:
        raise TooLongAWeek("shifts", f"A week has at most {LAWFUL_WEEK_H} hours of work.")
    return (Decimal(minutes) / 60).quantize(Decimal("0.1")) if minutes > 0 else None


def _open_during(offer: Offer) -> Range[datetime]:
    if offer.apply_until is not None:
        return Range(None, offer.apply_until)
    return Range(None, end_of(offer.works_until)) if offer.works_until else ALWAYS

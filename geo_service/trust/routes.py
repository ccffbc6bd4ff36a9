"""Reviews and records as JSON."""

from fastapi import APIRouter

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.clock import now
from geo_service.offices.access import ActingDesk
from geo_service.trust.access import AnyOffice, MyReviewedWork, OurReviewedWorker, OurWorker
from geo_service.trust.models import Side
from geo_service.trust.schemas import (
    KindsOut,
    MissedOut,
    OfficeRecordOut,
    RecordOut,
    ReviewIn,
    ReviewOut,
    TallyOut,
)
from geo_service.trust.workflow.reviewing import Words, write
from geo_service.trust.workflow.telling import Record, Tally, office_record, record_of
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1", tags=["trust"], route_class=OnceRoute)


def _tally(tally: Tally) -> TallyOut:
    return TallyOut(yes=tally.yes, partly=tally.partly, no=tally.no)


def _told(record: Record) -> RecordOut:
    return RecordOut(
        jobs=record.jobs,
        minutes=record.minutes,
        worked=[
            KindsOut(kind=each.kind, jobs=each.jobs, minutes=each.minutes) for each in record.worked
        ],
        missed=[
            MissedOut(
                shift_id=shift.id,
                job=shift.job.title,
                work_on=shift.work_on,
                remark=remark.words if remark else None,
            )
            for shift, remark in record.missed
        ],
        kept=_tally(record.kept),
        again=_tally(record.again),
        reviews=[ReviewOut.of(review) for review in record.reviews],
    )


@router.get("/my/record")
def my_record(person: SignedIn, session: ReadSession) -> RecordOut:
    """What offices that one applies to read about one's work."""
    return _told(record_of(session, person.id, at=now()))


@router.get("/applications/{application_id}/record")
def applicants_record(application: OurWorker, session: ReadSession) -> RecordOut:
    """The record of somebody who applied to one's office."""
    return _told(record_of(session, application.person_id, at=now()))


@router.post("/my/applications/{application_id}/review", status_code=201)
def review_office(
    application: MyReviewedWork, said: ReviewIn, person: Acting, session: DbSession, _once: Once
) -> ReviewOut:
    """Say how the work was; shown once the office has written too, or after seven days."""
    words = Words(said.kept, said.again, said.line)
    return ReviewOut.of(write(session, application, Side.PERSON, words, by_id=person.id, at=now()))


@router.post("/applications/{application_id}/review", status_code=201)
def review_worker(
    application: OurReviewedWorker,
    said: ReviewIn,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> ReviewOut:
    """Say how it was with them; shown once they have written too, or after seven days."""
    words = Words(said.kept, said.again, said.line)
    return ReviewOut.of(
        write(session, application, Side.OFFICE, words, by_id=desk.person.id, at=now())
    )


@router.get("/offices/{office_id}/record")
def what_people_say(office: AnyOffice, session: ReadSession) -> OfficeRecordOut | None:
    """What people who worked for an office say of it; null while they are fewer than five."""
    told = office_record(session, office.id, at=now())
    if told is None:
        return None
    return OfficeRecordOut(kept=_tally(told.kept), again=_tally(told.again))

"""Reviews and records on the screen."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, SignedIn
from geo_service.clock import now
from geo_service.hiring.models import Application
from geo_service.offices.access import ActingDesk, Desk
from geo_service.shifts.models import Shift
from geo_service.trust.access import (
    AnyOffice,
    MissedShift,
    MyReviewedWork,
    MyWork,
    OurReviewedWorker,
    OurWorker,
    RemarkedShift,
)
from geo_service.trust.models import Remark, Side
from geo_service.trust.queries import (
    rounds_waiting_at,
    rounds_waiting_for,
    shown_review,
    written_by,
)
from geo_service.trust.schemas import RemarkForm, ReplyForm, ReviewForm
from geo_service.trust.workflow.reviewing import Words, reply, write
from geo_service.trust.workflow.telling import office_record, record_of, remark
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)


@router.get("/my/record")
def my_record_page(request: Request, person: SignedIn, session: ReadSession) -> HTMLResponse:
    """One's own record, as offices read it, and what waits to be written."""
    at = now()
    return page(
        request,
        "trust/record.html",
        record=record_of(session, person.id, at=at),
        waiting=session.scalars(rounds_waiting_for(person.id, at=at)).all(),
        reply_form=blank(ReplyForm),
    )


@router.get("/my/record/shifts/{missed_id:uuid}")
def remark_page(request: Request, shift: MissedShift, session: ReadSession) -> HTMLResponse:
    """Say what is wrong about a missed shift."""
    said = session.get(Remark, shift.id)
    return _remark_page(request, shift, blank(RemarkForm, words=said.words if said else ""))


@router.post("/my/record/shifts/{missed_id:uuid}")
def say_remark(
    request: Request, shift: RemarkedShift, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Keep it beside the record."""
    form = filled(RemarkForm, sent)
    if form.value is not None:
        remark(session, shift, form.value.words, at=now())
        return led(request, "/my/record", "trust.remarked")
    return _remark_page(request, shift, form)


def _remark_page(request: Request, shift: Shift, form: Filled[RemarkForm]) -> HTMLResponse:
    return page(request, "trust/remark.html", status=form.status, shift=shift, form=form)


def _review_page(
    request: Request,
    session: Session,
    application: Application,
    side: Side,
    form: Filled[ReviewForm],
    reply_form: Filled[ReplyForm] | None = None,
) -> HTMLResponse:
    reply_form = reply_form or blank(ReplyForm)
    return page(
        request,
        "trust/review_office.html" if side is Side.PERSON else "trust/review_worker.html",
        status=max(form.status, reply_form.status),
        application=application,
        form=form,
        reply_form=reply_form,
        written=session.scalar(written_by(application.id, side)),
        theirs=session.scalar(shown_review(application.id, side.other, at=now())),
    )


@router.get("/my/reviews/{application_id:uuid}")
def review_office_page(request: Request, application: MyWork, session: ReadSession) -> HTMLResponse:
    """Two questions about the work and the office."""
    return _review_page(request, session, application, Side.PERSON, blank(ReviewForm))


@router.post("/my/reviews/{application_id:uuid}")
def review_office(
    request: Request,
    application: MyReviewedWork,
    sent: Sent,
    person: Acting,
    session: DbSession,
    _once: Once,
) -> Response:
    """Write it, once."""
    form = filled(ReviewForm, sent)
    if form.value is not None:
        words = Words(form.value.kept, form.value.again, form.value.line or "")
        with form.attempt(session):
            write(session, application, Side.PERSON, words, by_id=person.id, at=now())
            return led(request, "/my/record", "trust.written")
    return _review_page(request, session, application, Side.PERSON, form)


@router.post("/my/reviews/{application_id:uuid}/reply")
def reply_to_office(
    request: Request, application: MyReviewedWork, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Answer what the office said."""
    form = filled(ReplyForm, sent)
    if form.value is not None:
        with form.attempt(session):
            reply(session, application.id, Side.PERSON, form.value.words, at=now())
            return led(request, "/my/record", "trust.replied")
    return _review_page(
        request, session, application, Side.PERSON, blank(ReviewForm), reply_form=form
    )


@router.get("/office/reviews")
def office_reviews_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """Whom to review; what closes first comes first."""
    waiting = session.scalars(rounds_waiting_at(desk.offices, at=now())).all()
    return page(request, "trust/waiting.html", waiting=waiting)


@router.get("/office/applications/{application_id:uuid}/record")
def worker_record_page(
    request: Request, application: OurWorker, session: ReadSession
) -> HTMLResponse:
    """The record of somebody who applied to one's office."""
    record = record_of(session, application.person_id, at=now())
    return page(request, "trust/worker.html", application=application, record=record)


@router.get("/office/applications/{application_id:uuid}/review")
def review_worker_page(
    request: Request, application: OurWorker, session: ReadSession
) -> HTMLResponse:
    """Two questions about somebody who worked here."""
    return _review_page(request, session, application, Side.OFFICE, blank(ReviewForm))


@router.post("/office/applications/{application_id:uuid}/review")
def review_worker(
    request: Request,
    application: OurReviewedWorker,
    sent: Sent,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """Write it, once."""
    form = filled(ReviewForm, sent)
    if form.value is not None:
        words = Words(form.value.kept, form.value.again, form.value.line or "")
        with form.attempt(session):
            write(session, application, Side.OFFICE, words, by_id=desk.person.id, at=now())
            return led(request, "/office/reviews", "trust.written")
    return _review_page(request, session, application, Side.OFFICE, form)


@router.post("/office/applications/{application_id:uuid}/review/reply")
def reply_to_worker(
    request: Request, application: OurReviewedWorker, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Answer what the person said."""
    form = filled(ReplyForm, sent)
    if form.value is not None:
        with form.attempt(session):
            reply(session, application.id, Side.OFFICE, form.value.words, at=now())
            return led(request, "/office/reviews", "trust.replied")
    return _review_page(
        request, session, application, Side.OFFICE, blank(ReviewForm), reply_form=form
    )


@router.get("/offices/{office_id:uuid}/record")
def office_record_page(request: Request, office: AnyOffice, session: ReadSession) -> HTMLResponse:
    """What people who worked for an office say of it, and how it is counted."""
    record = office_record(session, office.id, at=now())
    return page(request, "trust/office.html", office=office, record=record)

"""The minutes on the screen: the draft, who writes, who was there."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.meetings.access.records import (
    ActingLeader,
    ActingScribe,
    Hand,
    Scribe,
)
from geo_service.meetings.models import Minutes
from geo_service.meetings.queries.records import coming_to, editions_of
from geo_service.meetings.schemas.records.forms import (
    MinutesForm,
    PublishForm,
    ScribeForm,
    SignInForm,
)
from geo_service.meetings.workflow.minutes import (
    Said,
    draft,
    has_begun,
    minutes_to_edit,
    name_scribe,
    publish,
    sign_in,
)
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import edited, editing

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

MY, OURS = "/my/meetings/{meeting_id:uuid}", "/office/meetings/{meeting_id:uuid}"


def _page(
    request: Request,
    session: Session,
    hand: Hand,
    *,
    form: Filled[MinutesForm] | None = None,
    publishing: Filled[PublishForm] | None = None,
    naming: Filled[ScribeForm] | None = None,
) -> HTMLResponse:
    at, meeting = now(), hand.meeting
    minutes = session.get(Minutes, meeting.id) or Minutes(meeting_id=meeting.id, drafted_at=at)
    form = form or editing(MinutesForm, of=minutes)
    publishing = publishing or blank(PublishForm)
    naming = naming or blank(ScribeForm, scribe_id=minutes.scribe_id)
    coming = session.execute(coming_to(meeting.id)).all()
    return page(
        request,
        "meetings/records/minutes.html",
        status=max(form.status, publishing.status, naming.status),
        hand=hand,
        has_begun=has_begun(meeting, at),
        minutes=minutes,
        edition=session.scalars(editions_of(meeting.id)).first(),
        scribes=[(one.person_id, name) for one, name in coming if one.person_id],
        form=form,
        publishing=publishing,
        naming=naming,
    )


@router.get(MY + "/minutes")
@router.get(OURS + "/minutes")
def minutes_page(request: Request, hand: Scribe, session: ReadSession) -> HTMLResponse:
    """The draft."""
    return _page(request, session, hand)


@router.post(MY + "/minutes")
@router.post(OURS + "/minutes")
def keep_draft(
    request: Request, hand: ActingScribe, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Keep what is written; what somebody else changed meanwhile is shown beside it."""
    at = now()
    form = edited(MinutesForm, sent, of=minutes_to_edit(session, hand.meeting, at=at))
    if said := form.value:
        with form.attempt(session):
            draft(session, hand.meeting, Said(said.words, said.also, said.came), at=at)
            return led(request, f"{hand.way}/minutes", "meetings.drafted")
    return _page(request, session, hand, form=form)


@router.post(MY + "/minutes/publication")
@router.post(OURS + "/minutes/publication")
def publish_minutes(
    request: Request, hand: ActingScribe, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Let everybody read the draft as it was kept."""
    form = filled(PublishForm, sent)
    if form.value is not None:
        why, by_office = form.value.why, hand.by_office
        with form.attempt(session):
            edition = publish(session, hand.meeting, why=why, by_office=by_office, at=now())
            note = "published" if edition.number == 1 else "corrected"
            return led(request, f"/meetings/{hand.meeting.id}/record", f"meetings.{note}")
    return _page(request, session, hand, publishing=form)


@router.post(MY + "/minutes/scribe")
@router.post(OURS + "/minutes/scribe")
def choose_scribe(
    request: Request, hand: ActingLeader, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Have somebody else write."""
    form = filled(ScribeForm, sent)
    if form.value is not None:
        with form.attempt(session):
            name_scribe(session, hand.meeting, form.value.scribe_id, at=now())
            return led(request, f"{hand.way}/minutes", "meetings.scribe_named")
    return _page(request, session, hand, naming=form)


def _sheet_page(
    request: Request, session: Session, hand: Hand, form: Filled[SignInForm]
) -> HTMLResponse:
    return page(
        request,
        "meetings/records/sign_in.html",
        status=form.status,
        hand=hand,
        has_begun=has_begun(hand.meeting, now()),
        coming=session.execute(coming_to(hand.meeting.id)).all(),
        form=form,
    )


@router.get(MY + "/sign-in")
@router.get(OURS + "/sign-in")
def sign_in_page(request: Request, hand: Scribe, session: ReadSession) -> HTMLResponse:
    """Who was there, and who may be named: as the paper says."""
    coming = session.execute(coming_to(hand.meeting.id)).all()
    came = [one.id for one, _ in coming if one.came]
    named = [one.id for one, _ in coming if one.named]
    return _sheet_page(request, session, hand, blank(SignInForm, came=came, named=named))


@router.post(MY + "/sign-in")
@router.post(OURS + "/sign-in")
def write_sign_in(
    request: Request, hand: ActingScribe, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Write it down."""
    form = filled(SignInForm, sent)
    if said := form.value:
        with form.attempt(session):
            sign_in(session, hand.meeting, came=said.came, named=said.named, at=now())
            return led(request, f"{hand.way}/minutes", "meetings.signed_in")
    return _sheet_page(request, session, hand, form)

"""Who would like to be a watcher, who is one, what a dong centre sets, and sums for a district."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Once, TheSecret
from geo_service.clock import now
from geo_service.offices.access import ActingDesk, Desk
from geo_service.offices.models import Office, Role
from geo_service.watchers.access import HeldCentre, HeldWatcher, TheCentre, TheWatcher
from geo_service.watchers.models import Watcher, WatcherState
from geo_service.watchers.pages.ways import pages
from geo_service.watchers.queries.members import numbers_in, sums_under, watchers_in
from geo_service.watchers.schemas.forms import ReasonForm, TermsForm
from geo_service.watchers.workflow.deciding import confirm, decline, end
from geo_service.watchers.workflow.terms import held_terms, set_terms, terms_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import edited, editing

router = pages()

HERE = "/office/watchers"

FEWEST = 5
"""Of fewer people than this, a district learns no number."""


@router.get(HERE)
def watchers_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """Who waits and who watches, in all of one's dongs."""
    at = now()
    return page(
        request,
        "watchers/desk/list.html",
        centres=session.execute(numbers_in(desk.offices, at=at)).all(),
        waiting=session.scalars(watchers_in(desk.offices, WatcherState.WAITING, at=at)).all(),
        watching=session.scalars(watchers_in(desk.offices, WatcherState.CONFIRMED, at=at)).all(),
        sets=frozenset(post.office_id for post in desk.posts if post.role is Role.OFFICER),
    )


@router.get(HERE + "/sums")
def sums_page(request: Request, desk: Desk, session: ReadSession) -> HTMLResponse:
    """Sums for each dong of one's district, without anybody's name."""
    rows = session.execute(sums_under(desk.offices, at=now())).all()
    return page(request, "watchers/desk/sums.html", rows=rows, fewest=FEWEST)


def _one(request: Request, watcher: Watcher, form: Filled[ReasonForm]) -> HTMLResponse:
    return page(
        request,
        "watchers/desk/one.html",
        status=form.status,
        watcher=watcher,
        is_valid=watcher.is_valid(now()),
        form=form,
    )


@router.get(HERE + "/{watcher_id:uuid}")
def watcher_page(request: Request, watcher: TheWatcher) -> HTMLResponse:
    """One of them."""
    return _one(request, watcher, blank(ReasonForm))


@router.post(HERE + "/{watcher_id:uuid}/confirm")
def confirm_watcher(
    request: Request,
    watcher: HeldWatcher,
    desk: ActingDesk,
    session: DbSession,
    secret: TheSecret,
    _once: Once,
) -> Response:
    """Yes."""
    form = blank(ReasonForm)
    with form.attempt(session):
        confirm(session, secret, watcher, by_id=desk.person.id, at=now())
        return led(request, HERE, "watchers.confirmed")
    return _one(request, watcher, form)


@router.post(HERE + "/{watcher_id:uuid}/decline")
def decline_watcher(
    request: Request,
    watcher: HeldWatcher,
    desk: ActingDesk,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """No, and why."""
    form = filled(ReasonForm, sent)
    if form.value is not None:
        with form.attempt(session):
            decline(session, watcher, form.value.reason, by_id=desk.person.id, at=now())
            return led(request, HERE, "watchers.declined")
    return _one(request, watcher, form)


@router.post(HERE + "/{watcher_id:uuid}/end")
def end_watcher(
    request: Request,
    watcher: HeldWatcher,
    desk: ActingDesk,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """No more, and why."""
    form = filled(ReasonForm, sent)
    if form.value is not None:
        with form.attempt(session):
            end(session, watcher, form.value.reason, by_id=desk.person.id, at=now())
            return led(request, HERE, "watchers.ended")
    return _one(request, watcher, form)


def _terms(request: Request, centre: Office, form: Filled[TermsForm]) -> HTMLResponse:
    return page(request, "watchers/desk/terms.html", status=form.status, centre=centre, form=form)


@router.get(HERE + "/terms/{office_id:uuid}")
def terms_page(request: Request, centre: TheCentre, session: ReadSession) -> HTMLResponse:
    """What a dong centre has set."""
    return _terms(request, centre, editing(TermsForm, of=terms_of(session, centre.id)))


@router.post(HERE + "/terms/{office_id:uuid}")
def change_terms(
    request: Request, centre: HeldCentre, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Set it otherwise."""
    terms = held_terms(session, centre.id)
    form = edited(TermsForm, sent, of=terms)
    if form.value is not None:
        set_terms(session, terms, at_once=form.value.at_once, enough=form.value.enough, at=now())
        return led(request, HERE, "watchers.set")
    return _terms(request, centre, form)

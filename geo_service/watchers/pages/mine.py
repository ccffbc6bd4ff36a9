"""One's own membership: how far it is, what the dong plans, another year, and the way out."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, TheSecret
from geo_service.accounts.workflow import Secret
from geo_service.clock import now
from geo_service.watchers.access import MyActivity, MyChangingMembership, MyMembership
from geo_service.watchers.models import Watcher
from geo_service.watchers.pages.ways import pages
from geo_service.watchers.queries.activities import ahead_of
from geo_service.watchers.schemas.forms import NothingForm
from geo_service.watchers.workflow.planning import join, stay_away
from geo_service.watchers.workflow.refusals import was_turned_away
from geo_service.watchers.workflow.staying import leave, may_renew, renew
from geo_service.watchers.workflow.terms import terms_of
from geo_service.web.forms import Filled, blank
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = pages()

HERE, WATCH = "/my/watch", "/watch"


def _page(
    request: Request,
    session: Session,
    secret: Secret,
    watcher: Watcher,
    form: Filled[NothingForm],
) -> HTMLResponse:
    at = now()
    is_valid = watcher.is_valid(at)
    return page(
        request,
        "watchers/mine.html",
        status=form.status,
        form=form,
        watcher=watcher,
        is_valid=is_valid,
        can_renew=may_renew(watcher, at),
        is_marked=_is_marked(session, secret, watcher),
        terms=terms_of(session, watcher.office_id),
        activities=session.scalars(ahead_of(watcher.office_id, at=at)).all() if is_valid else (),
        at=at,
    )


def _is_marked(session: Session, secret: Secret, watcher: Watcher) -> bool:
    """Whether it outlives the membership that they were turned away."""
    kept = was_turned_away(session, secret, watcher.person_id, at=now())
    return watcher.was_refused or kept


@router.get(HERE)
def membership_page(
    request: Request, mine: MyMembership, session: ReadSession, secret: TheSecret
) -> Response:
    """All of it on one page; who has none is told what it is."""
    if mine is None:
        return led(request, WATCH)
    return _page(request, session, secret, mine, blank(NothingForm))


@router.post(HERE + "/renewal")
def one_more_year(
    request: Request, mine: MyChangingMembership, session: DbSession, secret: TheSecret, _once: Once
) -> Response:
    """Go on for another year."""
    if mine is None:
        return led(request, WATCH)
    form = blank(NothingForm)
    with form.attempt(session):
        renew(session, secret, mine, at=now())
        return led(request, HERE, "watchers.renewed")
    return _page(request, session, secret, mine, form)


@router.post(HERE + "/leaving")
def leave_watchers(
    request: Request, mine: MyChangingMembership, session: DbSession, secret: TheSecret, _once: Once
) -> Response:
    """Stop, at once and without asking anybody."""
    note = "watchers.left"
    if mine is not None:
        note = "watchers.left_marked" if _is_marked(session, secret, mine) else note
        leave(session, secret, mine, at=now())
    return led(request, WATCH, note)


@router.post(HERE + "/activities/{my_activity_id:uuid}/part")
def come(
    request: Request,
    joining: MyActivity,
    _person: Acting,
    session: DbSession,
    secret: TheSecret,
    _once: Once,
) -> Response:
    """Sign up."""
    form = blank(NothingForm)
    with form.attempt(session):
        join(session, joining.activity, joining.watcher, at=now())
        return led(request, HERE, "watchers.coming")
    return _page(request, session, secret, joining.watcher, form)


@router.post(HERE + "/activities/{my_activity_id:uuid}/absence")
def not_come(
    request: Request,
    joining: MyActivity,
    _person: Acting,
    session: DbSession,
    secret: TheSecret,
    _once: Once,
) -> Response:
    """Sign off."""
    form = blank(NothingForm)
    with form.attempt(session):
        stay_away(session, joining.activity, joining.watcher, at=now())
        return led(request, HERE, "watchers.not_coming")
    return _page(request, session, secret, joining.watcher, form)

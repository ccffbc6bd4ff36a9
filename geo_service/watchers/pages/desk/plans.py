"""The plan of a dong: what watchers do together, and what became of it."""

from datetime import timedelta

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import KOREA, now
from geo_service.offices.models import Office
from geo_service.watchers.access import HeldActivity, HeldCentre, TheActivity, TheCentre
from geo_service.watchers.models import Activity
from geo_service.watchers.pages.ways import pages
from geo_service.watchers.queries.activities import plan_of
from geo_service.watchers.queries.members import how_many
from geo_service.watchers.schemas.forms import ActivityForm, DoneForm
from geo_service.watchers.workflow.planning import Line, call_off, change, finish, plan
from geo_service.watchers.workflow.terms import terms_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import edited, editing

router = pages()

PLAN, HERE = "/office/watchers/plan", "/office/watchers/activities"


def _plan_page(
    request: Request, session: Session, centre: Office, form: Filled[ActivityForm]
) -> HTMLResponse:
    at = now()
    return page(
        request,
        "watchers/desk/plan.html",
        status=form.status,
        centre=centre,
        terms=terms_of(session, centre.id),
        watchers=session.scalar(how_many(centre.id, at=at)),
        activities=session.scalars(plan_of(centre.id)).unique().all(),
        form=form,
        at=at,
    )


@router.get(PLAN + "/{office_id:uuid}")
def plan_page(request: Request, centre: TheCentre, session: ReadSession) -> HTMLResponse:
    """Everything planned, who comes, and a form for the next."""
    begins = now().astimezone(KOREA).replace(hour=10, minute=0) + timedelta(days=7)
    form = blank(ActivityForm, starts_at=begins, ends_at=begins + timedelta(hours=2))
    return _plan_page(request, session, centre, form)


@router.post(PLAN + "/{office_id:uuid}")
def add_to_plan(
    request: Request, centre: HeldCentre, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Plan something, and tell everybody."""
    form = filled(ActivityForm, sent)
    if form.value is not None:
        with form.attempt(session):
            plan(session, centre.id, Line(**form.value.model_dump()), at=now())
            return led(request, f"{PLAN}/{centre.id}", "watchers.planned")
    return _plan_page(request, session, centre, form)


def _activity_page(
    request: Request,
    activity: Activity,
    form: Filled[ActivityForm],
    done: Filled[DoneForm] | None = None,
) -> HTMLResponse:
    done = done or blank(DoneForm, came=len(activity.parts))
    return page(
        request,
        "watchers/desk/activity.html",
        status=max(form.status, done.status),
        activity=activity,
        form=form,
        done=done,
        at=now(),
    )


@router.get(HERE + "/{activity_id:uuid}")
def activity_page(request: Request, activity: TheActivity) -> HTMLResponse:
    """One of them: who comes, what is changed, what became of it."""
    return _activity_page(request, activity, editing(ActivityForm, of=activity))


@router.post(HERE + "/{activity_id:uuid}")
def change_activity(
    request: Request, activity: HeldActivity, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Plan it otherwise."""
    form = edited(ActivityForm, sent, of=activity)
    if form.value is not None:
        with form.attempt(session):
            change(session, activity, Line(**form.value.model_dump()))
            return led(request, f"{HERE}/{activity.id}", "watchers.replanned")
    return _activity_page(request, activity, form)


@router.post(HERE + "/{activity_id:uuid}/done")
def finish_activity(
    request: Request, activity: HeldActivity, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """It took place."""
    done = filled(DoneForm, sent)
    if done.value is not None:
        with done.attempt(session):
            finish(session, activity, came=done.value.came, words=done.value.words, at=now())
            return led(request, f"{PLAN}/{activity.office_id}", "watchers.done")
    return _activity_page(request, activity, editing(ActivityForm, of=activity), done)


@router.post(HERE + "/{activity_id:uuid}/call-off")
def call_off_activity(
    request: Request, activity: HeldActivity, session: DbSession, _once: Once
) -> Response:
    """It does not take place."""
    form = editing(ActivityForm, of=activity)
    with form.attempt(session):
        call_off(session, activity, at=now())
        return led(request, f"{PLAN}/{activity.office_id}", "watchers.called_off")
    return _activity_page(request, activity, form)

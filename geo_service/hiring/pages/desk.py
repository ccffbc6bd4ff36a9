"""Who applied, as the office sees it: the list, one person, and the counter."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.accounts.models import Tongue
from geo_service.accounts.workflow.counter import person_at_the_counter
from geo_service.clock import KOREA, now
from geo_service.hiring.access import OfficeApplication
from geo_service.hiring.letters import why
from geo_service.hiring.models import Application, ApplicationState, Way
from geo_service.hiring.queries import applications_of, the_shifts_of, twins_of
from geo_service.hiring.schemas.forms import CounterForm, DeclineForm, answers_form, answers_of
from geo_service.hiring.workflow.applying import Behalf, apply
from geo_service.hiring.workflow.deciding import month_of
from geo_service.jobs.access import HeldJob, OfficeJob
from geo_service.jobs.models import Job, Turn
from geo_service.offices.access import ActingDesk
from geo_service.programmes.models import Programme
from geo_service.programmes.workflow.balance import Balance, balance_of
from geo_service.shifts.queries import minutes_worked
from geo_service.shifts.workflow.planning import days_of_work, pay_for
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.i18n import language_of
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(
    prefix="/office",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)


@router.get("/jobs/{job_id:uuid}/applications")
def applications_page(request: Request, job: OfficeJob, session: ReadSession) -> Response:
    """All who applied, by what became of it."""
    return list_view(request, session, job, blank(DeclineForm))


def list_view(request: Request, session: Session, job: Job, form: Filled[DeclineForm]) -> Response:
    """The same, after a decision that was refused, with the reason."""
    at, people = now(), session.scalars(applications_of(job.id)).all()
    first, last = month_of(at)
    worked = minutes_worked([one.person_id for one in people], first, last)
    groups = [
        (state, [one for one in people if one.state is state])
        for state in (
            ApplicationState.SENT,
            ApplicationState.OFFERED,
            ApplicationState.HIRED,
            ApplicationState.WAITING,
            ApplicationState.DECLINED,
            ApplicationState.WITHDRAWN,
        )
    ]
    return page(
        request,
        "hiring/office_list.html",
        status=form.status,
        form=form,
        job=job,
        groups=[(state, some) for state, some in groups if some],
        twins=_namesakes(people),
        worked=dict(session.execute(worked).all()),
        hours_left=_left(session, job, people),
        may_decide=bool(groups[0][1]) and (job.turn is Turn.FIRST_COME or job.is_over(at)),
        at=at,
        **_costs(session, job),
    )


@router.get("/applications/{application_id:uuid}")
def application_page(
    request: Request, application: OfficeApplication, session: ReadSession
) -> Response:
    """One person: what they said, and what they may still work before one decides."""
    return one_view(request, session, application, blank(DeclineForm))


def one_view(
    request: Request, session: Session, application: Application, form: Filled[DeclineForm]
) -> Response:
    """The same, after a decision that was refused, with the reason."""
    job = application.job
    return page(
        request,
        "hiring/office_application.html",
        status=form.status,
        form=form,
        application=application,
        job=job,
        why=why(application, Tongue(language_of(request).value)),
        twins=_twins(session, application),
        balances=_balances(session, job, application),
        shifts=session.scalars(the_shifts_of(application)).all(),
        **_costs(session, job),
    )


@router.get("/jobs/{job_id:uuid}/counter")
def counter_page(request: Request, job: OfficeJob) -> Response:
    """Somebody has come to apply."""
    return _counter(request, job, blank(_counter_form(job)))


@router.post("/jobs/{job_id:uuid}/counter")
def counter(
    request: Request,
    sent: Sent,
    job: HeldJob,
    desk: ActingDesk,
    session: DbSession,
    _once: Once,
) -> Response:
    """Apply for them, and note that they agreed."""
    form = filled(_counter_form(job), sent)
    if form.value:
        with form.attempt(session):
            made = apply(
                session,
                job,
                person_at_the_counter(session, form.value.name, form.value.phone),
                phone=form.value.phone,
                answers=answers_of(form.value, len(job.questions)),
                at=now(),
                behalf=Behalf(desk.person.id, Way.COUNTER, form.value.consent),
            )
            return led(request, f"/office/applications/{made.id}", "hiring.taken_down")
    return _counter(request, job, form)


def _counter_form(job: Job) -> type[Any]:
    """Who they are, and the job's own questions."""
    return answers_form(len(job.questions), base=CounterForm)


def _counter(request: Request, job: Job, form: Filled[Any]) -> Response:
    return page(request, "hiring/counter.html", status=form.status, form=form, job=job)


def _costs(session: Session, job: Job) -> dict[str, Any]:
    """What one person more takes. Shape: `programme` or None, `minutes`, `won`, `shifts_each`."""
    each = [(minutes, pay_for(job, minutes, day)) for day, _, minutes in days_of_work(job)]
    programme = session.get(Programme, job.programme_id) if job.programme_id else None

    return {
        "programme": programme,
        "minutes": sum(minutes for minutes, _ in each),
        "won_each": sum(won for _, won in each),
        "shifts_each": len(each),
    }


def _balances(session: Session, job: Job, application: Application) -> list[Balance]:
    if job.programme_id is None:
        return []
    programme = session.get_one(Programme, job.programme_id)
    day = job.works_from or now().astimezone(KOREA).date()
    return balance_of(session, programme, application.person_id, day)


def _twins(session: Session, application: Application) -> Sequence[Application]:
    """Other applications for the job that seem to be of the same person."""
    if application.phone is None:
        return ()
    return session.scalars(
        twins_of(application.person, application.job_id, application.phone)
    ).all()


def _namesakes(people: Sequence[Application]) -> list[Application]:
    """Of all of a job: those that share name and telephone, while one of them is undecided."""
    alike: dict[tuple[str, str], list[Application]] = {}
    for one in people:
        if one.phone is not None and one.state is not ApplicationState.WITHDRAWN:
            alike.setdefault((one.person.name.lower(), one.phone), []).append(one)
    return [
        one
        for some in alike.values()
        if len(some) > 1 and any(each.state.is_open for each in some)
        for one in some
    ]


def _left(session: Session, job: Job, people: Sequence[Application]) -> dict[Any, int | None]:
    """For each who may still be hired: the fewest minutes that any cap leaves; None is no cap."""
    return {
        one.id: min(
            (
                balance.left_minutes
                for balance in _balances(session, job, one)
                if balance.left_minutes is not None
            ),
            default=None,
        )
        for one in people
        if one.state.is_open
    }

"""What watchers are, and becoming one: a promise, four short lessons, where, who."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Acting, Once, SignedIn, TheSecret, Visitor
from geo_service.accounts.models import Person
from geo_service.areas.models import Area
from geo_service.clock import now
from geo_service.errors import NotFound
from geo_service.offices.models import Office
from geo_service.offices.workflow.duty import centre_for
from geo_service.watchers.files.training import the_training
from geo_service.watchers.pages.steps import CHECK, DONG, Steps, judged, model_of, names
from geo_service.watchers.pages.ways import pages, today
from geo_service.watchers.queries.benefits import good_benefits
from geo_service.watchers.queries.centres import (
    centres_anywhere,
    centres_beside,
    centres_named,
    the_centre,
)
from geo_service.watchers.queries.members import membership_of
from geo_service.watchers.schemas.forms import DongForm
from geo_service.watchers.workflow import enrolling
from geo_service.watchers.workflow.terms import terms_of
from geo_service.web.forms import Filled, Sent, filled
from geo_service.web.onward import led
from geo_service.web.params import Words
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = pages()

JOIN = "/watch/join"


class NoSuchQuestion(NotFound):
    """There is no such question."""

    korean = "그런 물음이 없어요."


def _known_step(step: str) -> str:
    if step not in names():
        raise NoSuchQuestion
    return step


Step = Annotated[str, Depends(_known_step)]
"""One of the pages on which one enrols. Raises: NoSuchQuestion."""


@router.get("/watch")
def watch_page(request: Request, visitor: Visitor, session: ReadSession) -> HTMLResponse:
    """What watchers do, what they get, and how to become one."""
    membership = session.scalar(membership_of(visitor.id)) if visitor else None
    return page(
        request,
        "watchers/watch.html",
        lessons=the_training().lessons,
        benefits=session.scalars(good_benefits(today())).all(),
        membership=membership,
        is_live=membership is not None and membership.is_live(now()),
        has_begun=bool(visitor and enrolling.said_so_far(session, visitor.id)),
    )


@router.get(JOIN)
def go_on(request: Request, person: SignedIn, session: ReadSession) -> Response:
    """To the first question that is not answered yet."""
    steps = _steps(session, person)
    return led(request, f"{JOIN}/{steps.incomplete or CHECK}")


@router.get(JOIN + "/{step}")
def step_page(
    request: Request, step: Step, person: SignedIn, session: ReadSession, q: Words = ""
) -> Response:
    """One question."""
    steps = _steps(session, person)
    if _is_live(session, person):
        return led(request, "/my/watch")
    if not steps.may_ask(step):
        return led(request, JOIN)
    return _ask(request, session, steps, step, steps.form(step), words=q)


@router.post(JOIN + "/{step}")
def answer(
    request: Request,
    step: Step,
    sent: Sent,
    person: Acting,
    session: DbSession,
    secret: TheSecret,
    _once: Once,
) -> Response:
    """Keep the answer and go on; on the last page, enrol."""
    if _is_live(session, person):
        return led(request, "/my/watch")
    steps = _steps(session, person)
    if not steps.may_ask(step):
        return led(request, JOIN)
    form = judged(step, filled(model_of(step), sent))
    if step == DONG and form.is_good and _centre(session, form.value) is None:
        form.refused(enrolling.NoSuchDong("office_id", enrolling.NoSuchDong.title()))
    if step == CHECK:
        with form.attempt(session):
            told = enrolling.Told(steps.office_id, steps.phone, steps.name)
            watcher = enrolling.enrol(session, secret, person, told, at=now())
            note = "watchers.welcome" if watcher.is_valid(now()) else "watchers.enrolled"
            return led(request, "/my/watch", note)
    elif form.is_good:
        enrolling.save(session, person.id, {step: form.given}, at=now())
        note = "watchers.right" if steps.lesson(step) else ""
        return led(request, f"{JOIN}/{steps.after(step)}", note)
    return _ask(request, session, steps, step, form)


def _centre(session: Session, told: DongForm | None) -> Office | None:
    return session.scalar(the_centre(told.office_id)) if told else None


def _steps(session: Session, person: Person) -> Steps:
    return Steps(person, enrolling.said_so_far(session, person.id))


def _is_live(session: Session, person: Person) -> bool:
    membership = session.scalar(membership_of(person.id))
    return membership is not None and membership.is_live(now())


def _ask(
    request: Request,
    session: Session,
    steps: Steps,
    step: str,
    form: Filled[Any],
    words: str = "",
) -> HTMLResponse:
    lesson = steps.lesson(step)
    known: dict[str, Any] = {}
    if step == DONG:
        offered = _offered(session, steps.person, words, (form.given.get("office_id") or [""])[-1])
        known = {"offered": offered, "words": words}
    elif step == CHECK:
        centre = session.get_one(Office, steps.office_id)  # offices stay
        known = {"centre": centre, "at_once": terms_of(session, centre.id).at_once}
    return page(
        request,
        "watchers/join_lesson.html" if lesson else f"watchers/join_{step}.html",
        status=form.status,
        form=form,
        steps=steps,
        step=step,
        lesson=lesson,
        pledge=the_training().pledge,
        **known,
    )


def _offered(
    session: Session, person: Person, words: str, chosen: str
) -> Sequence[tuple[UUID, str, str]]:
    """Dong centres to choose from: what was searched for, or what is around home.

    Shape: rows of (id of the centre, name of the dong, name of the centre).
    """
    home = centre_for(session, person.home) if person.home else None
    found = centres_anywhere()
    if words.strip():
        found = centres_named(words)
    elif home is not None:
        found = centres_beside(home.office)
    rows: list[tuple[Office, Area]] = [(office, dong) for office, dong in session.execute(found)]
    first = {chosen} if chosen else {str(home.office.id)} if home else set()
    if chosen and not words and chosen not in {str(office.id) for office, _ in rows}:
        rows += _chosen(session, chosen)
    rows.sort(key=lambda row: str(row[0].id) not in first)
    return [(office.id, dong.name, office.name) for office, dong in rows]


def _chosen(session: Session, chosen: str) -> Sequence[tuple[Office, Area]]:
    """What was found by searching, on the way back."""
    try:
        office = session.scalar(the_centre(UUID(chosen)))
    except ValueError:
        return ()
    dong = session.get(Area, office.answers_for_id) if office and office.answers_for_id else None
    return [(office, dong)] if office and dong else ()

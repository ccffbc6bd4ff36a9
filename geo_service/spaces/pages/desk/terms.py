"""When a space is open, on which days it stays shut, and on what terms it is booked."""

from datetime import timedelta
from typing import Annotated

from fastapi import Path, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.hours.closures import tokens_on
from geo_service.hours.korean import closed_words, evenings
from geo_service.hours.week import DAY
from geo_service.offices.access import ActingDesk
from geo_service.spaces.access import OurSpace, TheOfficeSpace
from geo_service.spaces.models import Space, Terms
from geo_service.spaces.pages.ways import pages
from geo_service.spaces.queries.opening import korean_day
from geo_service.spaces.schemas.desk_forms import DAYS, ClosingForm, HoursForm, TermsForm
from geo_service.spaces.workflow.inventory import HOLIDAY, close_day, open_again, set_hours
from geo_service.spaces.workflow.offering import set_terms
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.i18n import language_of
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

HOLIDAYS_AHEAD = timedelta(days=120)

router = pages()


@router.get("/office/spaces/{space_id:uuid}/hours")
def hours_page(request: Request, space: TheOfficeSpace) -> Response:
    """The week, and the days on which it stays shut."""
    return _hours_page(request, space, _hours_form(space), blank(ClosingForm))


@router.post("/office/spaces/{space_id:uuid}/hours")
def write_hours(
    request: Request, space: OurSpace, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Open it at other hours."""
    form = filled(HoursForm, sent)
    if (told := form.value) is not None:
        with form.attempt(session):
            set_hours(session, space, told.week, holidays=told.holidays)
            onwards = "hours" if session.get(Terms, space.id) else "terms"
            return led(request, f"/office/spaces/{space.id}/{onwards}", "spaces.space_saved")
    return _hours_page(request, space, form, blank(ClosingForm))


@router.post("/office/spaces/{space_id:uuid}/closings")
def close_on(
    request: Request,
    space: OurSpace,
    desk: ActingDesk,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Shut it for a day."""
    closing = filled(ClosingForm, sent)
    if (told := closing.value) is not None:
        with closing.attempt(session):
            close_day(
                session,
                space,
                told.on,
                at=now(),
                by=desk.person,
                words=told.words,
                cancels=told.cancels,
            )
            return led(request, f"/office/spaces/{space.id}/hours", "spaces.day_closed")
        session.refresh(space)
    return _hours_page(request, space, _hours_form(space), closing)


@router.post("/office/spaces/{space_id:uuid}/closings/{closed_day}/removal")
def open_on(
    request: Request,
    space: OurSpace,
    closed_day: Annotated[str, Path(max_length=40)],
    session: DbSession,
    _once: Once,
) -> Response:
    """Open it again on such days."""
    open_again(session, space, closed_day)
    return led(request, f"/office/spaces/{space.id}/hours", "spaces.day_opened")


@router.get("/office/spaces/{space_id:uuid}/terms")
def terms_page(request: Request, space: TheOfficeSpace, session: ReadSession) -> Response:
    """On what terms it is booked."""
    terms = session.get(Terms, space.id)
    form = blank(TermsForm, of=terms) if terms else blank(TermsForm, of=TermsForm(bookable=True))
    return _terms_page(request, session, space, form)


@router.post("/office/spaces/{space_id:uuid}/terms")
def write_terms(
    request: Request, space: OurSpace, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Let it be booked on other terms."""
    form = filled(TermsForm, sent)
    if (told := form.value) is not None:
        with form.attempt(session):
            set_terms(session, space.id, told.model_dump())
            return led(request, "/office/spaces", "spaces.space_saved")
    return _terms_page(request, session, space, form)


def _terms_page(
    request: Request, session: Session, space: Space, form: Filled[TermsForm]
) -> HTMLResponse:
    is_new = session.get(Terms, space.id) is None
    return page(
        request,
        "spaces/desk/terms.html",
        status=form.status,
        space=space,
        form=form,
        is_new=is_new,
    )


def _hours_form(space: Space) -> Filled[HoursForm]:
    spans = tuple((span.lower or 0, span.upper or 0) for span in space.open_week or ())
    said = {
        name: ", ".join(_words(*span) for span in day)
        for name, day in zip(DAYS, evenings(spans), strict=True)
    }
    return blank(HoursForm, holidays=HOLIDAY in space.closed_days, **said)


def _words(opens: int, closes: int) -> str:
    """09:00-18:00, as `HoursForm` reads it."""
    next_day = "익일 " if closes > DAY else ""
    closes = closes - DAY if closes > DAY else closes
    return f"{opens // 60:02}:{opens % 60:02}-{next_day}{closes // 60:02}:{closes % 60:02}"


def _hours_page(
    request: Request, space: Space, form: Filled[HoursForm], closing: Filled[ClosingForm]
) -> HTMLResponse:
    today, language = korean_day(now()), language_of(request).value
    ahead = (today + timedelta(days=n) for n in range(HOLIDAYS_AHEAD.days))
    return page(
        request,
        "spaces/desk/hours.html",
        status=closing.status if closing.is_refused else form.status,
        space=space,
        form=form,
        closing=closing,
        days=DAYS,
        closed=[(day, closed_words([day], language)) for day in space.closed_days],
        holidays=[day for day in ahead if HOLIDAY in tokens_on(day)],
    )

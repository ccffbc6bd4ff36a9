"""The spaces of an office: the list, a new one, what one of them is."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.offices.access import ActingDesk, Desk
from geo_service.offices.access.desk import Work
from geo_service.offices.models import Office
from geo_service.offices.queries import offices_in
from geo_service.spaces.access import OurSpace, TheOfficeSpace
from geo_service.spaces.models import Space, Terms
from geo_service.spaces.pages.ways import pages
from geo_service.spaces.queries.bookings import office_space, office_spaces
from geo_service.spaces.schemas.desk_forms import SpaceForm
from geo_service.spaces.workflow.inventory import SpaceFacts, add_space, correct_space
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession

router = pages()


class NotOfThisOffice(BadField):
    """Choose something of your own office."""

    korean = "우리 기관의 것 가운데에서 골라 주세요."


@router.get("/office/spaces")
def spaces_page(request: Request, desk: Desk, session: ReadSession) -> Response:
    """Every space, and how it is booked."""
    spaces = session.scalars(office_spaces(desk.offices)).all()
    return page(
        request,
        "spaces/desk/spaces.html",
        spaces=spaces,
        terms={space.id: session.get(Terms, space.id) for space in spaces},
        titles={space.id: space.title for space in spaces},
        at=now(),
    )


@router.get("/office/spaces/new")
def new_page(request: Request, desk: Desk, session: ReadSession) -> Response:
    """What a new one is."""
    form = blank(SpaceForm, office_id=min(desk.offices, key=str), is_shown=True)
    return _facts_page(request, session, desk, form, None)


@router.post("/office/spaces/new")
def add(
    request: Request, desk: ActingDesk, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Add it to the inventory; its hours come next."""
    form = filled(SpaceForm, sent)
    if (told := form.value) is not None:
        with form.attempt(session):
            office_id = told.office_id or min(desk.offices, key=str)
            if office_id not in desk.offices:
                raise NotOfThisOffice("office_id", NotOfThisOffice.title())
            facts = _facts(session, desk, told)
            space = add_space(session, session.get_one(Office, office_id), facts, at=now())
            return led(request, f"/office/spaces/{space.id}/hours", "spaces.space_added")
    return _facts_page(request, session, desk, form, None)


@router.get("/office/spaces/{space_id:uuid}")
def facts_page(
    request: Request, space: TheOfficeSpace, desk: Desk, session: ReadSession
) -> Response:
    """What it is, to be corrected."""
    form = blank(
        SpaceForm,
        of=space,
        equipment=", ".join(space.equipment),
        place=f"{space.place.lat:.6f}, {space.place.lng:.6f}",
        is_shown=space.closed_at is None and space.published_at is not None,
    )
    return _facts_page(request, session, desk, form, space)


@router.post("/office/spaces/{space_id:uuid}")
def correct(
    request: Request,
    space: OurSpace,
    desk: ActingDesk,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Correct it."""
    form = filled(SpaceForm, sent)
    if (told := form.value) is not None:
        with form.attempt(session):
            correct_space(session, space, _facts(session, desk, told), at=now())
            return led(request, "/office/spaces", "spaces.space_saved")
    return _facts_page(request, session, desk, form, space)


def _facts(session: Session, desk: Work, told: SpaceForm) -> SpaceFacts:
    """What was typed, for the deed. Raises: NotOfThisOffice."""
    whole = told.part_of_id
    if whole is not None and session.scalar(office_space(desk.offices, whole)) is None:
        raise NotOfThisOffice("part_of_id", NotOfThisOffice.title())
    return SpaceFacts(
        title=told.title,
        summary=told.summary,
        facility=told.facility,
        space_type=told.space_type,
        capacity=told.capacity,
        equipment=told.things,
        address=told.address,
        place=told.point,
        phone=told.phone,
        how_to_book=told.how_to_book,
        part_of_id=whole,
        is_shown=told.is_shown,
    )


def _facts_page(
    request: Request,
    session: Session,
    desk: Work,
    form: Filled[SpaceForm],
    space: Space | None,
) -> HTMLResponse:
    own: UUID | None = space.id if space else None
    wholes = [each for each in session.scalars(office_spaces(desk.offices)) if each.id != own]
    return page(
        request,
        "spaces/desk/space.html",
        status=form.status,
        form=form,
        space=space,
        wholes=wholes,
        offices=session.scalars(offices_in(desk.offices)).all(),
    )

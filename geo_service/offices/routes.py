"""Offices as JSON: who answers around a place, and for staff, their offices and colleagues."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from geo_service.accounts.access import Once
from geo_service.areas.queries import areas_around, today, told_in_full
from geo_service.areas.schemas import AreaOut
from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.offices.access import Desk, OurOffice, TheOffice
from geo_service.offices.models import Office, Role
from geo_service.offices.queries import invitations_of, offices_in, staff_of
from geo_service.offices.schemas import (
    AreasAtOut,
    CentreOut,
    InvitationIn,
    InvitationOut,
    OfficeIn,
    OfficeOut,
    PlaceQuery,
    StaffOut,
)
from geo_service.offices.workflow import centre_for
from geo_service.offices.workflow.facts import Facts, correct
from geo_service.offices.workflow.staffing import dismiss, invite, withdraw_invitation
from geo_service.web.caching import kept
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import IfMatch, tag

router = APIRouter(prefix="/api/v1", route_class=OnceRoute)


@router.get(
    "/areas/at",
    tags=["areas"],
    responses={
        200: {"model": AreasAtOut},
        304: {"description": "What you have is still true."},
    },
)
def areas_at(
    request: Request, query: Annotated[PlaceQuery, Query()], session: ReadSession
) -> Response:
    """The dong, the district and the dong centre of a place; nothing where nothing is known."""
    on, place = today(), Place(query.lat, query.lng)
    rows = session.scalars(told_in_full(areas_around(place, on=on)))
    areas = [AreaOut.of(area, on=on) for area in rows]
    duty = centre_for(session, place, on=on)
    centre = duty and CentreOut.of(duty.office, duty.dong, confirmed=duty.confirmed)
    answer = AreasAtOut(areas=areas, centre=centre)
    return kept(request, answer.model_dump_json().encode(), "application/json")


@router.get("/offices", tags=["offices"])
def my_offices(desk: Desk, session: ReadSession) -> list[OfficeOut]:
    """The offices where one works."""
    return [OfficeOut.of(office) for office in session.scalars(offices_in(desk.offices))]


@router.get("/offices/{office_id}", tags=["offices"])
def read_office(office: TheOffice, response: Response) -> OfficeOut:
    """What an office tells of itself."""
    tag(response, office.version)
    return OfficeOut.of(office)


@router.put("/offices/{office_id}", tags=["offices"])
def correct_office(
    office: OurOffice, told: OfficeIn, seen: IfMatch, session: DbSession, response: Response
) -> OfficeOut:
    """Tell other facts; a new name follows onto every listing of the office."""
    session.refresh(office, with_for_update={"of": Office})
    seen.expect(office, told)
    correct(session, office, Facts(**told.model_dump(exclude={"lat", "lng"}), place=told.place))
    tag(response, office.version)
    return OfficeOut.of(office)


@router.get("/offices/{office_id}/staff", tags=["offices"])
def read_staff(office: TheOffice, session: ReadSession) -> list[StaffOut]:
    """Who works there, and as what."""
    return [StaffOut.of(post) for post in session.scalars(staff_of(office.id))]


@router.delete("/offices/{office_id}/staff/{person_id}/{role}", status_code=204, tags=["offices"])
def dismiss_staff(office: OurOffice, person_id: UUID, role: Role, session: DbSession) -> None:
    """Take a role away."""
    dismiss(session, office.id, person_id, role)


@router.get("/offices/{office_id}/invitations", tags=["offices"])
def read_invitations(office: TheOffice, session: ReadSession) -> list[InvitationOut]:
    """The roles that were offered and that nobody has taken yet."""
    found = session.scalars(invitations_of(office.id))
    return [InvitationOut.model_validate(each) for each in found]


@router.post("/offices/{office_id}/invitations", status_code=201, tags=["offices"])
def offer_role(
    request: Request, office: OurOffice, offer: InvitationIn, session: DbSession, _once: Once
) -> None:
    """Offer a role by mail; a new letter ends the one before."""
    door = f"{request.base_url}join"
    invite(session, office, offer.email, offer.role, door=door, at=now())


@router.delete(
    "/offices/{office_id}/invitations/{invitation_id}", status_code=204, tags=["offices"]
)
def withdraw_offer(office: OurOffice, invitation_id: UUID, session: DbSession) -> None:
    """Take an offer back."""
    withdraw_invitation(session, office.id, invitation_id)

"""A report that nobody has taken up: read, accepted or left, taken up or added to a case."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Once
from geo_service.cases.access import CaseAtHand, OurReport, ReportAtHand, ShownReport, Why
from geo_service.cases.pages.shown import shown
from geo_service.cases.queries.one import the_case, the_photo
from geo_service.cases.schemas.forms import JoinForm, NoForm
from geo_service.cases.workflow.problems import NoSuchCase, NotToldHere
from geo_service.cases.workflow.reading import read_report
from geo_service.cases.workflow.suggesting import near
from geo_service.cases.workflow.taking_up import accept, join, leave, take_up
from geo_service.clock import now
from geo_service.reports.workflow.opening import image_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led

router = APIRouter(
    prefix="/office/cases/reports",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)


def _page(
    request: Request, at_hand: ReportAtHand, form: Filled[NoForm] | Filled[JoinForm]
) -> Response:
    report, session = at_hand.report, at_hand.desk.session
    if report.case_id is not None:
        return led(request, f"/office/cases/{report.case_id}")
    return shown(
        request,
        "report",
        status=form.status,
        report=read_report(session, at_hand.look_into, report),
        near=near(session, at_hand.look_into, [report]),
        form=form,
        asked="",
    )


@router.get("/{report_id:uuid}")
def report_page(request: Request, at_hand: ShownReport) -> Response:
    """What was told; who reads it has left a trace."""
    return _page(request, at_hand, blank(NoForm))


@router.get("/{report_id:uuid}/photos/{photo_id:uuid}", response_class=Response)
def photo(photo_id: UUID, at_hand: ShownReport, purpose: Why = None) -> Response:
    """A photo that was told with it; of a colleague's case, for who says what for."""
    report, desk = at_hand.report, at_hand.desk
    found = desk.session.scalar(the_photo(report.id, photo_id))
    if found is None:
        raise NotToldHere
    look_into = at_hand.look_into
    if report.case_id is not None:
        case = desk.session.scalars(the_case(report.case_id, desk.claims.offices)).one()
        look_into = CaseAtHand(case, desk, purpose).look_into
    image = image_of(look_into("photo", report.id, report.centre_id), found)
    return Response(image, media_type="image/jpeg", headers={"Cache-Control": "no-store"})


@router.post("/{report_id:uuid}/accept")
def accept_report(request: Request, at_hand: OurReport, _once: Once) -> Response:
    """Be the one of two centres that answers."""
    form, desk = blank(NoForm), at_hand.desk
    with form.attempt(desk.session):
        accept(desk.session, desk.ring, at_hand.report, desk.claims.offices, at=now())
        return led(request, f"/office/cases/reports/{at_hand.report.id}", "cases.accepted")
    return _page(request, at_hand, form)


@router.post("/{report_id:uuid}/leave")
def leave_report(request: Request, at_hand: OurReport, _once: Once) -> Response:
    """Leave it to the other centre."""
    form, desk = blank(NoForm), at_hand.desk
    with form.attempt(desk.session):
        leave(desk.session, desk.ring, at_hand.report, desk.claims.offices)
        return led(request, "/office/cases", "cases.left")
    return _page(request, at_hand, form)


@router.post("/{report_id:uuid}/take-up")
def take_up_report(request: Request, at_hand: OurReport, _once: Once) -> Response:
    """Open a case of one's own."""
    form, desk = blank(NoForm), at_hand.desk
    person_id = desk.claims.person_id
    with form.attempt(desk.session):
        if person_id is None:
            raise NotToldHere
        case = take_up(desk.session, desk.ring, at_hand.report, by_id=person_id, at=now())
        return led(request, f"/office/cases/{case.id}", "cases.taken")
    return _page(request, at_hand, form)


@router.post("/{report_id:uuid}/join")
def join_report(request: Request, at_hand: OurReport, sent: Sent, _once: Once) -> Response:
    """Add it to a case about the same household."""
    form, desk = filled(JoinForm, sent), at_hand.desk
    if form.value is not None:
        with form.attempt(desk.session):
            found = the_case(form.value.case_id, desk.claims.offices).with_for_update()
            case = desk.session.scalar(found)
            if case is None:
                raise NoSuchCase
            join(desk.session, desk.ring, at_hand.report, case)
            return led(request, f"/office/cases/{case.id}", "cases.joined")
    return _page(request, at_hand, form)

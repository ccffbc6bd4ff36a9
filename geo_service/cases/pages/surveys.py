"""Surveys of the seasons: made, and filled from lists."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from geo_service.accounts.access import Once
from geo_service.cases.access import OurList, OurRound, RoundAtHand, ShownList, ShownRound
from geo_service.cases.imports.households import COLUMNS
from geo_service.cases.imports.households import read_households as read_file
from geo_service.cases.models import SurveyList
from geo_service.cases.pages.shown import shown
from geo_service.cases.queries.board import names_of_centres
from geo_service.cases.queries.surveys import rounds_of
from geo_service.cases.schemas.forms import FileForm, NoForm, RoundForm
from geo_service.cases.workflow.surveying import (
    Bad,
    Listed,
    keep_list,
    make_round,
    read_households,
    read_list,
    take_in,
)
from geo_service.clock import now
from geo_service.confidential.access import ActingCaseworker, AsCaseworker, Confidential
from geo_service.errors import BadField
from geo_service.jobs.files import as_csv, rows_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led

router = APIRouter(
    prefix="/office/surveys",
    default_response_class=HTMLResponse,
    include_in_schema=False,
    route_class=OnceRoute,
)


class WhichCentre(BadField):
    """Say for which of your centres this is."""

    korean = "어느 센터의 조사인지 골라 주세요."


def _rounds(request: Request, desk: Confidential, form: Filled[RoundForm]) -> HTMLResponse:
    offices = desk.claims.offices
    return shown(
        request,
        "surveys",
        status=form.status,
        rounds=desk.session.execute(rounds_of(offices)).all(),
        offices={row.id: row.name for row in desk.session.execute(names_of_centres(offices))},
        several=len(offices) > 1,
        form=form,
    )


@router.get("")
def surveys_page(request: Request, desk: AsCaseworker) -> HTMLResponse:
    """Every survey of one's centre, and how far it is."""
    return _rounds(request, desk, blank(RoundForm))


@router.post("")
def new_survey(request: Request, desk: ActingCaseworker, sent: Sent, _once: Once) -> Response:
    """Begin a season."""
    form = filled(RoundForm, sent)
    if (said := form.value) is not None:
        with form.attempt(desk.session):
            mine = desk.claims.offices
            centre_id = said.centre_id or (next(iter(mine)) if len(mine) == 1 else None)
            if centre_id not in mine or centre_id is None:
                raise WhichCentre("centre_id", WhichCentre.title())
            made = make_round(desk.session, centre_id, said.season, said.starts_on, said.ends_on)
            return led(request, f"/office/surveys/{made.id}", "cases.round")
    return _rounds(request, desk, form)


@router.get("/template.csv", response_class=Response)
def template(_desk: AsCaseworker) -> Response:
    """The table to be filled."""
    rows = ([column.name for column in COLUMNS], [column.example for column in COLUMNS])
    headers = {"Content-Disposition": 'attachment; filename="households.csv"'}
    return Response(as_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)


def _round(request: Request, at_hand: RoundAtHand, form: Filled[FileForm]) -> HTMLResponse:
    households = read_households(at_hand.desk.session, at_hand.look_into, at_hand.round)
    return shown(
        request,
        "survey",
        status=form.status,
        round=at_hand.round,
        households=households,
        done=sum(each.is_done for each in households),
        form=form,
    )


@router.get("/{round_id:uuid}")
def survey_page(request: Request, at_hand: ShownRound) -> HTMLResponse:
    """Its households, for the phone of who walks."""
    return _round(request, at_hand, blank(FileForm))


@router.post("/{round_id:uuid}/files")
def send_list(request: Request, at_hand: OurRound, sent: Sent, _once: Once) -> Response:
    """Look through a list; nothing is taken in yet."""
    form, desk = filled(FileForm, sent), at_hand.desk
    if form.value is not None:
        with form.attempt(desk.session):
            reading = read_file(rows_of(form.value.file.file.read()))
            kept = keep_list(
                desk.session,
                desk.ring,
                at_hand.round,
                [Listed(one.name, one.address, one.phone, one.note) for one in reading.households],
                [Bad(row.line, row.fault) for row in reading.bad],
                reading.ignored,
                at=now(),
            )
            return led(request, f"/office/surveys/{at_hand.round.id}/files/{kept.id}")
    return _round(request, at_hand, form)


def _list(
    request: Request, at_hand: RoundAtHand, kept: SurveyList, form: Filled[Any]
) -> HTMLResponse:
    desk = at_hand.desk
    told = read_list(desk.session, desk.ring, at_hand.round, kept)
    return shown(
        request, "survey_file", status=form.status, round=at_hand.round, list=told, form=form
    )


@router.get("/{round_id:uuid}/files/{list_id:uuid}")
def list_page(request: Request, at_hand: ShownRound, kept: ShownList) -> HTMLResponse:
    """How many it will add, and which rows it cannot; no name of them."""
    return _list(request, at_hand, kept, blank(NoForm))


@router.post("/{round_id:uuid}/files/{list_id:uuid}/take-in")
def take_list_in(request: Request, at_hand: OurRound, kept: OurList, _once: Once) -> Response:
    """Add its households to the survey."""
    desk = at_hand.desk
    take_in(desk.session, desk.ring, at_hand.round, kept, at=now())
    return led(request, f"/office/surveys/{at_hand.round.id}", "cases.taken_in")

"""The agenda on the screen: below `/my` for who takes part, below `/office` for the dong centre."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.meetings.access.records import (
    ActingLeader,
    ActingPartTaker,
    Hand,
    HeldItem,
    PartTaker,
    WrittenItem,
)
from geo_service.meetings.models import AgendaItem
from geo_service.meetings.schemas.records.forms import ItemForm, PlaceForm
from geo_service.meetings.workflow.agenda import Point, add, drop, edit, is_frozen, shift
from geo_service.meetings.workflow.recording import record_of
from geo_service.web.forms import Filled, Sent, blank, filled
from geo_service.web.idempotency import OnceRoute
from geo_service.web.onward import led
from geo_service.web.render import page
from geo_service.web.session import DbSession, ReadSession
from geo_service.web.versions import edited, editing

router = APIRouter(
    default_response_class=HTMLResponse, include_in_schema=False, route_class=OnceRoute
)

MY, OURS = "/my/meetings/{meeting_id:uuid}/agenda", "/office/meetings/{meeting_id:uuid}/agenda"


def _point(said: ItemForm) -> Point:
    return Point(said.title, said.words, said.lasts_min, said.asks_decision)


def _page(request: Request, session: Session, hand: Hand, form: Filled[ItemForm]) -> HTMLResponse:
    at = now()
    return page(
        request,
        "meetings/records/agenda.html",
        status=form.status,
        hand=hand,
        record=record_of(session, hand.meeting, at=at),
        is_frozen=is_frozen(hand.meeting, at),
        form=form,
    )


@router.get(MY)
@router.get(OURS)
def agenda_page(request: Request, hand: PartTaker, session: ReadSession) -> HTMLResponse:
    """What there is to talk about, and a form for one thing more."""
    return _page(request, session, hand, blank(ItemForm, lasts_min=10))


@router.post(MY)
@router.post(OURS)
def add_item(
    request: Request, hand: ActingPartTaker, sent: Sent, session: DbSession, _once: Once
) -> Response:
    """Add it."""
    form = filled(ItemForm, sent)
    if form.value is not None:
        with form.attempt(session):
            add(session, hand.meeting, _point(form.value), by_id=hand.by_id, at=now())
            return led(request, f"{hand.way}/agenda", "meetings.item_added")
    return _page(request, session, hand, form)


def _item_page(
    request: Request, hand: Hand, item: AgendaItem, form: Filled[ItemForm]
) -> HTMLResponse:
    return page(
        request,
        "meetings/records/item.html",
        status=form.status,
        hand=hand,
        item=item,
        is_frozen=is_frozen(hand.meeting, now()),
        form=form,
    )


@router.get(MY + "/{item_id:uuid}")
@router.get(OURS + "/{item_id:uuid}")
def item_page(request: Request, hand: PartTaker, item: WrittenItem) -> HTMLResponse:
    """One thing to talk about, to say otherwise."""
    return _item_page(request, hand, item, editing(ItemForm, of=item))


@router.post(MY + "/{item_id:uuid}")
@router.post(OURS + "/{item_id:uuid}")
def edit_item(
    request: Request,
    hand: ActingPartTaker,
    item: HeldItem,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Say it otherwise; what somebody else changed meanwhile is shown beside it."""
    form = edited(ItemForm, sent, of=item)
    if form.value is not None:
        with form.attempt(session):
            edit(session, hand.meeting, item, _point(form.value), at=now())
            return led(request, f"{hand.way}/agenda", "meetings.item_edited")
    return _item_page(request, hand, item, form)


@router.post(MY + "/{item_id:uuid}/removal")
@router.post(OURS + "/{item_id:uuid}/removal")
def drop_item(
    request: Request, hand: ActingPartTaker, item: HeldItem, session: DbSession, _once: Once
) -> Response:
    """Do not talk about it."""
    form = blank(ItemForm, lasts_min=10)
    with form.attempt(session):
        drop(session, hand.meeting, item, at=now())
        return led(request, f"{hand.way}/agenda", "meetings.item_dropped")
    return _page(request, session, hand, form)


@router.post(MY + "/{item_id:uuid}/place")
@router.post(OURS + "/{item_id:uuid}/place")
def move_item(
    request: Request,
    hand: ActingLeader,
    item: HeldItem,
    sent: Sent,
    session: DbSession,
    _once: Once,
) -> Response:
    """Talk about it earlier, or later."""
    said, form = filled(PlaceForm, sent), blank(ItemForm, lasts_min=10)
    if said.value is not None:
        with form.attempt(session):
            shift(session, hand.meeting, item, places=int(said.value.places), at=now())
            return led(request, f"{hand.way}/agenda#item-{item.id}")
    return _page(request, session, hand, form)

"""The agenda, for who takes part and for the dong centre."""

from fastapi import APIRouter, Response

from geo_service.accounts.access import Once
from geo_service.clock import now
from geo_service.meetings.access.records import ActingLeader, ActingPartTaker, HeldItem
from geo_service.meetings.models import AgendaItem
from geo_service.meetings.queries.records import agenda_of
from geo_service.meetings.schemas.records.asking import ItemIn, OrderIn
from geo_service.meetings.schemas.records.told import ItemOut
from geo_service.meetings.workflow.agenda import Point, add, drop, edit, order
from geo_service.web.idempotency import OnceRoute
from geo_service.web.session import DbSession
from geo_service.web.versions import IfMatch, tag

router = APIRouter(prefix="/api/v1", tags=["alley meetings"], route_class=OnceRoute)

MY, OURS = "/meetings/{meeting_id}/agenda", "/office/meetings/{meeting_id}/agenda"


def _point(said: ItemIn) -> Point:
    return Point(said.title, said.words, said.lasts_min, said.asks_decision)


def _answer(response: Response, item: AgendaItem) -> ItemOut:
    tag(response, item.version)
    return ItemOut.model_validate(item)


@router.post(MY, status_code=201)
@router.post(OURS, status_code=201)
def add_item(
    said: ItemIn, hand: ActingPartTaker, session: DbSession, response: Response, _once: Once
) -> ItemOut:
    """Add one thing to talk about."""
    item = add(session, hand.meeting, _point(said), by_id=hand.by_id, at=now())
    return _answer(response, item)


@router.put(MY + "/order")
@router.put(OURS + "/order")
def order_items(said: OrderIn, hand: ActingLeader, session: DbSession) -> list[ItemOut]:
    """Put the agenda in order."""
    order(session, hand.meeting, said.items, at=now())
    return [ItemOut.model_validate(one) for one in session.scalars(agenda_of(hand.meeting.id))]


@router.put(MY + "/{item_id}")
@router.put(OURS + "/{item_id}")
def edit_item(
    said: ItemIn,
    hand: ActingPartTaker,
    item: HeldItem,
    seen: IfMatch,
    session: DbSession,
    response: Response,
) -> ItemOut:
    """Say it otherwise."""
    seen.expect(item, said)
    return _answer(response, edit(session, hand.meeting, item, _point(said), at=now()))


@router.delete(MY + "/{item_id}", status_code=204)
@router.delete(OURS + "/{item_id}", status_code=204)
def drop_item(hand: ActingPartTaker, item: HeldItem, session: DbSession) -> None:
    """Do not talk about it."""
    drop(session, hand.meeting, item, at=now())

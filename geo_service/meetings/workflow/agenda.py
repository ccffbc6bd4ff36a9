"""The agenda: written by all who take part, ordered by the proposer, still once it begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from geo_service.errors import Conflict
from geo_service.meetings.models import ITEMS_MAX, OPEN, AgendaItem, Decision, Meeting, MeetingState
from geo_service.meetings.queries.records import agenda_of
from geo_service.meetings.workflow.standing import hold_meeting


class AgendaIsFrozen(Conflict):
    """The agenda stays as it was when the meeting began, or was called off."""

    korean = "모임이 시작했거나 끝나서 안건을 더 고칠 수 없어요."


class AgendaIsFull(Conflict):
    """There are twenty items already. Take one out, or write it into another."""

    korean = "안건이 벌써 스무 가지예요. 하나를 빼거나 다른 안건에 함께 적어 주세요."


class ItemIsDecided(Conflict):
    """Something was decided about this item, so it stays."""

    korean = "이 안건에 대해 정한 것이 있어서 뺄 수 없어요."


class AgendaHasChanged(Conflict):
    """The agenda has other items now than you put in order. Look at it again."""

    korean = "그 사이에 안건이 바뀌었어요. 다시 보고 차례를 정해 주세요."


@dataclass(frozen=True, slots=True)
class Point:
    """What an item says."""

    title: str
    words: str = ""
    lasts_min: int = 10
    asks_decision: bool = False


def is_frozen(meeting: Meeting, at: datetime) -> bool:
    """Whether nothing about its agenda changes any more."""
    if meeting.state in OPEN:
        return False
    begun = meeting.begins_at is not None and meeting.begins_at <= at
    return begun or meeting.state is not MeetingState.CONVENED


def _changing(session: Session, meeting: Meeting, at: datetime) -> Meeting:
    """The meeting, locked, with an agenda that may change. Raises: AgendaIsFrozen."""
    found = hold_meeting(session, meeting.id)
    if is_frozen(found, at):
        raise AgendaIsFrozen
    return found


def add(
    session: Session, meeting: Meeting, point: Point, *, by_id: UUID | None, at: datetime
) -> AgendaItem:
    """One thing more, at the end; by nobody means by the office.

    Raises: AgendaIsFrozen, AgendaIsFull.
    """
    meeting = _changing(session, meeting, at)
    there = session.scalars(agenda_of(meeting.id)).all()
    if len(there) >= ITEMS_MAX:
        raise AgendaIsFull
    item = AgendaItem(
        meeting_id=meeting.id,
        position=there[-1].position + 1 if there else 0,
        title=point.title,
        words=point.words,
        lasts_min=point.lasts_min,
        asks_decision=point.asks_decision,
        by_id=by_id,
        added_at=at,
    )
    session.add(item)
    session.flush()
    return item


def edit(
    session: Session, meeting: Meeting, item: AgendaItem, point: Point, *, at: datetime
) -> AgendaItem:
    """Say it otherwise; `item` is locked. Raises: AgendaIsFrozen."""
    _changing(session, meeting, at)
    item.title, item.words = point.title, point.words
    item.lasts_min, item.asks_decision = point.lasts_min, point.asks_decision
    item.version += 1
    session.flush()
    return item


def drop(session: Session, meeting: Meeting, item: AgendaItem, *, at: datetime) -> None:
    """Do not talk about it. Raises: AgendaIsFrozen, ItemIsDecided."""
    _changing(session, meeting, at)
    if session.scalar(select(exists().where(Decision.agenda_item_id == item.id))):
        raise ItemIsDecided
    session.delete(item)
    session.flush()


def order(session: Session, meeting: Meeting, ids: Sequence[UUID], *, at: datetime) -> None:
    """Talk about them in this order. Raises: AgendaIsFrozen, AgendaHasChanged."""
    meeting = _changing(session, meeting, at)
    items = {item.id: item for item in session.scalars(agenda_of(meeting.id))}
    if len(ids) != len(items) or set(ids) != set(items):
        raise AgendaHasChanged
    for position, item_id in enumerate(ids):
        items[item_id].position = position
    session.flush()


def shift(
    session: Session, meeting: Meeting, item: AgendaItem, *, places: int, at: datetime
) -> None:
    """Talk about it earlier (-1) or later (1); at either end nothing happens.

    Raises: AgendaIsFrozen.
    """
    meeting = _changing(session, meeting, at)
    ids = [each.id for each in session.scalars(agenda_of(meeting.id))]
    here = ids.index(item.id)
    there = min(max(here + places, 0), len(ids) - 1)
    ids.insert(there, ids.pop(here))
    order(session, meeting, ids, at=at)

"""Memberships, cards and what watchers do together as JSON."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from geo_service.accounts.access import TheSecret
from geo_service.clock import now
from geo_service.errors import BadField
from geo_service.offices.access import ActingDesk, Desk
from geo_service.watchers.access import (
    HeldWatcher,
    MyActivity,
    MyChangingMembership,
    MyMembership,
)
from geo_service.watchers.queries.activities import ahead_of
from geo_service.watchers.queries.members import watchers_in
from geo_service.watchers.schemas.plan import ActivityOut
from geo_service.watchers.schemas.told import (
    CardIn,
    CardOut,
    Decision,
    DecisionIn,
    MembershipOut,
    WatcherOut,
    WatchersQuery,
)
from geo_service.watchers.workflow.deciding import confirm, decline, end
from geo_service.watchers.workflow.planning import join, stay_away
from geo_service.watchers.workflow.staying import leave
from geo_service.watchers.workflow.verifying import read_card
from geo_service.web.csrf import proven
from geo_service.web.session import DbSession, ReadSession

router = APIRouter(prefix="/api/v1/watchers", tags=["watchers"])


class NoReason(BadField):
    """Say why in two letters or more; they read it."""

    korean = "왜 그런지 두 글자 이상 적어 주세요."


@router.get("/me")
def my_membership(mine: MyMembership) -> MembershipOut | None:
    """One's own membership; null for who never asked, or has left."""
    return MembershipOut.of(mine) if mine else None


@router.delete("/me", status_code=204)
def leave_watchers(mine: MyChangingMembership, session: DbSession, secret: TheSecret) -> None:
    """Stop being a watcher; nothing of the membership is kept.

    Of who was turned away it is kept, for a year, that people look when they enrol again.
    """
    if mine is not None:
        leave(session, secret, mine, at=now())


@router.get("/activities")
def my_activities(mine: MyMembership, session: ReadSession) -> list[ActivityOut]:
    """What one's dong plans; nothing for who is no watcher. Order: what begins first."""
    at = now()
    if mine is None or not mine.is_valid(at):
        return []
    ahead = session.scalars(ahead_of(mine.office_id, at=at))
    return [ActivityOut.of(activity, mine) for activity in ahead]


@router.put("/activities/{my_activity_id}/part")
def come(joining: MyActivity, session: DbSession) -> ActivityOut:
    """Sign up; again changes nothing."""
    join(session, joining.activity, joining.watcher, at=now())
    session.refresh(joining.activity, ["parts"])
    return ActivityOut.of(joining.activity, joining.watcher)


@router.delete("/activities/{my_activity_id}/part", status_code=204)
def not_come(joining: MyActivity, session: DbSession) -> None:
    """Sign off; who has not signed up changes nothing."""
    stay_away(session, joining.activity, joining.watcher, at=now())


@router.post("/verification")
def verify(card: CardIn, session: ReadSession, _proof: Annotated[None, Depends(proven)]) -> CardOut:
    """Read a card. It is not written down that, when or where somebody did so."""
    return CardOut.of(read_card(session, card.token, at=now()))


@router.get("")
def watchers(
    query: Annotated[WatchersQuery, Query()], desk: Desk, session: ReadSession
) -> list[WatcherOut]:
    """The memberships in one's dongs that are in a state. Order: the latest first."""
    found = session.scalars(watchers_in(desk.offices, query.state, at=now()))
    return [WatcherOut.of(watcher) for watcher in found]


@router.put("/{watcher_id}/decision")
def decide(
    watcher: HeldWatcher,
    told: DecisionIn,
    desk: ActingDesk,
    session: DbSession,
    secret: TheSecret,
) -> WatcherOut:
    """Confirm or decline who waits, or end the membership of a watcher."""
    if told.decision is Decision.CONFIRM:
        confirm(session, secret, watcher, by_id=desk.person.id, at=now())
    else:
        if len(told.reason) < 2:
            raise NoReason("reason", NoReason.title())
        deed = decline if told.decision is Decision.DECLINE else end
        deed(session, watcher, told.reason, by_id=desk.person.id, at=now())
    return WatcherOut.of(watcher)

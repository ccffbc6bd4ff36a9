"""The board: every case as a card in the list of its stage."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.cases.queries.board import (
    cases_in,
    kinds_of,
    names_of_centres,
    offered_of,
    offered_to,
    steps_due,
    untaken,
)
from geo_service.cases.schemas.card import Card
from geo_service.cases.workflow.ladder import TAKE_UP_DAYS
from geo_service.cases.workflow.stages import COLUMNS, MOVES
from geo_service.cases.workflow.standing_still import is_idle
from geo_service.cases.workflow.working_days import working_day
from geo_service.clock import KOREA
from geo_service.reports.models import Routing, Stage, Urgency

CLOSED_FOR = timedelta(days=30)
"""So long a closed case stays on the board."""

ENDS_WITHIN = timedelta(days=30)
"""So long before its end it is there again, to be opened if it is still needed."""


Board = Mapping[Stage, list[Card]]


def board_of(session: Session, offices: Collection[UUID], *, at: datetime) -> Board:
    """All cards of some centres, by stage. Order: as `COLUMNS`, then what is due first."""
    names = {row.id: row.name for row in session.execute(names_of_centres(offices))}
    cards = [
        *(_card_of_report(row, names, offices) for row in session.execute(untaken(offices))),
        *_cards_of_cases(session, offices, names, at=at),
    ]
    return {stage: [card for card in cards if card.stage is stage] for stage in COLUMNS}


def take_up_by(told_at: datetime, urgency: Urgency) -> date:
    """By when somebody takes a report up."""
    return working_day(told_at.astimezone(KOREA).date(), TAKE_UP_DAYS[urgency])


def _card_of_report(row: Any, names: Mapping[UUID, str], offices: Collection[UUID]) -> Card:
    ours = row.centre_id if row.centre_id in offices else row.second_centre_id
    is_border = row.routing is Routing.BORDER
    return Card(
        id=row.id,
        path=f"/office/cases/reports/{row.id}",
        number=row.number,
        centre=names.get(ours, ""),
        stage=Stage.NEW,
        categories=tuple(row.categories),
        is_urgent=row.urgency is Urgency.TODAY,
        since=row.told_at,
        due_on=take_up_by(row.told_at, row.urgency),
        due_for="accept" if is_border else "take_up",
        mark=str(row.routing) if row.routing in {Routing.BORDER, Routing.UNCONFIRMED} else "",
    )


def _cards_of_cases(
    session: Session, offices: Collection[UUID], names: Mapping[UUID, str], *, at: datetime
) -> Iterable[Card]:
    ending_by = (at + ENDS_WITHIN).astimezone(KOREA).date()
    shown = cases_in(offices, closed_after=at - CLOSED_FOR, ending_by=ending_by)
    ours = session.execute(shown).all()
    handed = session.execute(offered_to(offices)).all()
    ids = [row.id for row in (*ours, *handed)]
    told: dict[UUID, list[Any]] = {}
    for row in session.execute(kinds_of(ids)):
        told.setdefault(row.case_id, []).append(row)
    rungs: dict[UUID, str] = {}
    for case_id, rung in session.execute(steps_due(ids)):
        rungs.setdefault(case_id, str(rung))
    sent = set(session.scalars(offered_of([row.id for row in ours])))
    for row in handed:
        card = _card_of_case(row, names, told.get(row.id, []), "accept")
        yield replace(card, stage=Stage.NEW, mark="handed", due_on=None, moves=())
    for row in ours:
        card = _card_of_case(row, names, told.get(row.id, []), rungs.get(row.id, ""))
        ends_soon = row.shred_on is not None and row.shred_on <= ending_by
        rests = row.stage is not Stage.CLOSED and is_idle(
            row.touched_at, row.due_on, row.follow_up_on, at=at
        )
        mark = "sent" if row.id in sent else "ending" if ends_soon else "idle" if rests else ""
        yield replace(card, mark=mark)


def _card_of_case(row: Any, names: Mapping[UUID, str], told: list[Any], rung: str) -> Card:
    days = [day for day in (row.due_on, row.follow_up_on) if day]
    due_on = min(days, default=None)
    return Card(
        id=row.id,
        case_id=row.id,
        path=f"/office/cases/{row.id}",
        number=row.number,
        centre=names.get(row.centre_id, ""),
        stage=row.stage,
        categories=tuple(dict.fromkeys(kind for each in told for kind in each.categories)),
        is_urgent=any(each.urgency is Urgency.TODAY for each in told)
        and row.stage in {Stage.NEW, Stage.ASSIGNED, Stage.UNREACHABLE},
        since=row.opened_at,
        due_on=due_on,
        due_for=rung if due_on == row.due_on else "follow_up",
        who=row.who,
        reports=len(told),
        version=row.version,
        moves=MOVES[row.stage],
    )

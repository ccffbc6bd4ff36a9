"""All that may be told of a meeting: no name of anybody who did not agree is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.meetings.models import (
    AgendaItem,
    Choice,
    Decision,
    Edition,
    LookBack,
    Meeting,
    Minutes,
    Task,
    Way,
    Went,
)
from geo_service.meetings.queries.records import (
    agenda_of,
    coming_to,
    decisions_of,
    editions_of,
    slips_of_counted,
    tasks_of,
)
from geo_service.meetings.workflow.minutes import has_begun
from geo_service.meetings.workflow.names import Names, names_of


@dataclass(frozen=True, slots=True)
class ToldItem:
    """One thing to talk about."""

    id: UUID
    title: str
    words: str
    lasts_min: int
    asks_decision: bool
    by: str | None
    """Who added it, if they agreed to be named."""
    by_office: bool
    by_id: UUID | None
    version: int


@dataclass(frozen=True, slots=True)
class ToldEdition:
    """The minutes as they were published at one time."""

    number: int
    words: str
    also: str
    came: int | None
    why: str
    by_office: bool
    published_at: datetime


@dataclass(frozen=True, slots=True)
class ToldSlip:
    """What somebody voted; only they know the code."""

    code: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """What was asked, and what was said."""

    id: UUID
    item: str | None
    """Of the agenda."""
    question: str
    words: str
    way: Way
    yes: int
    no: int
    abstained: int
    voted: int
    entitled: int | None
    opened_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    is_carried: bool
    is_open: bool
    slips: Sequence[ToldSlip]


@dataclass(frozen=True, slots=True)
class ToldTask:
    """Who does what."""

    id: UUID
    words: str
    owner: str | None
    """Their name, if they agree to be named."""
    owner_id: UUID | None
    by_office: bool
    is_taken: bool
    due_on: date
    done_at: datetime | None
    went: Went | None
    went_words: str
    decision_id: UUID | None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one meeting that everybody may read."""

    meeting: Meeting
    has_begun: bool
    agenda: Sequence[ToldItem]
    scribe: str | None
    editions: Sequence[ToldEdition]
    """Order: latest first."""
    people: Sequence[str]
    """Who was there, or comes, and agreed to be named. Order: by name."""
    decisions: Sequence[ToldDecision]
    tasks: Sequence[ToldTask]
    asked_back_at: datetime | None
    looked_back: str
    looked_back_at: datetime | None

    @property
    def minutes(self) -> ToldEdition | None:
        """What stands."""
        return self.editions[0] if self.editions else None

    @property
    def lasts_min(self) -> int:
        """The whole agenda."""
        return sum(item.lasts_min for item in self.agenda)

    @property
    def has_anything(self) -> bool:
        """Whether there is anything to tell."""
        return bool(
            self.agenda or self.editions or self.decisions or self.tasks or self.looked_back
        )


def record_of(session: Session, meeting: Meeting, *, at: datetime) -> Record:
    """What everybody may read, at this moment."""
    names = names_of(session, meeting.id)
    items = session.scalars(agenda_of(meeting.id)).all()
    titles = {item.id: names.veil(item.title) for item in items}
    slips: dict[UUID, list[ToldSlip]] = {}
    for slip in session.scalars(slips_of_counted(meeting.id)):
        slips.setdefault(slip.decision_id, []).append(ToldSlip(slip.code, slip.choice))
    minutes, told = session.get(Minutes, meeting.id), session.get(LookBack, meeting.id)
    proposer_id = None if meeting.by_office else meeting.proposed_by_id
    scribe_id = (minutes and minutes.scribe_id) or proposer_id
    return Record(
        meeting=meeting,
        has_begun=has_begun(meeting, at),
        agenda=[_item(item, names) for item in items],
        scribe=names.of(scribe_id),
        editions=[_edition(one, names) for one in session.scalars(editions_of(meeting.id))],
        people=_people(session, meeting),
        decisions=[
            _decision(one, titles, slips.get(one.id, []), names, at)
            for one in session.scalars(decisions_of(meeting.id))
        ],
        tasks=[_task(task, names) for task in session.scalars(tasks_of(meeting.id))],
        asked_back_at=told.asked_at if told else None,
        looked_back=names.veil(told.words) if told else "",
        looked_back_at=told.looked_at if told else None,
    )


def _people(session: Session, meeting: Meeting) -> list[str]:
    """Who is not known to have stayed away, and agreed."""
    coming = session.execute(coming_to(meeting.id))
    return sorted(name for one, name in coming if one.named and one.came is not False)


def _item(item: AgendaItem, names: Names) -> ToldItem:
    return ToldItem(
        id=item.id,
        title=names.veil(item.title),
        words=names.veil(item.words),
        lasts_min=item.lasts_min,
        asks_decision=item.asks_decision,
        by=names.of(item.by_id),
        by_office=item.by_id is None,
        by_id=item.by_id,
        version=item.version,
    )


def _edition(edition: Edition, names: Names) -> ToldEdition:
    return ToldEdition(
        number=edition.number,
        words=names.veil(edition.words),
        also=names.veil(edition.also),
        came=edition.came,
        why=names.veil(edition.why),
        by_office=edition.by_office,
        published_at=edition.published_at,
    )


def _decision(
    one: Decision, titles: dict[UUID, str], slips: list[ToldSlip], names: Names, at: datetime
) -> ToldDecision:
    return ToldDecision(
        id=one.id,
        item=titles.get(one.agenda_item_id) if one.agenda_item_id else None,
        question=names.veil(one.question),
        words=names.veil(one.words),
        way=one.way,
        yes=one.yes,
        no=one.no,
        abstained=one.abstained,
        voted=one.voted,
        entitled=one.entitled,
        opened_at=one.opened_at,
        closes_at=one.closes_at,
        closed_at=one.closed_at,
        is_carried=one.is_carried,
        is_open=one.is_open(at),
        slips=slips,
    )


def _task(task: Task, names: Names) -> ToldTask:
    return ToldTask(
        id=task.id,
        words=names.veil(task.words),
        owner=names.of(task.owner_id),
        owner_id=task.owner_id,
        by_office=task.by_office,
        is_taken=task.by_office or task.owner_id is not None,
        due_on=task.due_on,
        done_at=task.done_at,
        went=task.went,
        went_words=names.veil(task.went_words),
        decision_id=task.decision_id,
    )

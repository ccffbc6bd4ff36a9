"""What offices thank watchers with; and that it was used, of which only the number is kept."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from geo_service.accounts.workflow import Secret
from geo_service.clock import KOREA
from geo_service.errors import Conflict, NotFound
from geo_service.watchers.files.token import Token
from geo_service.watchers.models import Benefit, BenefitCount, BenefitMark, CardKind
from geo_service.watchers.queries.benefits import benefits_for
from geo_service.watchers.queries.cards import the_card
from geo_service.watchers.workflow.verifying import read_card


class NoSuchBenefit(NotFound):
    """There is no such benefit, or not for this card."""

    korean = "그런 혜택이 없거나, 이 카드로는 받을 수 없어요."


class BenefitIsOver(Conflict):
    """This benefit has ended already."""

    korean = "이미 끝낸 혜택이에요."


@dataclass(frozen=True, slots=True)
class Offer:
    """What an office may say of a benefit."""

    title: str
    partner: str
    good_from: date
    good_until: date | None = None
    words: str = ""


def offer(session: Session, office_id: UUID, told: Offer, *, at: datetime) -> Benefit:
    """Thank watchers with something."""
    benefit = Benefit(office_id=office_id, made_at=at, **asdict(told))
    session.add(benefit)
    session.flush()
    return benefit


def change(session: Session, benefit: Benefit, told: Offer) -> None:
    """Say it otherwise; `benefit` is locked. Raises: BenefitIsOver."""
    if benefit.ended_at is not None:
        raise BenefitIsOver
    for name, value in asdict(told).items():
        setattr(benefit, name, value)
    benefit.version += 1
    session.flush()


def end_offer(session: Session, benefit: Benefit, *, at: datetime) -> None:
    """Nobody gets it any more; its counts stay. Raises: BenefitIsOver."""
    if benefit.ended_at is not None:
        raise BenefitIsOver
    benefit.ended_at = at
    benefit.version += 1
    session.flush()


def count_use(
    session: Session, secret: Secret, letters: str, benefit_id: UUID, *, at: datetime
) -> bool:
    """Count one use by whoever shows this card now; whether it was not counted before.

    One showing counts once however often it is sent: a telephone's until it runs out, a paper
    card's until the day is over. So long a hash is kept that nobody can turn back into a card.
    Raises: NoSuchBenefit, and as `read_card`.
    """
    watcher = read_card(session, letters, at=at)
    day = at.astimezone(KOREA).date()
    good = benefits_for(watcher.office_id, day).where(Benefit.id == benefit_id)
    if session.scalar(good) is None:
        raise NoSuchBenefit
    forget_marks(session, at=at)
    showing = _showing(session, letters, day)
    marked = (
        insert(BenefitMark)
        .values(mark=showing.mark(secret, benefit_id), until=showing.until)
        .on_conflict_do_nothing()
        .returning(BenefitMark.mark)
    )
    if session.scalar(marked) is None:
        return False
    first = insert(BenefitCount).values(benefit_id=benefit_id, month=day.replace(day=1), uses=1)
    session.execute(
        first.on_conflict_do_update(
            index_elements=[BenefitCount.benefit_id, BenefitCount.month],
            set_={"uses": BenefitCount.uses + 1},
        )
    )
    return True


def counted_already(
    session: Session, secret: Secret, letters: str, benefits: Iterable[Benefit], *, at: datetime
) -> frozenset[UUID]:
    """Which of these were counted for what is shown now."""
    day = at.astimezone(KOREA).date()
    showing = _showing(session, letters, day)
    marks = {showing.mark(secret, benefit.id): benefit.id for benefit in benefits}
    known = select(BenefitMark.mark).where(
        BenefitMark.mark.in_(list(marks)), BenefitMark.until > at
    )
    return frozenset(marks[mark] for mark in session.scalars(known))


def forget_marks(session: Session, *, at: datetime) -> None:
    """Drop what was only kept so that nothing is counted twice."""
    session.execute(delete(BenefitMark).where(BenefitMark.until <= at))


@dataclass(frozen=True, slots=True)
class _Showing:
    """What counts once."""

    letters: str
    day: str
    """Of a paper card, which is shown every day anew; a telephone's ends in minutes by itself."""
    until: datetime

    def mark(self, secret: Secret, benefit_id: UUID) -> bytes:
        """That this benefit was counted for it."""
        return secret.digest("benefit use", self.letters, benefit_id.hex, self.day)


def _showing(session: Session, letters: str, day: date) -> _Showing:
    """Of a card that was read as good."""
    midnight = datetime.combine(day + timedelta(days=1), time(), KOREA)
    token = Token.read(letters)
    card = session.scalar(the_card(token.card_id)) if token else None
    if token is None or card is None or card.kind is CardKind.PAPER:
        return _Showing(letters, day.isoformat(), midnight)
    return _Showing(letters, "", token.runs_out_at)

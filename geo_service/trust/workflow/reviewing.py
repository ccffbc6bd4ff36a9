"""Reviews: opened when the work is confirmed, written once by each side, shown together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.db.session import expecting
from geo_service.errors import Conflict, NotFound
from geo_service.hiring.models import Application
from geo_service.trust.models import Answer, Review, Round, Side
from geo_service.trust.queries import last_confirmed, shown_review

ROUND = timedelta(days=7)
"""How long both sides may write, and the longest that one waits for the other."""


class WorkIsNotConfirmed(Conflict):
    """Reviews are written after the work is done and confirmed."""

    korean = "일이 끝나고 기관이 확인한 뒤에 쓸 수 있어요."


class RoundIsOver(Conflict):
    """The week for this review is over."""

    korean = "후기를 쓸 수 있는 7일이 지났어요."


class AlreadyReviewed(Conflict):
    """This review is written already."""

    korean = "이미 후기를 쓰셨어요."


class NothingToReply(NotFound):
    """There is no review to reply to, or it is not shown yet."""

    korean = "답할 후기가 없거나 아직 공개되지 않았어요."


@dataclass(frozen=True, slots=True)
class Words:
    """Two questions and a line."""

    kept: Answer
    again: Answer
    line: str = ""


def round_of(session: Session, application: Application, *, at: datetime) -> Round:
    """The round of an application, opened now if the work is confirmed.

    Raises: WorkIsNotConfirmed, RoundIsOver for work that was confirmed long ago.
    """
    session.execute(
        select(Application.id).where(Application.id == application.id).with_for_update()
    )
    found = session.get(Round, application.id)
    if found is None:
        confirmed_at = session.scalar(last_confirmed(application))
        if confirmed_at is None:
            raise WorkIsNotConfirmed
        if confirmed_at + ROUND <= at:
            raise RoundIsOver
        found = Round(application_id=application.id, opened_at=at, closes_at=confirmed_at + ROUND)
        session.add(found)
        session.flush()
    return found


def write(  # noqa: PLR0913 — all of them are needed
    session: Session,
    application: Application,
    side: Side,
    words: Words,
    *,
    by_id: UUID,
    at: datetime,
) -> Review:
    """Say it once. Raises: WorkIsNotConfirmed, RoundIsOver, AlreadyReviewed."""
    if round_of(session, application, at=at).closes_at <= at:
        raise RoundIsOver
    review = Review(
        application_id=application.id,
        side=side,
        kept=words.kept,
        again=words.again,
        line=words.line,
        by_id=by_id,
        written_at=at,
    )
    with expecting(session, "review_once_key", AlreadyReviewed()):
        session.add(review)
    return review


def reply(
    session: Session, application_id: UUID, side: Side, words: str, *, at: datetime
) -> Review:
    """Answer what the other side wrote, once it is shown. Raises: NothingToReply."""
    review = session.scalar(shown_review(application_id, side.other, at=at))
    if review is None:
        raise NothingToReply
    review.reply = words
    session.flush()
    return review

"""The lottery: a seed that is fixed before anybody knows who takes part, and is told afterwards."""

from collections.abc import Iterable
from datetime import datetime
from secrets import token_hex
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.hiring.models import Draw
from geo_service.hiring.models.draw import commitment_of, lot
from geo_service.hiring.queries import the_pending_draw


def commit(session: Session, job_id: UUID, *, at: datetime) -> Draw:
    """The seed of the next draw of a job, which is held; made once."""
    draw = session.scalar(the_pending_draw(job_id))
    if draw is None:
        seed = token_hex(32)
        draw = Draw(job_id=job_id, seed=seed, commitment=commitment_of(seed), committed_at=at)
        session.add(draw)
        session.flush()
    return draw


def drawn(seed: str, numbers: Iterable[int]) -> list[int]:
    """The numbers in the order of their lots."""
    return sorted(numbers, key=lambda number: lot(seed, number))


def draw_lots(
    session: Session, job_id: UUID, numbers: Iterable[int], *, seats: int, at: datetime
) -> Draw:
    """Use the seed, and write down what anybody needs to draw again."""
    draw = commit(session, job_id, at=at)
    draw.numbers = sorted(numbers)
    draw.result = drawn(draw.seed, draw.numbers)
    draw.seats, draw.drawn_at = seats, at
    session.flush()
    return draw

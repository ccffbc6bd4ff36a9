"""Who waits for what."""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import TSTZRANGE

from geo_service.spaces.models import Wait, Waiting
from geo_service.spaces.queries.tree import HOUSEHOLD

WAITING = (
    select(Waiting)
    .where(
        Waiting.state == Wait.WAITING,
        Waiting.space_id.in_(HOUSEHOLD),
        Waiting.during.overlaps(bindparam("near", type_=TSTZRANGE)),
    )
    .order_by(Waiting.since, Waiting.id)
)
"""Those who wait for something in `:house_id` at a time `:near`; order: who waits longest."""

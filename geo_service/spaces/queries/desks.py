"""Which desks are free for good from a day on."""

from datetime import date, datetime

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from geo_service.spaces.models import WHOLE, Terms
from geo_service.spaces.queries.free import units_of
from geo_service.spaces.queries.opening import midnight
from geo_service.spaces.queries.taken import IN_THE_WAY, in_the_way_of
from geo_service.spaces.queries.tree import LINEAGE


def free_desks(session: Session, terms: Terms, day: date, *, at: datetime) -> list[int]:
    """The numbers of those nobody has or will have from then on."""
    around = session.scalars(LINEAGE, {"space_id": terms.space_id}).all()[1:]
    values = in_the_way_of(terms, around, Range(midnight(day), None), at=at)
    claims = session.execute(IN_THE_WAY, values)
    taken = {unit if space == terms.space_id else WHOLE for space, unit, _ in claims}
    return [] if WHOLE in taken else [unit for unit in units_of(terms) if unit not in taken]

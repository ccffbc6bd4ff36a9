"""Questions about spaces."""

from uuid import UUID

from sqlalchemy import Select, select

from geo_service.listings.models import Visibility
from geo_service.listings.queries.visible import AT, on_offer
from geo_service.spaces.models import Space

MOST_PARTS = 30
"""A page names no more than this many."""


def parts_of(space: Space) -> Select[Space]:
    """The parts of a space that `:at` a moment are on offer; order: by title."""
    return (
        select(Space)
        .where(Space.part_of_id == space.id, on_offer())
        .order_by(Space.title, Space.id)
        .limit(MOST_PARTS)
    )


def the_space(space_id: UUID) -> Select[Space]:
    """One space published for everybody `:at` a moment; a closed one too, which says so."""
    return select(Space).where(
        Space.id == space_id, Space.visibility == Visibility.PUBLIC, Space.published_at <= AT
    )

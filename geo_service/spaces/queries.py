"""Questions about spaces."""

from uuid import UUID

from sqlalchemy import Select, select

from geo_service.listings.models import Visibility
from geo_service.listings.queries.visible import AT
from geo_service.spaces.models import Space


def the_space(space_id: UUID) -> Select[Space]:
    """One space published for everybody `:at` a moment; a closed one too, which says so."""
    return select(Space).where(
        Space.id == space_id, Space.visibility == Visibility.PUBLIC, Space.published_at <= AT
    )

"""Areas are found by their names in Latin letters too."""

from alembic import op
from sqlalchemy import text

from geo_service.areas.models import search_words

revision = "latin_names"
down_revision = "programmes"


def upgrade() -> None:
    """Spell out the words of the areas that are there already."""
    connection = op.get_bind()
    areas = connection.execute(text("SELECT id, name, full_name, aliases FROM area")).all()
    words = [
        {"id": area.id, "words": search_words(area.name, area.full_name, area.aliases)}
        for area in areas
    ]
    if words:
        connection.execute(text("UPDATE area SET words = :words WHERE id = :id"), words)


def downgrade() -> None:
    """More words do no harm."""

"""Listings that come by the thousand tell their own words; rows of files stay as they were sent."""

from alembic import op

revision = "told_listings"
down_revision = "facility_files"

FOLLOW = "FOR EACH ROW EXECUTE FUNCTION listing_follow()"
UNTOLD = "NEW.words IS NULL OR NEW.feature_head IS NULL OR NEW.updated_at IS NULL"
ORIGINAL = """
    ALTER TABLE facility
        DROP CONSTRAINT facility_original_object_check,
        ALTER original TYPE {type} USING original::{type},
        ADD CONSTRAINT facility_original_object_check CHECK ({type}_typeof(original) = 'object')
"""


def upgrade() -> None:
    """Follow whatever is changed, and what is new as far as it does not tell itself."""
    op.execute("DROP TRIGGER listing_follow ON listing")
    op.execute(f"CREATE TRIGGER listing_follow BEFORE UPDATE ON listing {FOLLOW}")
    tell = FOLLOW.replace("EXECUTE", f"WHEN ({UNTOLD}) EXECUTE")
    op.execute(f"CREATE TRIGGER listing_tell BEFORE INSERT ON listing {tell}")
    op.execute(ORIGINAL.format(type="json"))


def downgrade() -> None:
    """Follow all of it."""
    op.execute(ORIGINAL.format(type="jsonb"))
    op.execute("DROP TRIGGER listing_tell ON listing")
    op.execute("DROP TRIGGER listing_follow ON listing")
    op.execute(f"CREATE TRIGGER listing_follow BEFORE INSERT OR UPDATE ON listing {FOLLOW}")

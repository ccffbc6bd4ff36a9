"""Listings, jobs and spaces."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geography
from sqlalchemy.dialects import postgresql as pg

from geo_service.geo.columns import PlanePoint

revision = "listings_jobs_spaces"
down_revision = "areas_and_offices"

LNG = "radians(ST_X(place::geometry))"
LAT = "radians(ST_Y(place::geometry))"
E2 = "0.0066943799901413165"
E = "0.08181919084262149"
NORMAL = f"(6378137.0 / sqrt(1 - {E2} * sin({LAT}) ^ 2))"

SHOWN = "published_at IS NOT NULL AND closed_at IS NULL AND visibility = 'public'"
PLANE = f"point(6378137.0 * {LNG}, 6378137.0 * (asinh(tan({LAT})) - {E} * atanh({E} * sin({LAT}))))"
EARTH_X = f"{NORMAL} * cos({LAT}) * cos({LNG})"
EARTH_Y = f"{NORMAL} * cos({LAT}) * sin({LNG})"
EARTH_Z = f"{NORMAL} * 0.9933056200098587 * sin({LAT})"

# What follows from a listing and its office, so that the hottest query only joins text: even the
# two braces that end a feature are left to it.
FOLLOW = """
CREATE FUNCTION listing_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    office_name text := (SELECT name FROM office WHERE id = NEW.office_id);
    spaces CONSTANT text := E' \\t\\r\\n\\u00A0\\u3000';
BEGIN
    NEW.updated_at := now();
    NEW.words := lower(concat_ws(
        E'\\n',
        translate(NEW.title, spaces, ''),
        translate(office_name, spaces, ''),
        translate(NEW.address, spaces, '')));
    NEW.feature_head := '{"type":"Feature","id":"' || NEW.id
        || '","geometry":{"type":"Point","coordinates":['
        || ST_X(NEW.place::geometry) || ',' || ST_Y(NEW.place::geometry)
        || ']},"properties":{"kind":"' || NEW.kind
        || '","title":' || to_json(NEW.title)
        || ',"office":' || coalesce(to_json(office_name)::text, 'null')
        || ',"address":' || to_json(NEW.address)
        || ',"url":"/' || NEW.kind || 's/' || NEW.id
        || '","source":' || to_json(NEW.source)
        || ',"demo":' || (NEW.source = 'demo')
        || CASE NEW.essentials WHEN '{}' THEN ''
           ELSE ',' || substr(NEW.essentials::text, 2, length(NEW.essentials::text) - 2) END;
    RETURN NEW;
END $$
"""

# A renamed office is renamed on its listings too.
RENAME = """
CREATE FUNCTION office_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE listing SET office_id = office_id WHERE office_id = NEW.id;
    RETURN NULL;
END $$
"""

# Where an area was drawn anew, listings belong to the dong that now covers them: the
# administrative one where it is known. Deferred, because codes follow areas into the table.
REDRAW = """
CREATE FUNCTION area_redrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE listing SET area_id = dong.id
    FROM (
        SELECT DISTINCT ON (inside.id) inside.id AS listing_id, area.id
        FROM listing AS inside JOIN area ON ST_Intersects(area.outline, inside.place::geometry)
        WHERE ST_Intersects(NEW.outline, inside.place::geometry) AND area.level = 'dong'
          AND EXISTS (
              SELECT FROM area_code WHERE area_id = area.id
                AND valid_during @> (now() AT TIME ZONE 'Asia/Seoul')::date)
        ORDER BY inside.id, area.register, area.id
    ) AS dong
    WHERE listing.id = dong.listing_id AND listing.area_id IS DISTINCT FROM dong.id;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Make the tables, what follows from them, and the grants of the service."""
    op.create_table(
        "listing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=140), nullable=False),
        sa.Column("summary", sa.String(length=1000), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_during", pg.TSTZRANGE(), server_default=sa.text("'(,)'"), nullable=False),
        sa.Column("open_week", pg.INT4MULTIRANGE(), nullable=True),
        sa.Column(
            "closed_days", pg.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column(
            "visibility",
            sa.String(length=32),
            server_default=sa.text("'public'"),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=140), nullable=False),
        sa.Column("reference_on", sa.Date(), nullable=True),
        sa.Column("essentials", pg.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column(
            "shown",
            sa.Boolean(),
            sa.Computed(SHOWN, persisted=True),
            nullable=False,
        ),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("feature_head", sa.Text(), nullable=False),
        sa.Column("place", Geography("POINT", srid=4326, spatial_index=False), nullable=False),
        sa.Column("cell", sa.BigInteger(), nullable=False),
        sa.Column("plane", PlanePoint(), sa.Computed(PLANE, persisted=True), nullable=False),
        sa.Column("earth_x", sa.Double(), sa.Computed(EARTH_X, persisted=True), nullable=False),
        sa.Column("earth_y", sa.Double(), sa.Computed(EARTH_Y, persisted=True), nullable=False),
        sa.Column("earth_z", sa.Double(), sa.Computed(EARTH_Z, persisted=True), nullable=False),
        sa.CheckConstraint("kind IN ('job', 'space')", name=op.f("listing_kind_check")),
        sa.CheckConstraint(
            "visibility IN ('public', 'neighbours', 'office')",
            name=op.f("listing_visibility_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(title)) BETWEEN 1 AND 140", name=op.f("listing_titled_check")
        ),
        sa.CheckConstraint("NOT isempty(open_during)", name=op.f("listing_open_some_time_check")),
        sa.CheckConstraint(
            "closed_at >= published_at", name=op.f("listing_closed_after_published_check")
        ),
        sa.CheckConstraint(
            "open_week <@ '{[0,10080)}'::int4multirange", name=op.f("listing_one_week_check")
        ),
        sa.CheckConstraint(
            "jsonb_typeof(essentials) = 'object'", name=op.f("listing_essentials_object_check")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="listing_area_id_fkey"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="listing_office_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="listing_pkey"),
    )
    shown = sa.text("shown")
    carried = ["id", "earth_x", "earth_y", "earth_z", "open_during", "published_at"]
    op.create_index(
        "listing_plane_idx",
        "listing",
        ["plane"],
        postgresql_using="spgist",
        postgresql_include=[*carried, "kind"],
        postgresql_where=shown,
    )
    op.create_index(
        "listing_cell_idx",
        "listing",
        ["cell", "kind"],
        postgresql_include=carried,
        postgresql_where=shown,
    )
    op.create_index(
        "listing_words_idx",
        "listing",
        ["words"],
        postgresql_using="gin",
        postgresql_ops={"words": "gin_trgm_ops"},
        postgresql_where=shown,
    )
    op.create_index(
        "listing_place_idx", "listing", [sa.text("(place::geometry)")], postgresql_using="gist"
    )
    op.create_index("listing_area_id_idx", "listing", ["area_id", "id"], postgresql_where=shown)
    op.create_index("listing_office_id_idx", "listing", ["office_id"])
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pay_won", sa.Integer(), nullable=False),
        sa.Column("pay_unit", sa.String(length=32), nullable=False),
        sa.Column("allowance_programme", sa.String(length=140), nullable=True),
        sa.Column("works_from", sa.Date(), nullable=True),
        sa.Column("works_until", sa.Date(), nullable=True),
        sa.Column("weekly_hours", sa.Numeric(4, 1), nullable=True),
        sa.Column("hours_words", sa.String(length=300), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("how_to_apply", sa.String(length=1000), nullable=False),
        sa.Column("apply_phone", sa.String(length=20), nullable=True),
        sa.Column("urgent_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("pay_won > 0", name=op.f("job_paid_check")),
        sa.CheckConstraint("pay_unit IN ('hour', 'task')", name=op.f("job_pay_unit_check")),
        sa.CheckConstraint("seats BETWEEN 1 AND 999", name=op.f("job_seated_check")),
        sa.CheckConstraint("works_from <= works_until", name=op.f("job_works_forward_check")),
        sa.CheckConstraint(
            "weekly_hours > 0 AND weekly_hours <= 52", name=op.f("job_lawful_week_check")
        ),
        sa.CheckConstraint("apply_phone ~ '^\\+[0-9]{7,15}$'", name=op.f("job_callable_check")),
        sa.ForeignKeyConstraint(["id"], ["listing.id"], name="job_id_fkey", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="job_pkey"),
    )
    op.create_table(
        "space",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.String(length=140), nullable=False),
        sa.Column("space_type", sa.String(length=60), nullable=False),
        sa.Column("part_of_id", sa.Uuid(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("area_m2", sa.Numeric(9, 2), nullable=True),
        sa.Column("equipment", pg.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("hours_words", sa.String(length=500), nullable=False),
        sa.Column("closed_words", sa.String(length=500), nullable=False),
        sa.Column("fee_words", sa.String(length=500), nullable=False),
        sa.Column("fee_won", sa.Integer(), nullable=True),
        sa.Column("fee_minutes", sa.Integer(), nullable=True),
        sa.Column("how_to_book", sa.String(length=500), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("homepage", sa.String(length=500), nullable=True),
        sa.CheckConstraint("capacity > 0", name=op.f("space_roomy_check")),
        sa.CheckConstraint("area_m2 > 0", name=op.f("space_wide_check")),
        sa.CheckConstraint("fee_won >= 0", name=op.f("space_priced_check")),
        sa.CheckConstraint("fee_minutes > 0", name=op.f("space_priced_per_time_check")),
        sa.CheckConstraint("part_of_id <> id", name=op.f("space_part_of_another_check")),
        sa.CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name=op.f("space_callable_check")),
        sa.ForeignKeyConstraint(["id"], ["listing.id"], name="space_id_fkey", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["part_of_id"], ["space.id"], name="space_part_of_id_fkey", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="space_pkey"),
    )
    op.create_index("space_part_of_id_idx", "space", ["part_of_id"])
    op.execute(FOLLOW)
    op.execute(
        "CREATE TRIGGER listing_follow BEFORE INSERT OR UPDATE ON listing"
        " FOR EACH ROW EXECUTE FUNCTION listing_follow()"
    )
    op.execute(RENAME)
    op.execute(
        "CREATE TRIGGER office_renamed AFTER UPDATE OF name ON office"
        " FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION office_renamed()"
    )
    op.execute(REDRAW)
    op.execute(
        "CREATE CONSTRAINT TRIGGER area_redrawn AFTER INSERT OR UPDATE OF outline ON area"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        " WHEN (NEW.outline IS NOT NULL) EXECUTE FUNCTION area_redrawn()"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON listing, job, space TO geo_app")


def downgrade() -> None:
    """Drop them."""
    op.execute("DROP TRIGGER area_redrawn ON area")
    op.execute("DROP TRIGGER office_renamed ON office")
    for table in ("space", "job", "listing"):
        op.drop_table(table)
    op.execute("DROP FUNCTION area_redrawn, office_renamed, listing_follow")

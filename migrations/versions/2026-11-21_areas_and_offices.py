"""Areas with codes over time, and the offices that answer for them."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geography, Geometry
from sqlalchemy.dialects import postgresql

revision = "areas_and_offices"
down_revision = None


def upgrade() -> None:
    """Make the tables, and let the service write what its importers write."""
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("register", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("full_name", sa.String(length=140), nullable=False),
        sa.Column(
            "aliases", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("outline", _multipolygon(), nullable=True),
        sa.Column("sketch", _multipolygon(), nullable=True),
        sa.Column("source", sa.String(length=140), nullable=False),
        sa.Column("reference_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("level IN ('sido', 'sigungu', 'dong')", name=op.f("area_level_check")),
        sa.CheckConstraint(
            "register IN ('both', 'legal', 'administrative')", name=op.f("area_register_check")
        ),
        sa.CheckConstraint("name <> '' AND full_name <> ''", name=op.f("area_named_check")),
        sa.CheckConstraint(
            "(level = 'dong') = (register <> 'both')", name=op.f("area_registered_check")
        ),
        sa.CheckConstraint(
            "(level = 'sido') = (parent_id IS NULL)", name=op.f("area_inside_check")
        ),
        sa.CheckConstraint(
            "outline IS NULL OR ST_IsValid(outline)", name=op.f("area_valid_outline_check")
        ),
        sa.CheckConstraint(
            "(sketch IS NULL) = (outline IS NULL)", name=op.f("area_sketched_check")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name="area_parent_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="area_pkey"),
        sa.UniqueConstraint("id", "register", name="area_id_register_key"),
    )
    op.create_index("area_outline_idx", "area", ["outline"], postgresql_using="gist")
    op.create_index("area_parent_id_idx", "area", ["parent_id"])
    op.create_index(
        "area_words_idx",
        "area",
        ["words"],
        postgresql_using="gin",
        postgresql_ops={"words": "gin_trgm_ops"},
    )
    op.create_table(
        "area_code",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("valid_during", postgresql.DATERANGE(), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9]{2,10}$'", name=op.f("area_code_digits_check")),
        sa.CheckConstraint(
            "NOT isempty(valid_during)", name=op.f("area_code_valid_some_time_check")
        ),
        sa.ForeignKeyConstraint(
            ["area_id", "register"],
            ["area.id", "area.register"],
            name="area_code_area_id_register_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="area_code_pkey"),
        postgresql.ExcludeConstraint(
            ("code", "="),
            ("register", "="),
            ("valid_during", "&&"),
            name="area_code_once_at_a_time",
            using="gist",
        ),
    )
    op.create_index("area_code_area_id_idx", "area_code", ["area_id"])
    op.create_table(
        "dong_share",
        sa.Column("legal_id", sa.Integer(), nullable=False),
        sa.Column("administrative_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legal_id"], ["area.id"], name="dong_share_legal_id_fkey", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["administrative_id"],
            ["area.id"],
            name="dong_share_administrative_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("legal_id", "administrative_id", name="dong_share_pkey"),
    )
    op.create_index("dong_share_administrative_id_idx", "dong_share", ["administrative_id"])
    op.create_table(
        "office",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=140), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column(
            "place",
            Geography(geometry_type="POINT", srid=4326, spatial_index=False),
            nullable=True,
        ),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("homepage", sa.String(length=500), nullable=True),
        sa.Column("hours_words", sa.String(length=300), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("answers_for_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "kind IN ('district_office', 'dong_centre', 'library', 'senior_centre',"
            " 'welfare_centre', 'school', 'institution')",
            name=op.f("office_kind_check"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("office_named_check")),
        sa.CheckConstraint(
            "answers_for_id IS NULL OR kind = 'dong_centre'", name=op.f("office_answering_check")
        ),
        sa.CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name=op.f("office_callable_check")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="office_area_id_fkey"),
        sa.ForeignKeyConstraint(["answers_for_id"], ["area.id"], name="office_answers_for_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="office_pkey"),
        sa.UniqueConstraint("answers_for_id", name="office_answers_for_id_key"),
        sa.UniqueConstraint("reference", name="office_reference_key"),
    )
    op.create_index("office_area_id_idx", "office", ["area_id"])
    # Areas are closed, never deleted: listings and offices point at them.
    op.execute("GRANT SELECT, INSERT, UPDATE ON area TO geo_app")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON area_code TO geo_app")
    op.execute("GRANT SELECT, INSERT, DELETE ON dong_share TO geo_app")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON office TO geo_app")


def downgrade() -> None:
    """Drop them."""
    for table in ("office", "dong_share", "area_code", "area"):
        op.drop_table(table)


def _multipolygon() -> Geometry:
    return Geometry(geometry_type="MULTIPOLYGON", srid=4326, spatial_index=False)

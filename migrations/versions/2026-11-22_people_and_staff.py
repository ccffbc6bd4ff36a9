"""People, where they are signed in, and who works in which office."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geography

revision = "people_and_staff"
down_revision = "facility_batches"

_KNOW_WHO_IS_ON_STAFF = """
    CREATE FUNCTION know_who_is_on_staff() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE whom uuid[] := ARRAY[]::uuid[];
    BEGIN
        IF TG_OP <> 'INSERT' THEN whom := whom || OLD.person_id; END IF;
        IF TG_OP <> 'DELETE' THEN whom := whom || NEW.person_id; END IF;
        UPDATE person SET on_staff = NOT on_staff
        WHERE id = ANY (whom)
          AND on_staff <> EXISTS (SELECT FROM staff WHERE staff.person_id = person.id);
        RETURN NULL;
    END $$;
    CREATE TRIGGER staff_are_known AFTER INSERT OR DELETE OR UPDATE OF person_id ON staff
        FOR EACH ROW EXECUTE FUNCTION know_who_is_on_staff();
"""
"""Staff are signed out sooner; the table of people says who they are."""


def upgrade() -> None:
    """Make the tables, and grant the service what it does with them."""
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("tongue", sa.String(length=32), server_default=sa.text("'ko'"), nullable=False),
        sa.Column("home", Geography("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column("home_dong_id", sa.Integer(), nullable=True),
        sa.Column("pace", sa.String(length=32), server_default=sa.text("'usual'"), nullable=False),
        sa.Column("neighbour_of_id", sa.Integer(), nullable=True),
        sa.Column("neighbour_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_staff", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "joined_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "email = lower(email) AND position('@' IN email) > 1",
            name=op.f("person_mailable_check"),
        ),
        sa.CheckConstraint("pace IN ('usual', 'slow')", name=op.f("person_pace_check")),
        sa.CheckConstraint("phone ~ '^\\+[0-9]{7,15}$'", name=op.f("person_callable_check")),
        sa.CheckConstraint("tongue IN ('ko', 'en')", name=op.f("person_tongue_check")),
        sa.CheckConstraint(
            "left_at IS NULL OR (email IS NULL AND phone IS NULL AND home IS NULL"
            " AND password_hash IS NULL AND home_dong_id IS NULL AND neighbour_of_id IS NULL)",
            name=op.f("person_leaves_nothing_check"),
        ),
        sa.CheckConstraint(
            "home IS NULL OR (abs(st_x(home::geometry) * 1000 - round(st_x(home::geometry) * 1000))"
            " < 0.000001 AND abs(st_y(home::geometry) * 1000 - round(st_y(home::geometry) * 1000))"
            " < 0.000001)",
            name=op.f("person_home_is_rough_check"),
        ),
        sa.CheckConstraint(
            "(neighbour_of_id IS NULL) = (neighbour_since IS NULL)",
            name=op.f("person_neighbour_since_check"),
        ),
        sa.CheckConstraint("length(btrim(name)) BETWEEN 1 AND 60", name=op.f("person_named_check")),
        sa.ForeignKeyConstraint(
            ["home_dong_id"], ["area.id"], name=op.f("person_home_dong_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["neighbour_of_id"], ["area.id"], name=op.f("person_neighbour_of_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("person_pkey")),
    )
    op.create_index("person_email_key", "person", ["email"], unique=True)
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(length=40), server_default=sa.text("''"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("expires_at > signed_in_at", name=op.f("sign_in_ends_check")),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("sign_in_hashed_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("sign_in_person_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("sign_in_pkey")),
    )
    op.create_index("sign_in_expires_at_idx", "sign_in", ["expires_at"], unique=False)
    op.create_index("sign_in_id_key", "sign_in", ["id"], unique=True)
    op.create_index("sign_in_person_id_idx", "sign_in", ["person_id"], unique=False)
    op.create_table(
        "staff",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('officer', 'caseworker', 'district_lead', 'operator')",
            name=op.f("staff_role_check"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("staff_office_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("staff_person_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "office_id", "role", name=op.f("staff_pkey")),
    )
    op.create_index("staff_office_id_idx", "staff", ["office_id"], unique=False)
    op.execute(_KNOW_WHO_IS_ON_STAFF)
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON person, sign_in, staff TO geo_app")


def downgrade() -> None:
    """Drop them."""
    op.drop_index("staff_office_id_idx", table_name="staff")
    op.drop_table("staff")
    op.execute("DROP FUNCTION know_who_is_on_staff()")
    op.drop_index("sign_in_person_id_idx", table_name="sign_in")
    op.drop_index("sign_in_id_key", table_name="sign_in")
    op.drop_index("sign_in_expires_at_idx", table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index("person_email_key", table_name="person")
    op.drop_table("person")

"""Proofs of who somebody is: codes by mail, tokens, accounts elsewhere, second factors."""

import sqlalchemy as sa
from alembic import op

revision = "doors"
down_revision = "later"


def upgrade() -> None:
    """Make the tables, and grant the service what it does with them."""
    op.create_table(
        "attempts",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(key) = 16", name=op.f("attempts_hashed_check")),
        sa.CheckConstraint("number > 0", name=op.f("attempts_some_check")),
        sa.PrimaryKeyConstraint("key", name=op.f("attempts_pkey")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("attempts_until_idx", "attempts", ["until"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'write', 'office']",
            name=op.f("api_token_scopes_check"),
        ),
        sa.CheckConstraint("expires_at > made_at", name=op.f("api_token_ends_check")),
        sa.CheckConstraint(
            "length(btrim(name)) BETWEEN 1 AND 60", name=op.f("api_token_named_check")
        ),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("api_token_hashed_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("api_token_person_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("api_token_pkey")),
    )
    op.create_index("api_token_person_id_idx", "api_token", ["person_id"], unique=False)
    op.create_index("api_token_token_hash_key", "api_token", ["token_hash"], unique=True)
    op.create_table(
        "identity",
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("provider <> '' AND subject <> ''", name=op.f("identity_named_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("identity_person_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("provider", "subject", name=op.f("identity_pkey")),
    )
    op.create_index("identity_person_id_idx", "identity", ["person_id"], unique=False)
    op.create_table(
        "mail_code",
        sa.Column("challenge_hash", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("tongue", sa.String(length=32), server_default=sa.text("'ko'"), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "(purpose = 'move') = (person_id IS NOT NULL)", name=op.f("mail_code_whose_check")
        ),
        sa.CheckConstraint("purpose IN ('come_in', 'move')", name=op.f("mail_code_purpose_check")),
        sa.CheckConstraint(
            "length(challenge_hash) = 32 AND length(code_hash) = 32",
            name=op.f("mail_code_hashed_check"),
        ),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("mail_code_few_tries_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("mail_code_person_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("challenge_hash", name=op.f("mail_code_pkey")),
    )
    op.create_index("mail_code_email_idx", "mail_code", ["email"], unique=False)
    op.create_index("mail_code_expires_at_idx", "mail_code", ["expires_at"], unique=False)
    op.create_index("mail_code_person_id_idx", "mail_code", ["person_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(code_hash) = 32", name=op.f("recovery_code_hashed_check")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("recovery_code_person_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("recovery_code_pkey")),
    )
    op.create_index("recovery_code_person_id_idx", "recovery_code", ["person_id"], unique=False)
    op.create_table(
        "second_factor",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("second_factor_person_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("second_factor_pkey")),
    )
    op.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON attempts, api_token, identity, mail_code,"
        " recovery_code, second_factor TO geo_app"
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("second_factor")
    op.drop_index("recovery_code_person_id_idx", table_name="recovery_code")
    op.drop_table("recovery_code")
    op.drop_index("mail_code_person_id_idx", table_name="mail_code")
    op.drop_index("mail_code_expires_at_idx", table_name="mail_code")
    op.drop_index("mail_code_email_idx", table_name="mail_code")
    op.drop_table("mail_code")
    op.drop_index("identity_person_id_idx", table_name="identity")
    op.drop_table("identity")
    op.drop_index("api_token_token_hash_key", table_name="api_token")
    op.drop_index("api_token_person_id_idx", table_name="api_token")
    op.drop_table("api_token")
    op.drop_index("attempts_until_idx", table_name="attempts")
    op.drop_table("attempts")

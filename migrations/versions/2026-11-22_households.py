"""Homes in hexagons, the neighbourhoods made of them, and what is published of each.

The one function here is all that leaves the walls: whole neighbourhoods, whole months, fives, and
only of what led to somebody: whoever makes up reports does not find out by them what others told.
"""

import sqlalchemy as sa
from alembic import op

from geo_service.geo.cells import parent_bits

revision = "households"
down_revision = "cases"

KEEP, PUT = parent_bits(9)

TOLD_BY_FIVES = f"""
    CREATE FUNCTION reports.told_by_fives(until timestamptz)
    RETURNS TABLE (neighbourhood_id bigint, told integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        SELECT home.neighbourhood_id, (count(*) / 5 * 5)::integer
        FROM reports.report
            JOIN reports.case_file ON case_file.id = report.case_id
            JOIN public.homes_in_cell AS home ON home.cell = (report.cell & {KEEP} | {PUT})
            JOIN public.neighbourhood ON neighbourhood.id = home.neighbourhood_id
        WHERE reports.standing() = 'clockwork'
            AND (case_file.stage IN ('contacted', 'connected') OR EXISTS (
                SELECT FROM reports.step
                WHERE step.case_id = case_file.id AND step.outcome IN ('met', 'refused')
            ) OR case_file.stage = 'closed' AND case_file.connected_to_sealed IS NOT NULL)
            AND told_by_fives.until <= now()
            AND told_by_fives.until AT TIME ZONE 'Asia/Seoul'
                = date_trunc('month', told_by_fives.until AT TIME ZONE 'Asia/Seoul')
            AND report.told_at < told_by_fives.until
            AND report.told_at >= told_by_fives.until - interval '1 year'
            AND (neighbourhood.since IS NULL OR report.told_at >= neighbourhood.since)
        GROUP BY home.neighbourhood_id
        HAVING count(*) >= 5 AND 100 <= (
            SELECT sum(other.homes) FROM public.homes_in_cell AS other
            WHERE other.neighbourhood_id = home.neighbourhood_id
        )
    $$
"""  # noqa: S608 (two numbers of H3)


def upgrade() -> None:
    """Make the tables, and the function."""
    op.create_table(
        "neighbourhood",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("homes", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=140), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("homes >= 100", name=op.f("neighbourhood_enough_homes_check")),
        sa.CheckConstraint("name <> ''", name=op.f("neighbourhood_named_check")),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["area.id"],
            name=op.f("neighbourhood_district_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("neighbourhood_pkey")),
    )
    op.create_index("neighbourhood_district_id_idx", "neighbourhood", ["district_id"])
    op.create_table(
        "homes_in_cell",
        sa.Column("cell", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("homes", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("homes >= 0", name=op.f("homes_in_cell_some_homes_check")),
        sa.CheckConstraint("cell > 0", name=op.f("homes_in_cell_a_cell_check")),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"],
            ["neighbourhood.id"],
            name=op.f("homes_in_cell_neighbourhood_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("cell", name=op.f("homes_in_cell_pkey")),
    )
    op.create_index("homes_in_cell_neighbourhood_id_idx", "homes_in_cell", ["neighbourhood_id"])
    op.create_table(
        "neighbourhood_publication",
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "extract(day FROM until) = 1", name=op.f("neighbourhood_publication_whole_months_check")
        ),
        sa.PrimaryKeyConstraint("until", name=op.f("neighbourhood_publication_pkey")),
    )
    op.create_table(
        "neighbourhood_count",
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("neighbourhood_id", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "told > 0 AND told % 5 = 0", name=op.f("neighbourhood_count_by_fives_check")
        ),
        sa.ForeignKeyConstraint(
            ["until"],
            ["neighbourhood_publication.until"],
            name=op.f("neighbourhood_count_until_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"],
            ["neighbourhood.id"],
            name=op.f("neighbourhood_count_neighbourhood_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("until", "neighbourhood_id", name=op.f("neighbourhood_count_pkey")),
    )
    op.create_index(
        "neighbourhood_count_neighbourhood_id_idx", "neighbourhood_count", ["neighbourhood_id"]
    )
    op.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON neighbourhood, homes_in_cell,"
        " neighbourhood_publication, neighbourhood_count TO geo_app"
    )
    op.execute(TOLD_BY_FIVES)
    op.execute("REVOKE ALL ON FUNCTION reports.told_by_fives FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION reports.told_by_fives TO geo_reports")


def downgrade() -> None:
    """Forget the maps; reports stay."""
    op.execute("DROP FUNCTION reports.told_by_fives(timestamptz)")
    for table in (
        "neighbourhood_count",
        "neighbourhood_publication",
        "homes_in_cell",
        "neighbourhood",
    ):
        op.drop_table(table)

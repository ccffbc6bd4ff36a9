"""What a database says of itself: its version, its extensions, its role, its tables."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from geo_service.db.migrate import EXTENSIONS, pending


@dataclass(frozen=True)
class Facts:
    """One look at a database."""

    server: str
    role: str
    has_too_many_rights: bool
    """Whether this role may do more than its grants: a forgotten WHERE must not reach that far."""

    extensions: dict[str, str | None]
    """The version of each; none where it is missing."""

    knows_hangul: bool
    """Whether its locale takes Hangul for letters; elsewhere pg_trgm finds no Korean word."""

    pending: int
    """Migrations that have not run."""


_MAY_DO_ANYTHING = text("""
    SELECT rolsuper OR rolbypassrls OR EXISTS (
        SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'p') AND nspname !~ '^(pg_|information_schema$)'
          AND pg_has_role(relowner, 'MEMBER'))
    FROM pg_roles WHERE rolname = current_user
""")


def inspect(connection: Connection) -> Facts:
    """Look, and change nothing."""
    extensions = connection.execute(text("SELECT extname, extversion FROM pg_extension"))
    found: dict[str, str] = {row.extname: row.extversion for row in extensions}
    return Facts(
        server=connection.scalar(text("SHOW server_version")) or "",
        role=connection.scalar(text("SELECT current_user")) or "",
        has_too_many_rights=bool(connection.scalar(_MAY_DO_ANYTHING)),
        extensions={name: found.get(name) for name in EXTENSIONS},
        knows_hangul=bool(connection.scalar(text("SELECT '한' ~ '\\w'"))),
        pending=len(pending(connection)),
    )

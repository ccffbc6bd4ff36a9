"""How a database is named: as SQLAlchemy wants it, and as PostgreSQL's own programs do.

The two differ in the scheme, which tells SQLAlchemy its driver, and in a space: libpq knows it
as `%20` only, and takes a `+` for itself.
"""

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from geo_service.errors import Invalid

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
"""What people and hosting services write; all mean psycopg here."""


class NotADatabaseUrl(Invalid):
    """A database is named by a URL: postgresql://geo_app:PASSWORD@HOST/geo, for example."""


def for_sqlalchemy(url: str) -> str:
    """With the one driver that this service speaks through.

    Raises: NotADatabaseUrl.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the latter of a port that is no number
        raise NotADatabaseUrl from None
    if parsed.drivername not in SCHEMES:
        raise NotADatabaseUrl(
            f"A database URL begins with postgresql:// here, not with {parsed.drivername}://"
        )
    return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def for_libpq(url: str) -> str:
    """For psql, pg_dump and whatever else stands on libpq."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    where, mark, how = plain.partition("?")
    return where.replace(" ", "%20") + mark + how.replace("+", "%20")

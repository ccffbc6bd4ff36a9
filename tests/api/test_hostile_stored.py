"""What was once let in does no harm either: every text of every table is hostile, and shown."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from zipfile import ZipFile, is_zipfile

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Column, Connection, Enum, String, Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from geo_service import tables
from geo_service.offices.access import Door
from geo_service.permissions import DOORS
from tests.api.harm import harm_in
from tests.api.hostile import MARK
from tests.doors import parameters
from tests.visitors import Case, a_town, filled_in, visitor_of

PAYLOAD = f'={MARK}"><{MARK} on{MARK}=1>{{{{7131**3}}}}'
"""Markup, an attribute, a formula and a template at once; short enough for most columns."""

MEANT = {"token_hash", "tongue", "kind", "code", "key", "name_key", "step", "provider"}
"""Columns that hold no words of anybody's."""


def words_of(table: Table) -> Iterator[Column[str]]:
    """The columns in which people's words are kept."""
    for column in table.columns:
        is_text = isinstance(column.type, String) and not isinstance(column.type, Enum)
        is_key = column.primary_key or column.foreign_keys or column.unique
        if is_text and not is_key and not column.computed and column.name not in MEANT:
            yield column


def with_rows(connection: Connection) -> list[Table]:
    """The tables of the service in which anything is."""
    known = {t.name: t for t in tables.complete().tables.values() if t.schema is None}
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in known)  # noqa: S608
    return [known[name] for name in connection.scalars(text(" UNION ALL ".join(asked)))]


def poison(connection: Connection) -> int:
    """Make every text hostile, where no constraint forbids it; in how many columns."""
    count = 0
    for table in with_rows(connection):
        for column in words_of(table):
            length = getattr(column.type, "length", None) or 200
            change = text(f'UPDATE "{table.name}" SET "{column.name}" = :words')  # noqa: S608
            attempt = connection.begin_nested()
            try:
                count += connection.execute(change, {"words": PAYLOAD[:length]}).rowcount > 0
            except DBAPIError:
                attempt.rollback()
            else:
                attempt.commit()
    return count


def looked_into() -> Iterator[Door]:
    """Every door through which one looks."""
    return (door for door in DOORS if door.method == "GET")


def asked_as(door: Door) -> tuple[str, list[str]]:
    """By whom, and with what: doors that are alike can be shown the same things."""
    return visitor_of(door), parameters(door)


def formulas_in(response: Response) -> Iterator[str]:
    """Those of a spreadsheet."""
    if is_zipfile(file := BytesIO(response.content)):
        with ZipFile(file) as parts:
            sheets = [parts.read(name) for name in parts.namelist() if "sheet" in name]
        if any(b"<f>" in sheet and MARK.encode() in sheet for sheet in sheets):
            yield "a formula"


def test_whatever_is_kept_is_shown_as_words(
    session: Session, visit: TestClient, connection: Connection
) -> None:
    town, harm, shown = a_town(session), list[str](), 0
    alike = groupby(sorted(looked_into(), key=asked_as), key=asked_as)
    for (visitor, _), doors in alike:
        with connection.begin_nested() as these_doors:
            first, *others = doors
            made = town.made_for(first, visitor, Case.OWN)
            session.commit()
            assert poison(connection) > 5
            headers = {"Accept": "text/html"} | town.credentials(visitor)
            for door in (first, *others):
                visit.cookies.clear()
                path = filled_in(door, made)
                response = visit.get(path, headers=headers, follow_redirects=False)
                shown += MARK in response.text
                for found in (*harm_in(response, [PAYLOAD]), *formulas_in(response)):
                    harm.append(f"{door.path}: {found}")
            these_doors.rollback()
        session.expire_all()
    assert harm == []
    assert shown > 30

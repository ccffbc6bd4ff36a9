"""`geo-service office …` and `geo-service person …`: the first officers of a new district."""

import json
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from pydantic import BaseModel, ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.schemas import SignUpForm
from geo_service.clock import now
from geo_service.db.opening import Whereabouts
from geo_service.errors import Conflict, Invalid, NotFound
from geo_service.offices.models import Office, OfficeKind, Role, Staff
from geo_service.offices.queries import offices_named, with_staff_counted
from geo_service.offices.schemas import OfficeForm, OfficeIn
from geo_service.offices.workflow.facts import Facts, open_office
from geo_service.offices.workflow.staffing import appoint, dismiss

office = typer.Typer(help="기관과 담당자. Offices, and who works there.", no_args_is_help=True)
person = typer.Typer(help="사람. People who can sign in.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Email = Annotated[str, typer.Argument(help="The address they sign in with.")]
WhichOffice = Annotated[str, typer.Argument(help="Its id, or its name when only one has it.")]


LEAST_WIDE = 80
"""Columns, of a terminal: an id is never cut."""

WIDE = 240
"""Columns, where no terminal says how many it has: a program cuts nothing."""

Checked = TypeVar("Checked", bound=BaseModel)


class ValueIsUnfit(Invalid):
    """One of the values cannot be used."""


class NoSuchOffice(NotFound):
    """No office has this id or name."""


class NoSuchPerson(NotFound):
    """Nobody signs in with this address."""


class NameIsShared(Conflict):
    """Several offices have this name; give the id."""


class PersonIsThere(Conflict):
    """Somebody signs in with this address already."""


def _checked(form: type[Checked], **typed: object) -> Checked:
    """As the form of a page reads it. Raises: ValueIsUnfit, which does not repeat the value."""
    try:
        return form.model_validate(typed)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        is_empty = first["type"] == "too_short"
        said = "Write something." if is_empty else first["msg"].removeprefix("Value error, ")
        raise ValueIsUnfit(f"{where}: {said}" if where else said) from None


def _office(session: Session, which: str) -> Office:
    try:
        found = [session.get(Office, UUID(which))]
    except ValueError:
        found = list(session.scalars(offices_named(which).limit(2)))
    if not found or found[0] is None:
        raise NoSuchOffice(f"No office is called “{which}”. `geo-service office list` shows all.")
    if len(found) > 1:
        raise NameIsShared(f"Several offices are called “{which}”: give the id instead.")
    return found[0]


def _person(session: Session, email: str) -> Person:
    found = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if found is None:
        raise NoSuchPerson(f"Nobody signs in with {email}. `geo-service person add` makes them.")
    return found


@office.command("list")
def list_offices(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="Part of the name; nothing lists all.")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Name offices, with their ids and how many work there."""
    database: Whereabouts = context.obj
    with database.sessions() as sessions, sessions() as session:
        rows = [
            {"id": str(each.id), "name": each.name, "kind": each.kind.value, "staff": staff}
            for each, staff in session.execute(
                with_staff_counted(offices_named(words, partly=True))
            )
        ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    id_ = Column("id", no_wrap=True, min_width=36)
    table = Table(id_, Column("name", overflow="fold"), "kind", "staff", box=None)
    for row in rows:
        table.add_row(str(row["id"]), escape(str(row["name"])), str(row["kind"]), str(row["staff"]))
    console = Console()
    console.width = max(console.width, LEAST_WIDE) if console.is_terminal else WIDE
    console.print(table)


@office.command("add")
def add_office(  # noqa: PLR0913 — a command line has as many options as it has
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="As it is written on its door.")],
    *,
    kind: Annotated[OfficeKind, typer.Option(help="What it is to residents.")],
    address: Annotated[str | None, typer.Option()] = None,
    lat: Annotated[float | None, typer.Option(help="Degrees north.")] = None,
    lng: Annotated[float | None, typer.Option(help="Degrees east.")] = None,
    phone: Annotated[str | None, typer.Option(help="E.164, such as +82629608114.")] = None,
) -> None:
    """Open an office, and print its id."""
    database: Whereabouts = context.obj
    form = _checked(OfficeForm, name=name, kind=kind, address=address, phone=phone)
    place = _checked(OfficeIn, name=form.name, kind=kind, lat=lat, lng=lng).place
    facts = Facts(form.name, kind, address=form.address, place=place, phone=form.phone)
    with database.sessions() as sessions, sessions.begin() as session:
        made = open_office(session, facts)
        typer.echo(str(made.id))


@office.command("appoint")
def appoint_(context: typer.Context, which: WhichOffice, email: Email, role: Role) -> None:
    """Give somebody a role in an office."""
    database: Whereabouts = context.obj
    with database.sessions() as sessions, sessions.begin() as session:
        found = _office(session, which)
        appoint(session, found.id, _person(session, email), role, at=now())
        typer.echo(f"· {email} is {role.value} of {found.name}", err=True)


@office.command("dismiss")
def dismiss_(context: typer.Context, which: WhichOffice, email: Email, role: Role) -> None:
    """Take a role in an office away from somebody."""
    database: Whereabouts = context.obj
    with database.sessions() as sessions, sessions.begin() as session:
        found = _office(session, which)
        dismiss(session, found.id, _person(session, email).id, role)
        typer.echo(f"· {email} is no longer {role.value} of {found.name}", err=True)


@person.command("add")
def add_person(
    context: typer.Context,
    email: Email,
    name: Annotated[str, typer.Option(help="As they want to be called.")],
) -> None:
    """Make an account; its owner signs in with a code by mail, and may then set a password."""
    database: Whereabouts = context.obj
    form = _checked(SignUpForm, name=name, email=email)
    with database.sessions() as sessions, sessions.begin() as session:
        if session.scalar(select(Person.id).where(Person.email == form.email)):
            raise PersonIsThere
        made = Person(name=form.name, email=form.email)
        session.add(made)
        session.flush()
        typer.echo(str(made.id))


@person.command("show")
def show_person(context: typer.Context, email: Email, *, as_json: AsJson = False) -> None:
    """Say where somebody works, and since when the account exists."""
    database: Whereabouts = context.obj
    with database.sessions() as sessions, sessions() as session:
        found = _person(session, email)
        posts = session.scalars(select(Staff).where(Staff.person_id == found.id)).all()
        told = {
            "id": str(found.id),
            "joined_at": found.joined_at.isoformat(),
            "roles": [{"office": post.office.name, "role": post.role.value} for post in posts],
        }
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"{told['id']}, since {told['joined_at']}")
    for post in told["roles"] or []:
        typer.echo(f"  {post}")

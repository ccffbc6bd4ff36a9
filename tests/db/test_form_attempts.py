"""A deed that a form tries is done whole or not at all."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from geo_service.errors import Conflict
from geo_service.offices.models import Office, OfficeKind
from geo_service.web.fields import FormModel, Line
from geo_service.web.forms import filled


class NameIn(FormModel):
    """A form."""

    name: Line


class BookshopIsThere(Conflict):
    """There is a bookshop already."""


def found(session: Session, name: str) -> None:
    """A deed."""
    session.add(Office(kind=OfficeKind.LIBRARY, name=name))
    session.flush()


def names(session: Session) -> set[str]:
    return set(session.scalars(select(Office.name)))


def test_a_refused_deed_leaves_nothing_and_the_form_says_why(session: Session) -> None:
    form = filled(NameIn, FormData({"name": "책방"}))
    found(session, "먼저 있던 곳")
    with form.attempt(session):
        found(session, "책방")
        raise BookshopIsThere
    assert not form.is_good
    assert form.status == 422
    assert [complaint.kind for complaint in form.summary] == ["bookshop-is-there"]
    assert names(session) >= {"먼저 있던 곳"}
    assert "책방" not in names(session)


def test_a_deed_that_succeeds_stays_done_also_when_the_block_is_left_by_return(
    session: Session,
) -> None:
    form = filled(NameIn, FormData({"name": "책방"}))

    def door() -> str:
        with form.attempt(session):
            found(session, "책방")
            return "done"
        return "asked again"

    assert door() == "done"
    session.rollback()
    assert "책방" not in names(session)  # it was never committed on its own
    door()
    session.commit()
    assert "책방" in names(session)


def test_what_is_no_problem_is_not_swallowed(session: Session) -> None:
    form = filled(NameIn, FormData({"name": "책방"}))

    def door() -> None:
        with form.attempt(session):
            found(session, "책방")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        door()
    assert "책방" not in names(session)

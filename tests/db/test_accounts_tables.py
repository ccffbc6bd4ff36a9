"""What the tables of accounts refuse, whoever asks."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.accounts.models import (
    ApiToken,
    Attempts,
    Identity,
    MailCode,
    Person,
    Purpose,
    RecoveryCode,
    SecondFactor,
    SignIn,
)
from geo_service.accounts.queries import (
    AT_MOST_STAFF,
    IDLE,
    IDLE_STAFF,
    hashed,
    the_api_token,
    the_person_with,
    the_sign_in_of,
)
from geo_service.accounts.tasks import forget_what_is_over
from geo_service.accounts.workflow.browsers import AT_MOST, open_browser
from geo_service.clock import now
from geo_service.geo.place import Place
from geo_service.offices.models import Staff
from tests.factories import an_office
from tests.people import a_person, on_staff
from tests.plans import plan_of

HASH, SOON = b"h" * 32, timedelta(minutes=10)


@pytest.mark.parametrize(
    ("said", "constraint"),
    [
        ({"name": " "}, "person_named_check"),
        ({"email": "Upper@example.org"}, "person_mailable_check"),
        ({"email": "@example.org"}, "person_mailable_check"),
        ({"phone": "010-1234"}, "person_callable_check"),
        ({"home": Place(35.12345, 126.123)}, "person_home_is_rough_check"),
        ({"home": Place(35.123, 126.1234)}, "person_home_is_rough_check"),
        ({"neighbour_since": now()}, "person_neighbour_since_check"),
        ({"left_at": now()}, "person_leaves_nothing_check"),
    ],
)
def test_unfit_people_are_refused(session: Session, said: dict[str, Any], constraint: str) -> None:
    person = a_person(session)
    ((column, value),) = said.items()
    setattr(person, column, value)
    with pytest.raises(IntegrityError, match=constraint):
        session.flush()


@pytest.mark.parametrize("column", ["pace", "tongue"])
def test_words_are_those_we_know(session: Session, column: str) -> None:
    a_person(session)
    with pytest.raises(IntegrityError, match=f"person_{column}_check"):
        session.execute(text(f"UPDATE person SET {column} = 'other'"))  # noqa: S608


def a_code(_: Person, **said: Any) -> MailCode:
    usual = {
        "challenge_hash": HASH,
        "code_hash": HASH,
        "email": "x@example.org",
        "expires_at": now() + SOON,
    }
    return MailCode(**usual | said)


def a_token_row(person: Person, **said: Any) -> ApiToken:
    usual = {
        "person_id": person.id,
        "name": "x",
        "token_hash": HASH,
        "scopes": ["read"],
        "expires_at": now() + SOON,
    }
    return ApiToken(**usual | said)


def a_sign_in(person: Person, **said: Any) -> SignIn:
    usual = {"token_hash": HASH, "person_id": person.id, "expires_at": now() + SOON}
    return SignIn(**usual | said)


@pytest.mark.parametrize(
    ("row", "said", "constraint"),
    [
        (a_code, {"challenge_hash": b"short"}, "mail_code_hashed_check"),
        (a_code, {"code_hash": b"123456"}, "mail_code_hashed_check"),
        (a_code, {"tries": 6}, "mail_code_few_tries_check"),
        (a_code, {"purpose": Purpose.MOVE}, "mail_code_whose_check"),
        (a_token_row, {"token_hash": b"token"}, "api_token_hashed_check"),
        (a_token_row, {"name": ""}, "api_token_named_check"),
        (a_token_row, {"scopes": []}, "api_token_scopes_check"),
        (a_token_row, {"scopes": ["admin"]}, "api_token_scopes_check"),
        (a_token_row, {"expires_at": now() - SOON}, "api_token_ends_check"),
        (a_sign_in, {"token_hash": b"token"}, "sign_in_hashed_check"),
        (a_sign_in, {"expires_at": now() - SOON}, "sign_in_ends_check"),
        (
            lambda person: Identity(provider="", subject="x", person_id=person.id),
            {},
            "identity_named_check",
        ),
        (
            lambda person: RecoveryCode(code_hash=b"code", person_id=person.id),
            {},
            "recovery_code_hashed_check",
        ),
        (lambda _: Attempts(key=b"x", number=1, until=now()), {}, "attempts_hashed_check"),
        (lambda _: Attempts(key=b"x" * 16, number=0, until=now()), {}, "attempts_some_check"),
    ],
)
def test_secrets_are_kept_as_hashes_and_end(
    session: Session, row: Any, said: dict[str, Any], constraint: str
) -> None:
    session.add(row(a_person(session), **said))
    with pytest.raises(IntegrityError, match=constraint):
        session.flush()


def test_a_purpose_is_one_we_know(session: Session) -> None:
    session.add(a_code(a_person(session)))
    session.flush()
    with pytest.raises(IntegrityError, match="mail_code_purpose_check"):
        session.execute(text("UPDATE mail_code SET purpose = 'other'"))


def test_an_address_is_one_person_s(session: Session) -> None:
    a_person(session, email="x@example.org")
    with pytest.raises(IntegrityError, match="person_email_key"):
        a_person(session, email="x@example.org")


def test_the_database_knows_who_is_on_staff(session: Session) -> None:
    person = on_staff(session, an_office(session).id)
    session.refresh(person)
    assert person.on_staff
    session.execute(delete(Staff).where(Staff.person_id == person.id))
    session.refresh(person)
    assert not person.on_staff


def signed_in_since(
    session: Session, person: Person, *, since: timedelta, idle: timedelta, at: datetime
) -> bool:
    token = open_browser(session, person, at=at - since, instead_of=None)
    sign_in = session.get_one(SignIn, hashed(token))
    sign_in.seen_at = at - idle
    session.flush()
    return session.scalar(the_sign_in_of(token), {"at": at}) is not None


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("is_staff", "since", "idle", "is_in"),
    [
        (False, IDLE * 2, IDLE - SECOND, True),
        (False, IDLE * 2, IDLE, False),
        (False, AT_MOST - SECOND, SECOND, True),
        (False, AT_MOST, SECOND, False),
        (True, IDLE_STAFF * 2, IDLE_STAFF - SECOND, True),
        (True, IDLE_STAFF * 2, IDLE_STAFF, False),
        (True, AT_MOST_STAFF - SECOND, SECOND, True),
        (True, AT_MOST_STAFF, SECOND, False),
    ],
)
def test_who_is_idle_is_out_and_staff_sooner(
    session: Session, is_staff: bool, since: timedelta, idle: timedelta, is_in: bool
) -> None:
    person = on_staff(session, an_office(session).id) if is_staff else a_person(session)
    assert signed_in_since(session, person, since=since, idle=idle, at=now()) is is_in


def test_whoever_becomes_staff_is_staff_at_once(session: Session) -> None:
    person, at = a_person(session), now()
    token = open_browser(session, person, at=at - AT_MOST_STAFF, instead_of=None)
    assert session.scalar(the_sign_in_of(token), {"at": at}) is not None
    session.add(Staff(person_id=person.id, office_id=an_office(session).id, role="officer"))
    session.flush()
    assert session.scalar(the_sign_in_of(token), {"at": at}) is None


def test_what_is_over_is_forgotten(session: Session) -> None:
    person, at = a_person(session), now()
    session.add_all(
        [
            a_sign_in(person),
            a_code(person),
            Attempts(key=b"x" * 16, number=1, until=at + SOON),
            SecondFactor(person_id=person.id, sealed_secret=b"x"),
        ]
    )
    session.flush()
    forget_what_is_over(session, {}, at)
    count = "SELECT (SELECT count(*) FROM {0})"
    tables = ("sign_in", "mail_code", "attempts")
    assert [session.scalar(text(count.format(table))) for table in tables] == [1, 1, 1]
    forget_what_is_over(session, {}, at + 2 * SOON)
    assert [session.scalar(text(count.format(table))) for table in tables] == [0, 0, 0]


@pytest.mark.parametrize(
    ("found", "index"),
    [
        (the_sign_in_of("x"), "sign_in_pkey"),
        (the_api_token("x"), "api_token_token_hash_key"),
        (the_person_with("x@example.org"), "person_email_key"),
    ],
)
def test_who_asks_is_found_by_an_index(session: Session, found: Any, index: str) -> None:
    assert index in plan_of(session, found.params(at=now()))

"""Who works where: invitations, appointments, dismissals, and the facts of an office."""

import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from typer import Typer
from typer.testing import CliRunner

from geo_service.clock import now
from geo_service.db.session import Sessions
from geo_service.offices import commands
from geo_service.offices.models import Invitation, Office, OfficeKind, Role
from geo_service.offices.queries import invitations_of, posts_of, staff_of, with_staff_counted
from geo_service.offices.queries import offices_named as named
from geo_service.offices.workflow import staffing
from geo_service.offices.workflow.facts import Facts, correct, open_office
from geo_service.offices.workflow.staffing import (
    INVITED_FOR,
    AlreadyOnStaff,
    InvitationIsOver,
    NobodyWouldBeLeft,
    NotOnThisStaff,
    accept,
    appoint,
    dismiss,
    withdraw_invitation,
)
from tests.db.test_areas_command import Borrowed
from tests.factories import HOME, a_job, an_office
from tests.letters import letters_to
from tests.people import a_person, on_staff

DOOR = "https://example.org/join"


def invite(session: Session, office: Office, email: str, role: Role, *, at: datetime) -> str:
    return staffing.invite(session, office, email, role, door=DOOR, at=at)


def roles(session: Session, person_id: object) -> set[Role]:
    session.flush()
    return {post.role for post in session.scalars(posts_of(person_id))}  # type: ignore[arg-type]


def test_whoever_follows_the_link_has_the_role_and_the_link_is_used_up(session: Session) -> None:
    office, person, at = an_office(session), a_person(session), now()
    word = invite(session, office, "New@Example.org", Role.CASEWORKER, at=at)
    accept(session, word, person, at=at)
    assert roles(session, person.id) == {Role.CASEWORKER}
    with pytest.raises(InvitationIsOver):
        accept(session, word, a_person(session), at=at)


def test_the_letter_leads_to_the_door_with_the_word(session: Session) -> None:
    office = an_office(session)
    word = invite(session, office, "New@Example.org", Role.OFFICER, at=now())
    (letter,) = letters_to(session, "new@example.org")
    assert f"{DOOR}?word={word}" in letter.text
    assert office.name in letter.subject


def test_the_database_does_not_hold_the_word_of_the_link(session: Session) -> None:
    office = an_office(session)
    word = invite(session, office, "new@example.org", Role.OFFICER, at=now())
    kept = session.execute(text("SELECT invitation::text FROM invitation")).scalars().all()
    assert not [row for row in kept if word in row]


def test_an_invitation_ends_after_a_week(session: Session) -> None:
    office, at = an_office(session), now()
    word = invite(session, office, "new@example.org", Role.OFFICER, at=at)
    with pytest.raises(InvitationIsOver):
        accept(session, word, a_person(session), at=at + INVITED_FOR + timedelta(seconds=1))


def test_a_second_letter_ends_the_first(session: Session) -> None:
    office, at = an_office(session), now()
    first = invite(session, office, "new@example.org", Role.OFFICER, at=at)
    invite(session, office, "new@example.org", Role.OFFICER, at=at)
    assert len(session.scalars(invitations_of(office.id)).all()) == 1
    with pytest.raises(InvitationIsOver):
        accept(session, first, a_person(session), at=at)


def test_nobody_is_invited_to_what_they_do_already(session: Session) -> None:
    office = an_office(session)
    person = on_staff(session, office.id)
    with pytest.raises(AlreadyOnStaff):
        invite(session, office, str(person.email), Role.OFFICER, at=now())


def test_an_invitation_is_withdrawn_by_its_own_office_only(session: Session) -> None:
    office, other = an_office(session), an_office(session)
    word = invite(session, office, "new@example.org", Role.OFFICER, at=now())
    (offered,) = session.scalars(invitations_of(office.id))
    with pytest.raises(InvitationIsOver):
        withdraw_invitation(session, other.id, offered.id)
    withdraw_invitation(session, office.id, offered.id)
    with pytest.raises(InvitationIsOver):
        accept(session, word, a_person(session), at=now())


def test_appointing_twice_changes_nothing(session: Session) -> None:
    office, person = an_office(session), a_person(session)
    first = appoint(session, office.id, person, Role.OFFICER, at=now())
    session.flush()
    assert appoint(session, office.id, person, Role.OFFICER, at=now()) is first


def test_the_last_operator_stays(session: Session) -> None:
    office = an_office(session)
    first = on_staff(session, office.id, Role.OPERATOR)
    with pytest.raises(NobodyWouldBeLeft):
        dismiss(session, office.id, first.id, Role.OPERATOR)
    on_staff(session, office.id, Role.OPERATOR)
    dismiss(session, office.id, first.id, Role.OPERATOR)
    assert roles(session, first.id) == set()


def test_who_is_not_there_cannot_be_dismissed(session: Session) -> None:
    office = an_office(session)
    with pytest.raises(NotOnThisStaff):
        dismiss(session, office.id, a_person(session).id, Role.OFFICER)


def test_the_staff_of_an_office_are_listed_and_counted(session: Session) -> None:
    office = an_office(session, name="하나뿐인 기관")
    person = on_staff(session, office.id, Role.OFFICER, Role.CASEWORKER)
    assert {post.person.id for post in session.scalars(staff_of(office.id))} == {person.id}
    (row,) = session.execute(with_staff_counted(named("하나뿐인 기관")))
    assert row == (office, 1)


def test_a_corrected_name_is_on_every_listing(session: Session) -> None:
    office = an_office(session)
    job = a_job(session, office_id=office.id)
    before = office.version
    correct(session, office, Facts("송정작은도서관", OfficeKind.LIBRARY, place=HOME))
    session.refresh(job, ["feature_head"])
    assert "송정작은도서관" in job.feature_head
    assert office.version == before + 1


def test_an_office_is_opened_with_its_facts(session: Session) -> None:
    office = open_office(session, Facts("새 기관", OfficeKind.SCHOOL, phone="+82621234567"))
    assert session.get(Office, office.id) is office
    assert office.version == 1


@pytest.mark.parametrize(
    ("said", "constraint"),
    [
        ({"email": "Upper@example.org"}, "invitation_mailable_check"),
        ({"token_hash": b"short"}, "invitation_hashed_check"),
        ({"expires_at": now() - timedelta(days=9)}, "invitation_ends_check"),
        ({"role": "king"}, "invitation_role_check"),
    ],
)
def test_the_database_refuses(session: Session, said: dict[str, object], constraint: str) -> None:
    usual: dict[str, object] = {
        "email": "new@example.org",
        "role": "officer",
        "token_hash": bytes(32),
        "expires_at": now() + timedelta(days=1),
        "invited_at": now(),
    }
    statement = text(
        "INSERT INTO invitation (id, office_id, email, role, token_hash, expires_at, invited_at)"
        " VALUES (gen_random_uuid(), :office, :email, :role, :token_hash, :expires_at, :invited_at)"
    )
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(statement, {"office": an_office(session).id} | usual | said)


def test_one_address_is_offered_one_role_once(session: Session) -> None:
    office, at = an_office(session), now()
    for n in range(2):
        session.add(
            Invitation(
                office_id=office.id,
                email="new@example.org",
                role=Role.OFFICER,
                token_hash=bytes([n]) * 32,
                expires_at=at + INVITED_FOR,
            )
        )
    with pytest.raises(IntegrityError, match="invitation_once_key"):
        session.flush()


def test_the_first_officer_is_made_on_the_command_line(
    session: Session, sessions: Sessions
) -> None:
    office_ = an_office(session, name="새터주민센터")
    session.commit()

    def say(app: Typer, *words: str) -> str:
        result = CliRunner().invoke(app, words, obj=Borrowed(sessions), env={"COLUMNS": "200"})
        return result.stdout if result.exit_code == 0 else type(result.exception).__name__

    added = say(commands.person, "add", " Officer@Example.org", "--name", "이담당").strip()
    assert say(commands.person, "add", "officer@example.org", "--name", "또") == "PersonIsThere"
    to_appoint = ("appoint", "새터주민센터", "officer@example.org")
    assert say(commands.office, *to_appoint, "operator") == ""
    assert say(commands.office, "appoint", "없는 센터", "a@b.kr", "officer") == "NoSuchOffice"
    assert say(commands.office, "appoint", office_.name, "a@b.kr", "officer") == "NoSuchPerson"
    (post,) = session.scalars(posts_of(UUID(added)))
    assert (post.office_id, post.role) == (office_.id, Role.OPERATOR)
    (told,) = json.loads(say(commands.office, "list", "새터", "--json"))
    assert (told["id"], told["staff"]) == (str(office_.id), 1)
    assert "operator" in say(commands.person, "show", "officer@example.org", "--json")
    new = say(commands.office, "add", "새터도서관", "--kind", "library").strip()
    assert session.get_one(Office, UUID(new)).name == "새터도서관"
    to_dismiss = ("dismiss", "새터주민센터", "officer@example.org", "operator")
    assert say(commands.office, *to_dismiss) == "NobodyWouldBeLeft"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("person", "add", "notmail", "--name", "x"), "email: Write an address like"),
        (("person", "add", "a@b.kr", "--name", ""), "name: Write something."),
        (("person", "add", "a@b.kr", "--name", "x" * 300), "name: String should have at most"),
        (("office", "add", "새터", "--kind", "school", "--phone", "123"), "phone: Write a phone"),
        (("office", "add", " ", "--kind", "school"), "name: Write something."),
        (("office", "add", "새터", "--kind", "school", "--lat", "35"), "Give both lat and lng"),
        (
            ("office", "add", "새터", "--kind", "school", "--lat", "135", "--lng", "127"),
            "lat: Input should be less than or equal to 90",
        ),
    ],
)
def test_the_command_line_takes_what_a_form_takes(
    session: Session, sessions: Sessions, words: tuple[str, ...], complaint: str
) -> None:
    apps = {"person": commands.person, "office": commands.office}
    result = CliRunner().invoke(apps[words[0]], words[1:], obj=Borrowed(sessions))
    assert isinstance(result.exception, commands.ValueIsUnfit)
    assert complaint in str(result.exception)
    assert session.scalar(select(func.count()).select_from(Office)) == 0


def test_ids_are_whole_however_narrow_the_paper_is(session: Session, sessions: Sessions) -> None:
    office_ = an_office(session, name="아주 긴 이름을 가진 새터주민센터 " * 4)
    session.commit()
    told = CliRunner().invoke(
        commands.office, ["list"], obj=Borrowed(sessions), env={"COLUMNS": "30"}
    )
    (row,) = told.stdout.splitlines()[1:]
    assert row.split()[0] == str(office_.id)

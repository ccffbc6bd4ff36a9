"""One's front page, everything to take along, and leaving with nothing left behind."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import Column, func, select, text, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service import tables
from geo_service.accounts.models import Person, SignIn
from geo_service.accounts.workflow.leaving import GONE
from geo_service.clock import now
from geo_service.hiring.models import ApplicationState
from geo_service.hiring.workflow.choosing import hire, offer
from geo_service.my.workflow import leave
from geo_service.my.workflow.exporting import AN_OFFICES, NOT_ASKED, export_of, questions_about
from geo_service.my.workflow.leaving import StillOnStaff
from geo_service.my.workflow.wiping import KEPT
from geo_service.shifts.models import KEPT_FOR, Payee, Shift, ShiftState
from geo_service.shifts.workflow.keeping import forget_names
from geo_service.shifts.workflow.paying import pay_sheet, still_open
from geo_service.spaces.models import State, Use, Wait, Wish
from geo_service.spaces.queries.opening import korean_day, midnight
from geo_service.spaces.workflow.holding import book
from geo_service.spaces.workflow.queueing import wait
from geo_service.trust.models import Answer, Side
from geo_service.trust.workflow.reviewing import Words, round_of, write
from tests.accounts import PASSWORD, is_in, with_password
from tests.factories import a_job, an_office
from tests.hiring import an_application
from tests.letters import letters_to
from tests.markup import Found
from tests.my import EMAIL, MARK, PHONE, somebody_busy
from tests.people import a_person, come_in, on_staff
from tests.programmes import MONDAY
from tests.shifts import a_weekly_job, at
from tests.spaces import a_hold, a_room, desks, tomorrow
from tests.trust import DONE, confirmed_work, hired_work
from tests.urgent import a_call, free_at

HTML = {"Accept": "text/html"}


def columns_naming_people() -> Iterator[Column[object]]:
    """Every column of every table that refers to a person."""
    for each in tables.complete().sorted_tables:
        for one in each.columns:
            if any(key.column.table.name == "person" for key in one.foreign_keys):
                yield one


def rows_of(session: Session, one: Column[object], person: Person) -> int:
    return session.scalar(select(func.count()).where(one == person.id)) or 0


def tables_saying(session: Session, words: str) -> set[str]:
    """Every table in which these words stand anywhere; the service enters no others."""
    names = [each.name for each in tables.complete().sorted_tables if each.schema is None]
    counted = {
        name: text(f'SELECT count(*) FROM "{name}" WHERE "{name}"::text LIKE :words')  # noqa: S608
        for name in names
    }
    return {n for n, sql in counted.items() if session.scalar(sql, {"words": f"%{words}%"})}


@pytest.fixture
def busy(session: Session) -> Person:
    return somebody_busy(session)


def test_every_column_that_names_a_person_is_told_or_explained(session: Session) -> None:
    person = a_person(session)
    asked = " ".join(str(each.whereclause) for each in questions_about(person).values())
    named = {str(one) for one in columns_naming_people()}
    told = {name for name in named if f"{name} =" in asked}
    assert named - told <= NOT_ASKED.keys()
    assert NOT_ASKED.keys() <= named, "explained, and gone"


def test_the_export_holds_everything_and_nobody_else(session: Session, busy: Person) -> None:
    named = {str(one): rows_of(session, one, busy) for one in columns_naming_people()}
    later = {"staff.person_id", "payee.person_id"}
    theirs = {n for n in named if NOT_ASKED.get(n) != AN_OFFICES} - later
    assert {name for name in theirs if not named[name]} == set(), "the test knows every table"
    told = export_of(session, busy, at=now())
    empty = {"posts", "letters_on_their_way"}
    assert {name for name, part in told.items() if not part} <= empty
    assert told["account"]["email"] == EMAIL
    assert {one["phone"] for one in told["applications"]} == {PHONE}
    assert told["applications_for_others"][0]["way"] == "family"
    assert told["reviews_received"][0]["line"] == MARK
    assert "어머니" not in str(told)


def test_a_review_that_is_not_shown_yet_is_not_told(session: Session) -> None:
    work = confirmed_work(session, when=now())
    officer = on_staff(session, work.job.office_id)
    words = Words(kept=Answer.YES, again=Answer.YES, line=MARK)
    write(session, work, Side.OFFICE, words, by_id=officer.id, at=now())
    assert MARK not in str(export_of(session, work.person, at=now()))


def test_who_leaves_leaves_no_word_behind(session: Session, busy: Person) -> None:
    leave(session, busy, at=now())
    session.commit()
    session.expire_all()
    left = {str(one) for one in columns_naming_people() if rows_of(session, one, busy)}
    assert left <= KEPT.keys(), "deleted, or kept for a reason"
    for words in (MARK, PHONE.removeprefix("+82"), EMAIL):
        kept = {"payee"} if words == MARK else set()
        assert tables_saying(session, words) <= {"envelope"} | kept, "letters go, and are gone then"
    assert [letter.subject for letter in letters_to(session, EMAIL)][-1:] == [
        "동네이음에서 탈퇴했어요"
    ]
    assert busy.left_at is not None


def test_seats_and_rooms_of_who_leaves_go_to_the_next(session: Session) -> None:
    leaver, next_one = a_person(session), a_person(session)
    soon = korean_day(now()) + timedelta(days=7)
    job = a_weekly_job(session, seats=1, works_from=soon, works_until=soon + timedelta(days=6))
    people = (leaver, next_one)
    mine, theirs = (an_application(session, job, person, at=now()) for person in people)
    hire(session, mine, at=now())
    theirs.state, theirs.rank = ApplicationState.WAITING, 2
    room = a_room(session, terms={"cancel_minutes": 10_000})
    booking = book(session, room.id, leaver, Wish(tomorrow(10, 12)), at=now())
    place = wait(session, room.id, next_one, tomorrow(10, 12), at=now())
    session.commit()
    leave(session, leaver, at=now())
    session.expire_all()
    assert (mine.state, theirs.state) == (ApplicationState.WITHDRAWN, ApplicationState.OFFERED)
    planned = select(Shift).where(Shift.person_id == leaver.id, Shift.state == ShiftState.PLANNED)
    assert session.scalars(planned).all() == []
    assert booking.state is State.CANCELLED
    assert place.state is Wait.OFFERED


def test_a_desk_by_the_month_ends_at_once_and_paid_work_stays(session: Session) -> None:
    work = confirmed_work(session)
    terms = {"use": Use.MONTHLY, "min_months": 6}
    space, person = desks(session, 1, terms=terms), work.person
    begins = midnight(korean_day(now()) + timedelta(days=1))
    desk = book(session, space.id, person, Wish(Range(begins, None)), at=now())
    later = begins + timedelta(days=40)
    leave(session, person, at=later)
    session.expire_all()
    assert (desk.state, desk.ends_at) == (State.CANCELLED, later)
    confirmed = select(func.sum(Shift.pay_won)).where(Shift.state == ShiftState.CONFIRMED)
    assert session.scalar(confirmed.where(Shift.person_id == person.id)) > 0
    assert work.state is ApplicationState.HIRED


def test_who_worked_and_left_is_named_on_the_pay_sheet_as_long_as_the_law_asks(
    session: Session,
) -> None:
    work, idle = confirmed_work(session), a_person(session)
    person, name, asked = work.person, work.person.name, (MONDAY, [work.job.office_id])
    for one in (person, idle):
        leave(session, one, at=DONE)
    session.commit()
    session.expire_all()
    assert person.name == GONE
    assert [one.person_id for one in session.scalars(select(Payee))] == [person.id]
    assert {line.name for line in pay_sheet(session, *asked).lines} == {name}
    forget_names(session, at=DONE + timedelta(days=3 * 365))
    assert {line.name for line in pay_sheet(session, *asked).lines} == {name}
    forget_names(session, at=DONE + timedelta(days=3 * 367))
    session.expire_all()
    assert {line.name for line in pay_sheet(session, *asked).lines} == {GONE}


def test_work_that_nobody_has_confirmed_keeps_its_name_too(session: Session) -> None:
    work = hired_work(session)
    name = work.person.name
    leave(session, work.person, at=at(MONDAY, 20))
    session.commit()
    session.expire_all()
    open_ = still_open(session, MONDAY, [work.job.office_id], today=MONDAY)
    assert [shift.worker for shift in open_] == [name]
    shift = open_[0]
    shift.state = ShiftState.ABSENT
    assert shift.worker == GONE, "nothing is paid"
    shift.state, shift.confirmed_at = ShiftState.CONFIRMED, now() - KEPT_FOR
    assert shift.worker == GONE, "longer than pay sheets are kept"
    shift.confirmed_at = at(MONDAY, 20) + timedelta(days=60)
    assert shift.worker == name
    forget_names(session, at=at(MONDAY, 20) + KEPT_FOR + timedelta(days=1))
    assert session.scalars(select(Payee.name)).all() == [name], "confirmed later, kept longer"
    forget_names(session, at=shift.confirmed_at + KEPT_FOR)
    assert session.scalars(select(Payee.name)).all() == []
    session.add(Payee(person_id=a_person(session).id, name=" ", kept_until=MONDAY))
    with pytest.raises(IntegrityError, match="payee_named_check"):
        session.flush()


def test_staff_do_not_leave_before_their_office_lets_them(session: Session) -> None:
    officer = on_staff(session, an_office(session).id)
    with pytest.raises(StillOnStaff):
        leave(session, officer, at=now())
    assert officer.left_at is None


def test_leaving_asks_for_the_password_and_signs_out(app: FastAPI, session: Session) -> None:
    person = with_password(session)
    with come_in(app, session, person) as browser, come_in(app, session, person) as other:
        refused = browser.post("/my/leave", data={"sure": "true", "present": "다른 비밀번호"})
        assert refused.status_code == 422
        assert "지금 쓰는 비밀번호와 달라요" in refused.text
        unsure = browser.post("/my/leave", data={"present": PASSWORD})
        assert unsure.status_code == 422
        assert is_in(browser)
        left = browser.post("/my/leave", data={"sure": "true", "present": PASSWORD})
        assert (left.status_code, left.headers["location"]) == (303, "/")
        assert "탈퇴했어요" in browser.get("/").text
        assert not is_in(browser)
        assert not is_in(other)


def test_who_signed_in_long_ago_signs_in_once_more(app: FastAPI, session: Session) -> None:
    person = a_person(session)
    with come_in(app, session, person) as browser:
        session.execute(update(SignIn).values(signed_in_at=now() - timedelta(hours=2)))
        session.commit()
        assert "/login" in browser.get("/my/leave", headers=HTML).headers["location"]
        assert browser.post("/my/leave", data={"sure": "true"}).status_code in {303, 401}
    assert person.left_at is None


def test_the_front_page_says_what_waits_and_what_comes(app: FastAPI, session: Session) -> None:
    person = free_at(session, 300)
    offered = an_application(session, a_job(session, title="화분 옮기기"), person, at=now())
    offer(session, offered, at=now())
    an_application(session, a_job(session, title="책 정리"), person, at=now())
    today = korean_day(now())
    hired_work(
        session,
        person,
        works_from=today + timedelta(days=1),
        works_until=today + timedelta(days=14),
    )
    book(session, a_room(session, title="모임방").id, person, Wish(tomorrow(10, 12)), at=now())
    a_hold(session, person, a_room(session, title="강의실"))
    a_call(session, now(), title="급식 돕기")
    done = confirmed_work(session, person, when=now(), title="마친 일")
    round_of(session, done, at=now())
    session.commit()
    with come_in(app, session, person) as browser:
        korean, english = browser.get("/my"), browser.get("/en/my")
    for words in (
        "화분 옮기기",
        "책 정리",
        "모임방",
        "강의실",
        "급식 돕기",
        "마친 일",
        "다음 근무",
    ):
        assert words in korean.text
    links = {attrs.get("href") for _, attrs in Found(korean.text).elements}
    assert {f"/my/applications/{offered.id}", "/my/account", "/my/record"} <= links
    assert "/office" not in links
    assert "Things to do now" in english.text


def test_an_empty_front_page_leads_on_and_staff_find_their_office(
    app: FastAPI, session: Session
) -> None:
    with come_in(app, session, on_staff(session, an_office(session).id)) as browser:
        found = browser.get("/my")
    assert "아직 신청하거나 예약한 것이 없어요." in found.text
    links = {attrs.get("href") for _, attrs in Found(found.text).elements}
    assert {"/", "/now", "/office"} <= links


def test_the_file_and_its_page(app: FastAPI, session: Session, busy: Person) -> None:
    with come_in(app, session, busy) as browser:
        assert "/my/export.json" in browser.get("/my/export").text
        file, told = browser.get("/my/export.json"), browser.get("/api/v1/my/export")
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["cache-control"] == "no-store"
    during = file.json()["bookings"][0]["during"]
    assert during.keys() == {"from", "until"}
    assert told.json().keys() == file.json().keys()

"""Page, CSV and XLSX of a month say the same to the won, and what the database says."""

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO, StringIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo_service.shifts.workflow.attending import confirm, mark_absent, mark_attended
from tests.factories import an_office
from tests.people import a_person, come_in, on_staff
from tests.programmes import MONDAY, a_programme
from tests.shifts import a_weekly_job, at, planned, shifts_of_job, weekly

EVIL = "=1+2|cmd"


@pytest.fixture
def office(session: Session) -> UUID:
    """Three people, two jobs: odd minutes, a night over the month's end, an evil name."""
    office_id = an_office(session).id
    programme = a_programme(session, office_id=office_id, name="광산시민수당")
    officer = a_person(session)
    job = a_weekly_job(session, programme_id=programme.id, office_id=office_id, pay_won=10_333)
    for number, name in enumerate(("김이음", "김이음", EVIL)):
        shifts = planned(session, job, a_person(session, name=name).id)
        for shift in shifts[:2]:
            when, minutes = at(shift.work_on, 20), 121 + number
            confirm(session, shift, minutes=minutes, by_id=officer.id, at=when)
        mark_attended(session, shifts[2], at=at(shifts[2].work_on, 20))
        mark_absent(session, shifts[3], at=at(shifts[3].work_on, 20))
    last = date(2026, 11, 30)
    hours = weekly({0: ["22:00-02:00"]})
    night = a_weekly_job(
        session,
        title="밤 순찰",
        office_id=office_id,
        works_from=last,
        works_until=last,
        open_week=hours,
    )
    (shift,) = planned(session, night, a_person(session, name="박동네").id)
    confirm(session, shift, minutes=240, by_id=officer.id, at=at(last + timedelta(days=1), 3))
    session.commit()
    return office_id


@pytest.fixture
def officer(app: FastAPI, session: Session, office: UUID) -> Iterator[TestClient]:
    with come_in(app, session, on_staff(session, office)) as client:
        yield client


def sums(session: Session) -> tuple[int, int, int]:
    """Shifts, minutes and won of November, from nothing but the table."""
    asked = text(
        "SELECT count(*), sum(minutes), sum(pay_won) FROM shift WHERE state = 'confirmed'"
        " AND work_on BETWEEN '2026-11-01' AND '2026-11-30'"
    )
    row = session.execute(asked).one()
    return row[0], row[1], row[2]


def rows_of_csv(client: TestClient, month: str) -> list[list[str]]:
    answer = client.get(f"/office/pay.csv?month={month}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_page_csv_and_xlsx_are_the_sums_of_the_database(
    officer: TestClient, session: Session
) -> None:
    number, minutes, won = sums(session)
    assert (number, minutes) == (7, 2 * (121 + 122 + 123) + 240)
    page = officer.get("/office/pay?month=2026-11").text
    assert f"모두 {won:,}원" in page
    told = [int(cell.replace(",", "")) for cell in re.findall(r"<span>([\d,]+)원</span>", page)]
    assert sum(told) == 2 * won, "by person, and by shift"

    heads, *lines, total = rows_of_csv(officer, "2026-11")
    assert heads[-2:] == ["인정 시간(분)", "금액(원)"]
    assert len(lines) == number
    assert (sum(int(line[-2]) for line in lines), sum(int(line[-1]) for line in lines)) == (
        minutes,
        won,
    )
    assert (int(total[-2]), int(total[-1])) == (minutes, won)

    answer = officer.get("/office/pay.xlsx?month=2026-11")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    people = book.get_sheet_by_name("사람별").to_python()
    shifts = book.get_sheet_by_name("근무별").to_python()
    assert [row[0] for row in shifts[1:-1]] == [line[0] for line in lines]
    assert sum(row[7] for row in shifts[1:-1]) == shifts[-1][7] == won
    assert sum(row[6] for row in shifts[1:-1]) == shifts[-1][6] == minutes
    assert sum(row[4] for row in people[1:-1]) == people[-1][4] == won
    assert sum(row[2] for row in people[1:-1]) == people[-1][2] == number
    assert len(people) == 4 + 2, "two people of one name are two"


def test_sums_are_formulas_over_the_lines(officer: TestClient) -> None:
    answer = officer.get("/office/pay.xlsx?month=2026-11")
    with ZipFile(BytesIO(answer.content)) as parts:
        people = parts.read("xl/worksheets/sheet1.xml").decode()
        lines = parts.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>SUM(H2:H8)</f>" in lines
    assert "<f>SUM(E2:E5)</f>" in people
    assert people.count("<f>SUMIF(") == 2 * 4


def test_nobodys_name_is_a_formula(officer: TestClient) -> None:
    names = {row[1] for row in rows_of_csv(officer, "2026-11")}
    assert f"'{EVIL}" in names
    assert EVIL not in names
    answer = officer.get("/office/pay.xlsx?month=2026-11")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert EVIL in {row[1] for row in book.get_sheet_by_name("근무별").to_python()}


def test_what_nobody_has_confirmed_is_named_above_the_sheet(
    officer: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo_service.shifts.pages.pay.now", lambda: at(date(2026, 11, 10), 9))
    page = officer.get("/office/pay?month=2026-11").text
    assert "아직 확정하지 않은 근무가 3건 있어요" in page
    assert page.index("아직 확정하지 않은") < page.index("사람마다")
    assert session.scalar(text("SELECT count(*) FROM shift WHERE state = 'attended'")) == 3


def test_a_night_over_the_months_end_is_paid_in_the_month_in_which_it_began(
    officer: TestClient,
) -> None:
    november = [row[4] for row in rows_of_csv(officer, "2026-11")]
    december = [row[4] for row in rows_of_csv(officer, "2026-12")]
    assert ("밤 순찰" in november, "밤 순찰" in december) == (True, False)


def test_an_empty_month_has_sums_of_nothing(officer: TestClient) -> None:
    assert "이 달에 확정한 근무가 없어요." in officer.get("/office/pay?month=2025-01").text
    assert len(rows_of_csv(officer, "2025-01")) == 2
    answer = officer.get("/office/pay.xlsx?month=2025-01")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert book.get_sheet_by_name("사람별").to_python()[-1][-1] == 0


@pytest.mark.parametrize("month", ["2026-13", "26-01", "2026-1", "', ''"])
def test_a_month_is_a_month(officer: TestClient, month: str) -> None:
    for door in ("pay", "pay.csv", "pay.xlsx"):
        assert officer.get(f"/office/{door}", params={"month": month}).status_code == 422


def test_another_offices_pay_is_nobodys_business(
    app: FastAPI, session: Session, office: UUID
) -> None:
    assert office
    with come_in(app, session, on_staff(session, an_office(session).id)) as stranger:
        assert len(rows_of_csv(stranger, "2026-11")) == 2


def test_the_lines_are_the_shifts_that_were_confirmed(
    officer: TestClient, session: Session
) -> None:
    jobs = session.scalars(text("SELECT DISTINCT job_id FROM shift WHERE state = 'confirmed'"))
    confirmed: set[tuple[str, int, int]] = set()
    for job_id in jobs.all():
        confirmed |= {
            (shift.work_on.isoformat(), shift.minutes, shift.pay_won)
            for shift in shifts_of_job(session, job_id)
            if shift.confirmed_at
        }
    _, *lines, _ = rows_of_csv(officer, "2026-11")
    assert {(line[2], int(line[-2]), int(line[-1])) for line in lines} == confirmed
    assert MONDAY.isoformat() in {line[2] for line in lines}

"""The end of what was told: said a month before, then destroyed, in every backup too."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.confidential import retention
from geo_service.confidential.keys import Shredded
from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.later import queue
from geo_service.mail.models import Envelope
from geo_service.offices.models import Role
from geo_service.reports.models import CaseFile, Message, Photo, Report, Stage, Step
from tests.factories import an_office
from tests.people import on_staff
from tests.reports import a_case, a_message, a_photo, a_report, a_step, caseworker, lead

CLOSED = datetime(2025, 6, 1, 12, tzinfo=KOREA)
WARNED = CLOSED + timedelta(days=365 - 30)
OVER = WARNED + timedelta(days=30)


class Told:
    """A closed case with all that belongs to it."""

    def __init__(self, vault: Vault, session: Session) -> None:
        self.vault, self.session = vault, session
        self.centre = an_office(session).id
        self.worker = on_staff(session, self.centre, Role.CASEWORKER)
        on_staff(session, self.centre, Role.OFFICER)
        self.report = a_report(vault, self.centre, story="문 앞에 우유가 쌓여요", cell=7)
        self.case = a_case(vault, self.centre, self.report)
        a_message(vault, self.report)
        a_photo(vault, self.report)
        a_step(vault, self.case)
        self.close(CLOSED)

    def close(self, at: datetime | None) -> None:
        """Close the case, or open it again."""
        with self.vault.opened(caseworker(self.centre)) as session:
            case = session.get_one(CaseFile, self.case.id)
            case.stage, case.closed_at = Stage.CLOSED if at else Stage.CONNECTED, at

    def read(self) -> tuple[Report, CaseFile]:
        """As they are now."""
        with self.vault.opened(caseworker(self.centre)) as session:
            return session.get_one(Report, self.report.id), session.get_one(CaseFile, self.case.id)

    def letters(self) -> list[Envelope]:
        """What waits to be sent."""
        return list(self.session.scalars(select(Envelope)))


@pytest.fixture
def told(vault: Vault, session: Session) -> Told:
    return Told(vault, session)


def test_closing_sets_the_day_and_opening_again_takes_it_back(told: Told) -> None:
    report, case = told.read()
    assert report.shred_on == case.shred_on == CLOSED.date().replace(year=2026)
    told.close(None)
    report, case = told.read()
    assert (report.shred_on, case.shred_on, report.closed_at) == (None, None, None)


def test_caseworkers_are_told_once_and_nothing_is_told_of_what(told: Told, vault: Vault) -> None:
    assert retention.warn(vault, at=WARNED - timedelta(days=1)) == 0
    assert retention.warn(vault, at=WARNED) == 1
    assert retention.warn(vault, at=WARNED) == 0
    (letter,) = told.letters()
    assert letter.address == told.worker.email
    assert "30일" in letter.text
    for word in (told.report.number, told.case.number, "우유", str(told.report.id), "1건"):
        assert word not in letter.text + letter.subject


def test_what_is_over_is_destroyed_a_month_after_the_word(told: Told, vault: Vault) -> None:
    assert retention.end(vault, at=OVER + timedelta(days=99)) == 0, "nobody was told"
    retention.warn(vault, at=WARNED)
    assert retention.end(vault, at=OVER - timedelta(days=1)) == 0
    assert retention.end(vault, at=OVER) == 2
    assert retention.end(vault, at=OVER) == 0
    for thing in (told.report.id, told.case.id):
        with pytest.raises(Shredded):
            seal_of(vault.ring, thing)
    report, case = told.read()
    assert report.shredded_at
    assert case.shredded_at
    assert (report.story_sealed, report.cell, case.summary_sealed) == (None, None, None)
    with vault.opened(caseworker(told.centre)) as session:
        assert session.scalars(select(Message)).all() == []
        assert session.scalars(select(Photo)).all() == []
        assert session.scalars(select(Step.words_sealed)).all() == [None]
    with vault.opened(lead(told.centre)) as session:
        sums = text("SELECT sum(reports) FROM reports.sums('centre', '2000-1-1', 'infinity')")
        assert session.scalar(sums) == 1, "it is still counted"


def test_a_case_opened_again_in_time_stays(told: Told, vault: Vault) -> None:
    retention.warn(vault, at=WARNED)
    told.close(None)
    assert retention.end(vault, at=OVER) == 0
    told.close(OVER)
    assert retention.end(vault, at=OVER + timedelta(days=1)) == 0, "a new year has begun"


def test_killed_between_key_and_rows_it_goes_on(
    told: Told, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    retention.warn(vault, at=WARNED)
    monkeypatch.setattr(retention, "_BURY", text("SELECT killed"))
    with pytest.raises(Exception, match="killed"):
        retention.end(vault, at=OVER)
    monkeypatch.undo()
    assert retention.end(vault, at=OVER) == 2
    assert told.read()[0].shredded_at


def test_it_happens_by_itself(told: Told, later_runs: Callable[[datetime], int]) -> None:
    for at in (WARNED, OVER):
        queue(told.session, "confidential.end_what_is_over", key="test")
        later_runs(at)
    assert told.read()[0].shredded_at


def test_a_backup_made_before_does_not_open_afterwards(
    told: Told, vault: Vault, logins: tuple[Connection, ...]
) -> None:
    raw = logins[3]
    kept = backup(raw)
    assert "우유".encode() not in b"".join(kept.values())
    retention.warn(vault, at=WARNED)
    retention.end(vault, at=OVER)
    restore(raw, kept)
    report, case = told.read()
    assert report.story_sealed, "it is there again, as it was"
    assert report.shredded_at is None
    assert case.summary_sealed
    for thing in (report.id, case.id):
        with pytest.raises(Shredded):
            seal_of(vault.ring, thing)
    another = a_report(vault, told.centre, story="남은 이야기")
    assert seal_of(vault.ring, another.id).text("story", another.story_sealed) == "남은 이야기"


TABLES = ("case_file", "report", "message", "photo", "step")


def backup(raw: Connection) -> dict[str, bytes]:
    """Every row, as pg_dump copies it."""
    kept = {}
    for table in TABLES:
        told = BytesIO()
        with cursor(raw).copy(f"COPY reports.{table} TO STDOUT") as copy:
            for chunk in copy:
                told.write(chunk)
        kept[table] = told.getvalue()
    return kept


def restore(raw: Connection, kept: dict[str, bytes]) -> None:
    raw.execute(text("TRUNCATE reports.case_file CASCADE"))
    for table, told in kept.items():
        with cursor(raw).copy(f"COPY reports.{table} FROM STDIN") as copy:
            copy.write(told)


def cursor(raw: Connection) -> Any:
    """The driver's own, which speaks COPY."""
    raw.execute(text("SELECT 1"))  # as the superuser
    return raw.connection.cursor()


def test_who_never_reported_is_not_missed(vault: Vault) -> None:
    assert retention.end(vault, at=now()) == 0
    assert not vault.ring.shred(uuid4())

"""What ends, when and with whom: cases of their own, merged ones, households; and who is told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from geo_service.cases.queries.figures import ending
from geo_service.cases.workflow.board import board_of
from geo_service.cases.workflow.merging import merge
from geo_service.confidential import retention
from geo_service.confidential.keys import Shredded
from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.mail.models import Envelope
from geo_service.offices.models import Staff
from geo_service.reports.models import CaseFile, Household, Stage, SurveyRound, SurveyVisit
from tests.cases import a_gu
from tests.db.test_walls_time import CLOSED, OVER, WARNED, Told
from tests.reports import a_case, a_visit, caseworker, lead

YEAR = timedelta(days=366)


@pytest.fixture
def told(vault: Vault, session: Session) -> Told:
    return Told(vault, session)


def test_a_case_without_a_report_is_warned_of_too(told: Told, vault: Vault) -> None:
    alone = a_case(vault, told.centre)
    with vault.opened(caseworker(told.centre)) as session:
        case = session.get_one(CaseFile, alone.id)
        case.stage, case.closed_at = Stage.CLOSED, CLOSED + YEAR
    assert retention.end(vault, at=OVER + 2 * YEAR) == 0, "nobody was told"
    retention.warn(vault, at=WARNED)
    assert retention.end(vault, at=OVER) == 2, "the others"
    assert retention.warn(vault, at=WARNED + YEAR) == 1
    assert retention.end(vault, at=OVER + YEAR) == 1
    assert not vault.ring.has(alone.id)


def test_what_was_merged_into_a_case_ends_with_it(told: Told, vault: Vault) -> None:
    told.close(None)
    merged = [a_case(vault, told.centre) for _ in range(2)]
    with vault.opened(caseworker(told.centre)) as session:
        first, second = (session.get_one(CaseFile, each.id) for each in merged)
        merge(session, vault.ring, second, first, at=CLOSED)
        merge(session, vault.ring, session.get_one(CaseFile, told.case.id), second, at=CLOSED)
    assert retention.warn(vault, at=OVER + YEAR) == 0
    assert retention.end(vault, at=OVER + YEAR) == 0, "its case is still open"
    told.close(CLOSED + YEAR)
    retention.warn(vault, at=WARNED + YEAR)
    assert retention.end(vault, at=OVER + YEAR) == 4
    assert not any(vault.ring.has(each.id) for each in (*merged, told.case))


def test_what_was_opened_again_meanwhile_is_not_destroyed(
    told: Told, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    retention.warn(vault, at=WARNED)
    old = "SELECT * FROM (VALUES ('case', '{}'::uuid), ('report', '{}'::uuid)) AS old (thing, id)"
    monkeypatch.setattr(retention, "_OVER", text(old.format(told.case.id, told.report.id)))
    told.close(None)
    assert retention.end(vault, at=OVER) == 0
    assert seal_of(vault.ring, told.report.id).text("story", told.report.story_sealed)
    assert seal_of(vault.ring, told.case.id).text("summary", told.case.summary_sealed)


def test_where_no_caseworker_can_be_written_to_all_staff_is(told: Told, vault: Vault) -> None:
    told.worker.email = None
    told.session.flush()
    assert retention.warn(vault, at=WARNED) == 1
    assert len(told.letters()) == 1


def test_where_nobody_reads_mail_it_stands_on_both_pages_and_ends(told: Told, vault: Vault) -> None:
    for post in told.session.scalars(select(Staff).where(Staff.office_id == told.centre)):
        told.session.delete(post)
    told.session.flush()
    soon = ending(WARNED.date())
    with vault.opened(lead(told.centre)) as session:
        (before,) = session.execute(soon).all()
    assert retention.warn(vault, at=WARNED + timedelta(days=2)) == 1
    assert told.letters() == []
    with vault.opened(lead(told.centre)) as session:
        (after,) = session.execute(soon).all()
    assert (before.number, before.ends_on) == (told.case.number, OVER.date())
    assert after.ends_on == OVER.date() + timedelta(days=2)
    assert retention.end(vault, at=OVER + timedelta(days=1)) == 0
    assert retention.end(vault, at=OVER + timedelta(days=2)) == 2
    with vault.opened(lead(told.centre)) as session:
        assert session.execute(soon).all() == []


def test_where_nobody_works_the_lead_is_written_to(vault: Vault, session: Session) -> None:
    gu = a_gu(session)
    for person in (gu.kim, gu.lee):
        person.email = None
    session.flush()
    case = a_case(vault, gu.west.id)
    with vault.opened(caseworker(gu.west.id)) as walls:
        closed = walls.get_one(CaseFile, case.id)
        closed.stage, closed.closed_at = Stage.CLOSED, CLOSED
    retention.warn(vault, at=WARNED)
    assert session.scalars(select(Envelope.address)).all() == [gu.lead.email]


def test_what_ends_within_a_month_stands_on_the_board_again(told: Told, vault: Vault) -> None:
    def closed(days_before: int) -> list[str]:
        at = OVER - timedelta(days=days_before)
        with vault.opened(caseworker(told.centre)) as session:
            return [card.mark for card in board_of(session, {told.centre}, at=at)[Stage.CLOSED]]

    assert closed(32) == []
    assert closed(30) == ["ending"]
    retention.warn(vault, at=WARNED)
    retention.end(vault, at=OVER)
    assert closed(-1) == []


def test_a_household_goes_a_year_after_its_last_round(vault: Vault, told: Told) -> None:
    visit = a_visit(vault, told.centre)
    with vault.opened(caseworker(told.centre)) as session:
        session.get_one(SurveyRound, visit.round_id).starts_on = date(2023, 12, 1)
        session.get_one(SurveyRound, visit.round_id).ends_on = date(2024, 2, 29)
        session.get_one(Household, visit.household_id).listed_at = CLOSED - 3 * YEAR
        again = SurveyRound(
            centre_id=told.centre,
            title="다음 겨울",
            season=session.get_one(SurveyRound, visit.round_id).season,
            starts_on=date(2024, 12, 1),
            ends_on=CLOSED.date(),
        )
        session.add(again)
        session.flush()
        session.add(SurveyVisit(round_id=again.id, household_id=visit.household_id))
    assert retention.end(vault, at=CLOSED + timedelta(days=364)) == 0
    assert retention.end(vault, at=CLOSED + timedelta(days=365)) == 1
    assert retention.end(vault, at=CLOSED + timedelta(days=365)) == 0
    with pytest.raises(Shredded):
        seal_of(vault.ring, visit.household_id)
    with vault.opened(caseworker(told.centre)) as session:
        assert session.scalars(select(Household)).all() == []
        assert session.scalars(select(SurveyVisit)).all() == []

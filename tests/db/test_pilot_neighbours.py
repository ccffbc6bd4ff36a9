"""The pilot's neighbours worry about nobody: sealed, followed up, counted and marked as a demo."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from geo_service.cases.workflow.board import board_of
from geo_service.clock import now
from geo_service.confidential.session import Vault
from geo_service.neighbourhoods.models import HomesInCell, Neighbourhood, PublishedCount
from geo_service.offices.models import Office
from geo_service.pilot import workflow as pilot
from geo_service.pilot.workflow.rows import id_of
from geo_service.reports.models import CaseFile, Household, Report, Stage
from tests.reports import caseworker, plain


def test_the_demo_has_a_board_in_all_stages_a_survey_and_a_map(
    session: Session, vault: Vault
) -> None:
    pilot.load(session)
    pilot.welcome(session, "a-word-for-all")
    at = now()
    told = pilot.worry(session, vault, at=at)
    for homes in (HomesInCell, Neighbourhood):
        session.execute(delete(homes))  # as if it had been interrupted before they were committed
    assert pilot.worry(session, vault, at=at + timedelta(days=1)) == 0
    for _ in range(2):
        pilot.put_on_map(session, vault, at=at)
    centre = session.get_one(Office, id_of("office", "songjeong1"))
    with vault.opened(caseworker(*session.scalars(select(Office.id)))) as walls:
        reports = walls.scalars(select(Report)).all()
        assert len(reports) == told
        assert all(case.centre_id == centre.id for case in walls.scalars(select(CaseFile)))
        assert len(walls.scalars(select(Household)).all()) == 5
        board = board_of(walls, {centre.id}, at=at)
    assert {stage for stage, cards in board.items() if cards} == set(Stage)
    assert all(plain(vault, report).story.startswith("[데모] ") for report in reports)
    assert not any("데모".encode() in (report.story_sealed or b"") for report in reports)
    assert any(report.watcher for report in reports)
    (count,) = session.scalars(select(PublishedCount))
    assert count.told == 5
    names = session.scalars(select(Neighbourhood.name)).all()
    assert all(name.endswith("동 (데모)") for name in names)

"""What must always hold behind the walls, the database holds; and what is asked has its index."""

from typing import Any

import pytest
from sqlalchemy import Connection, Select, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.confidential.models import Look
from geo_service.confidential.session import Vault
from geo_service.geo.cells import cell_of
from geo_service.reports.models import CaseFile, Household, Message, Report
from tests.db.test_constraints import broken
from tests.db.walls import Scene, a_scene
from tests.factories import HOME, walk
from tests.plans import plan_of
from tests.reports import caseworker, reporter

REFUSED = {
    "case_file_closed_at_check": "case_file SET stage = 'closed', closed_at = NULL",
    "case_file_numbered_check": "case_file SET number = 'a case'",
    "case_file_stage_check": "case_file SET stage = 'lost', closed_at = NULL",
    "case_file_versioned_check": "case_file SET version = 0",
    "case_file_warned_when_closed_check": "case_file SET warned_at = now()",
    "case_file_shredded_whole_check": "case_file SET shredded_at = now()",
    "claim_key_alone_check": "claim_key SET single = false",
    "draft_somewhere_check": "draft SET step = ''",
    "draft_hashed_check": "draft SET word_hash = 'short'",
    "handover_answered_check": "handover SET answered_at = now()",
    "handover_elsewhere_check": "handover SET to_centre_id = from_centre_id",
    "look_explained_check": "look SET purpose = ''",
    "look_standing_check": "look SET standing = 'operator'",
    "message_said_by_check": "message SET said_by = 'operator'",
    "photo_few_check": "photo SET position = 6",
    "report_answer_by_check": "report SET answer_by = 'pigeon'",
    "report_categorised_check": "report SET categories = '{}'",
    "report_hashed_check": "report SET receipt_hash = 'short'",
    "report_numbered_check": "report SET number = '7'",
    "report_routing_check": "report SET routing = 'lost', second_centre_id = NULL",
    "report_second_at_border_check": "report SET routing = 'sure'",
    "report_shredded_whole_check": "report SET shredded_at = now()",
    "report_two_centres_check": "report SET second_centre_id = centre_id, routing = 'border'",
    "report_urgency_check": "report SET urgency = 'never'",
    "report_warned_when_closed_check": "report SET warned_at = now()",
    "sealing_hashed_check": "sealing SET hash = 'short'",
    "sealing_some_check": "sealing SET looks = 0",
    "step_outcome_when_done_check": "step SET outcome = 'met', done_at = NULL",
    "step_rung_check": "step SET rung = 'siren'",
    "survey_round_forward_check": "survey_round SET ends_on = starts_on - 1",
    "survey_round_season_check": "survey_round SET season = 'spring'",
    "survey_round_titled_check": "survey_round SET title = ' '",
    "survey_visit_result_check": "survey_visit SET result = 'x', visited_at = now()",
    "survey_visit_result_when_visited_check": "survey_visit SET result = 'well'",
}


@pytest.fixture
def scene(vault: Vault, connection: Connection) -> Scene:
    return a_scene(vault, connection)


@pytest.mark.usefixtures("scene")
def test_nonsense_is_refused(logins: tuple[Connection, ...]) -> None:
    raw = logins[3]
    for constraint, change in REFUSED.items():
        with pytest.raises(IntegrityError) as error, raw.begin_nested():
            raw.execute(text(f"UPDATE reports.{change}"))
        assert broken(error) == constraint


AROUND = sorted({cell_of(walk(60 * n, 30 * n, HOME), 10) for n in range(20)})
"""Hexagons of a walk, as reports keep them."""

MANY = """
    INSERT INTO reports.report (id, number, told_at, centre_id, routing, categories, cell, case_id)
    SELECT gen_random_uuid(), 'R-MANY-' || n, now() - n * interval '1 min',
        (ARRAY[:a, :b]::uuid[])[1 + n % 2], 'sure', '{alone}', :cell + n, :case_a
    FROM generate_series(1, 3000) AS n
"""


@pytest.fixture
def crowd(scene: Scene, logins: tuple[Connection, ...]) -> Scene:
    """Thousands of reports, of which statistics know."""
    values = scene.values | {"cell": min(AROUND)}
    used = {name: values[name] for name in ("a", "b", "cell", "case_a")}
    logins[3].execute(text(MANY), used)
    for table in ("report", "message", "case_file", "look", "household", "handover"):
        logins[3].execute(text(f"ANALYZE reports.{table}"))
    return scene


def plans(scene: Scene) -> dict[str, Select[Any]]:
    """What is asked, by the index that must answer it."""
    return {
        "report_cell_idx": select(Report.id).where(Report.cell.in_(AROUND)),
        "report_pkey": select(Report).where(Report.id == scene.report_a.id),
        "report_case_id_idx": select(Report).where(Report.case_id == scene.case_b.id),
        "message_report_id_said_at_idx": select(Message).where(
            Message.report_id == scene.report_a.id
        ),
        "case_file_pkey": select(CaseFile).where(CaseFile.id == scene.case_a.id),
        "look_thing_id_idx": select(Look).where(Look.thing_id == scene.report_a.id),
        "household_pkey": select(Household).where(Household.id == scene.report_a.id),
    }


def test_policies_leave_indexes_their_work(crowd: Scene) -> None:
    for index, query in plans(crowd).items():
        with crowd.vault.opened(caseworker(crowd.a)) as session:
            plan = plan_of(session, query)
        assert f"using {index}" in plan or f"on {index}" in plan, plan
        assert "Seq Scan on report" not in plan, plan


def test_a_hexagon_finds_reports_under_row_level_security_as_fast_as_without(
    crowd: Scene, logins: tuple[Connection, ...]
) -> None:
    """Equality of integers tells nobody anything, so PostgreSQL lets it go before the policy.

    A distance would have to wait for the policy on every row.
    """
    query = select(func.count()).where(Report.cell.in_(AROUND))
    with crowd.vault.opened(caseworker(crowd.a)) as session:
        bound = plan_of(session, query)
    with Session(logins[3], join_transaction_mode="create_savepoint") as session:
        free = plan_of(session, query)
    condition = "Index Cond: (cell = ANY"
    assert condition in bound
    assert condition in free


def test_a_reporter_finds_their_own_by_its_id(crowd: Scene) -> None:
    with crowd.vault.opened(reporter(crowd.report_a.id)) as session:
        plan = plan_of(session, select(Report.number).where(Report.id == crowd.report_a.id))
    assert "report_pkey" in plan

"""Cases by their rules: what is late, what is looked at again, what leads may count."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from geo_service.cases.models import Outcome
from geo_service.cases.queries.board import cases_in, offered_to, untaken
from geo_service.cases.queries.figures import idle
from geo_service.cases.queries.near import open_cases_around
from geo_service.cases.queries.one import reports_of, steps_of
from geo_service.cases.queries.surveys import households_of
from geo_service.cases.tasks import escalate_late, remind_to_look_again
from geo_service.cases.workflow.board import board_of
from geo_service.cases.workflow.figures import Quarter, figures_of
from geo_service.cases.workflow.ladder import rung_after
from geo_service.cases.workflow.merging import part
from geo_service.cases.workflow.standing_still import idle_since
from geo_service.cases.workflow.steps import note
from geo_service.clock import now
from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.mail.models import Envelope
from geo_service.reports.models import (
    CaseFile,
    Report,
    Routing,
    Rung,
    SaidBy,
    Stage,
    Step,
    SurveyRound,
)
from geo_service.reports.workflow.talking import say
from tests.cases import (
    LATE,
    MONDAY,
    URGENT,
    Gu,
    a_case_of,
    a_list,
    first_step,
    state_of,
    taken_up,
    told_to,
)
from tests.plans import crowd, plan_of
from tests.reports import (
    CLOCKWORK,
    a_case,
    a_handover,
    a_report,
    a_visit,
    caseworker,
    lead,
    reporter,
)


def letters(session: Session, address: str) -> list[str]:
    session.expire_all()
    found = select(Envelope).where(Envelope.address == address)
    found = found.order_by(Envelope.written_at, Envelope.id)
    return [one.subject + one.text for one in session.scalars(found)]


def climb(vault: Vault, case: CaseFile, outcome: Outcome, *, at: datetime = MONDAY) -> Stage | None:
    """Note what came of the step that is due."""
    step = first_step(vault, case)
    with vault.opened(caseworker(case.centre_id)) as session:
        mine, its = session.merge(case), session.merge(step)
        session.refresh(mine)
        seal = seal_of(vault.ring, case.id)
        return note(session, seal, mine, its, outcome, "", by_id=case.id, at=at)


def test_the_ladder_ends_with_the_police() -> None:
    rung: Rung | None = Rung.CALL
    tried = []
    while rung is not None:
        tried.append(rung)
        rung = rung_after(rung, Outcome.NOBODY)
    assert tried == list(Rung)


@pytest.mark.parametrize("outcome", [Outcome.MET, Outcome.REFUSED])
def test_nothing_more_is_tried_once_somebody_was_reached(outcome: Outcome) -> None:
    assert [rung_after(rung, outcome) for rung in Rung] == [None] * len(Rung)


def test_a_wrong_number_leads_to_a_neighbour() -> None:
    assert rung_after(Rung.CALL, Outcome.WRONG) is Rung.NEIGHBOUR
    assert rung_after(Rung.NEIGHBOUR, Outcome.WRONG) is Rung.POLICE


def test_who_is_never_met_is_unreachable_in_the_end(vault: Vault, gu: Gu) -> None:
    case = taken_up(vault, a_report(vault, gu.west.id), gu.kim, at=MONDAY)
    days = []
    for weeks in range(len(Rung)):
        days.append(state_of(vault, case).due_on)
        at = MONDAY + timedelta(weeks=weeks + 1)
        stage = climb(vault, case, Outcome.NOBODY, at=at)
    assert days == sorted(set(days), key=str)
    assert None not in days
    assert stage is Stage.UNREACHABLE
    assert state_of(vault, case).due_on is None


def test_whoever_is_met_is_tried_no_more(vault: Vault, gu: Gu) -> None:
    case = taken_up(vault, a_report(vault, gu.west.id), gu.kim, at=MONDAY)
    assert climb(vault, case, Outcome.MET) is Stage.CONTACTED
    assert state_of(vault, case).due_on is None


def test_an_urgent_report_is_called_about_today(vault: Vault, gu: Gu) -> None:
    case = taken_up(vault, a_report(vault, gu.west.id, **URGENT), gu.kim, at=MONDAY)
    assert state_of(vault, case).due_on == MONDAY.date()


def test_the_lead_is_told_once_what_is_late_and_no_word_of_it(
    session: Session, vault: Vault, gu: Gu
) -> None:
    case = taken_up(vault, a_report(vault, gu.west.id), gu.kim, at=MONDAY)
    report = a_report(vault, gu.east.id, told_at=MONDAY)
    escalate_late(session, {}, MONDAY)
    assert letters(session, "lead@gu.example") == []
    for _ in range(2):
        escalate_late(session, {}, MONDAY + LATE)
    told = letters(session, "lead@gu.example")
    assert len(told) == 2
    assert any(case.number in one and gu.west.name in one and "6일" in one for one in told)
    assert any(report.number in one and gu.east.name in one for one in told)
    assert not any("우유" in one for one in told)


def test_what_was_taken_up_or_done_in_time_is_told_to_nobody(
    session: Session, vault: Vault, gu: Gu
) -> None:
    case = taken_up(vault, a_report(vault, gu.west.id), gu.kim, at=MONDAY)
    climb(vault, case, Outcome.MET)
    escalate_late(session, {}, MONDAY + LATE)
    assert letters(session, "lead@gu.example") == []


def test_what_stands_still_is_told_to_the_lead_until_somebody_moves_it(
    session: Session, vault: Vault, gu: Gu
) -> None:
    case = a_case(vault, gu.west.id, due_on=MONDAY.date())
    planned = a_case(vault, gu.west.id, due_on=(now() + timedelta(weeks=52)).date())
    report = a_report(vault, gu.east.id, urgency="today", escalated_at=now())
    begun = now()

    def told(weeks: int) -> list[str]:
        before = letters(session, "lead@gu.example")
        escalate_late(session, {}, begun + timedelta(weeks=weeks, minutes=1))
        return letters(session, "lead@gu.example")[len(before) :]

    def marks(weeks: int) -> dict[str, str]:
        with vault.opened(caseworker(gu.west.id)) as walls:
            board = board_of(walls, {gu.west.id}, at=begun + timedelta(weeks=weeks, minutes=1))
        return {card.number: card.mark for card in board[Stage.NEW]}

    def on_the_leads_page(weeks: int) -> list[str]:
        at = begun + timedelta(weeks=weeks, minutes=1)
        with vault.opened(lead(gu.west.id, gu.east.id)) as walls:
            return [row.number for row in walls.execute(idle(at.date(), idle_since(at)))]

    assert told(7) == []
    assert marks(7) == {case.number: "", planned.number: ""}
    still = told(8)
    assert len(still) == 2
    assert any(case.number in one and gu.west.name in one and "8주" in one for one in still)
    assert any(report.number in one and gu.east.name in one for one in still)
    assert marks(8) == {case.number: "idle", planned.number: ""}
    assert on_the_leads_page(7) == []
    assert on_the_leads_page(8) == [case.number]
    assert told(15) == []
    assert len(told(16)) == 2, "it still stands still"
    with vault.opened(caseworker(gu.west.id)) as walls:
        walls.execute(text("UPDATE reports.case_file SET touched_at = '2020-1-1'"))
    assert on_the_leads_page(1) == [case.number]
    with vault.opened(caseworker(gu.west.id)) as walls:
        walls.get_one(CaseFile, case.id, populate_existing=True).version += 1
    assert on_the_leads_page(1) == []


def test_what_is_let_go_from_a_case_does_not_stand_still_at_once(
    session: Session, vault: Vault, gu: Gu
) -> None:
    told = {"told_at": now() - timedelta(weeks=9), "escalated_at": now()}
    old = a_report(vault, gu.west.id, **told)
    case = a_case(vault, gu.west.id, a_report(vault, gu.west.id), old)
    with vault.opened(caseworker(gu.west.id)) as walls:
        part(walls, vault.ring, walls.merge(case), old.id, at=now())
    escalate_late(session, {}, now())
    assert letters(session, "lead@gu.example") == []
    escalate_late(session, {}, now() + timedelta(weeks=8))
    assert any(old.number in one for one in letters(session, "lead@gu.example"))


@pytest.mark.parametrize("side", SaidBy)
def test_who_writes_touches_the_case_and_no_form_on_it(vault: Vault, gu: Gu, side: SaidBy) -> None:
    report = a_report(vault, gu.west.id)
    case = a_case(vault, gu.west.id, report)
    with vault.opened(caseworker(gu.west.id)) as walls:
        walls.execute(text("UPDATE reports.case_file SET touched_at = '2020-1-1'"))
    writer = reporter(report.id) if side is SaidBy.REPORTER else caseworker(gu.west.id)
    with vault.opened(writer) as walls:
        say(walls, vault.ring, walls.get_one(Report, report.id), side, "고마워요.", at=now())
    touched = state_of(vault, case)
    assert (touched.touched_at.year > 2020, touched.version) == (True, case.version)


def test_after_four_weeks_somebody_looks_again(session: Session, vault: Vault, gu: Gu) -> None:
    case = a_case(vault, gu.west.id, assigned_to=gu.lee.id, follow_up_on=MONDAY.date())
    remind_to_look_again(session, {}, MONDAY - timedelta(days=1))
    assert letters(session, "lee@west.example") == []
    for _ in range(2):
        remind_to_look_again(session, {}, MONDAY)
    (told,) = letters(session, "lee@west.example")
    assert case.number in told
    assert letters(session, "kim@west.example") == []


def test_quarters_follow_each_other_without_a_gap() -> None:
    quarter = Quarter.of(date(2026, 11, 30))
    assert str(quarter) == "2026-4"
    assert str(quarter.after) == "2027-1"
    assert quarter.after.before == quarter
    assert str(Quarter(2026, 1).before) == "2025-4"
    assert quarter.months == ["2026-10", "2026-11", "2026-12"]


def test_a_lead_reads_sums_of_their_own_centres_and_small_ones_are_hidden(
    vault: Vault, gu: Gu
) -> None:
    for _ in range(6):
        a_report(vault, gu.west.id, told_at=MONDAY)
    a_report(vault, gu.east.id, told_at=MONDAY)
    quarter = Quarter.of(MONDAY.date())
    with vault.opened(lead(gu.west.id, gu.east.id)) as session:
        told = figures_of(session, frozenset({gu.west.id, gu.east.id}), quarter)
    assert told.total == 7
    assert list(told.by_centre.shown.values()) == [None, None]
    assert told.by_category.shown["alone"] == 7
    with vault.opened(lead(gu.west.id)) as session:
        told = figures_of(session, frozenset({gu.west.id}), quarter)
    assert told.by_centre.shown == {gu.west.name: 6}
    assert figures_nobody_else_reads(vault, gu) == []


def figures_nobody_else_reads(vault: Vault, gu: Gu) -> list[Any]:
    asked = text("SELECT * FROM reports.sums('centre', '2020-01-01', '2030-01-01')")
    rows: list[Any] = []
    for claims in (caseworker(gu.west.id), CLOCKWORK):
        with vault.opened(claims) as session:
            rows += session.execute(asked).all()
    return rows


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT reports.escalate_steps('2030-01-01', now())",
        "SELECT reports.escalate_reports('2030-01-01', '2030-01-01', '2030-01-01', now())",
        "SELECT reports.follow_ups('2030-01-01', now())",
        "SELECT reports.forget_lists('2100-01-01')",
    ],
)
def test_nobody_but_the_clock_may_do_what_happens_by_itself(
    vault: Vault, gu: Gu, asked: str
) -> None:
    taken_up(vault, a_report(vault, gu.west.id), gu.kim, at=MONDAY)
    a_report(vault, gu.west.id, told_at=MONDAY)
    a_case(vault, gu.west.id, follow_up_on=MONDAY.date())
    a_visit(vault, gu.west.id)
    a_list(vault, told_to(vault, gu.west.id, select(SurveyRound))[0])
    for claims in (caseworker(gu.west.id), lead(gu.west.id)):
        with vault.opened(claims) as session:
            assert session.execute(text(asked)).all() == []
    with vault.opened(CLOCKWORK) as session:
        assert session.execute(text(asked)).all()


@pytest.mark.parametrize(
    "asked", ["SELECT reports.late('2030-01-01')", "SELECT reports.progress('2020-01-01')"]
)
def test_what_leads_read_nobody_else_does(vault: Vault, gu: Gu, asked: str) -> None:
    taken_up(vault, a_report(vault, gu.west.id), gu.kim, at=MONDAY)
    a_visit(vault, gu.west.id)
    for claims in (caseworker(gu.west.id), CLOCKWORK, lead(gu.east.id)):
        with vault.opened(claims) as session:
            assert session.execute(text(asked)).all() == []
    with vault.opened(lead(gu.west.id)) as session:
        assert session.execute(text(asked)).all()


def test_case_file_into_another_check(vault: Vault, gu: Gu) -> None:
    case = a_case_of(vault, gu.west, gu.kim)
    with (
        pytest.raises(IntegrityError, match="case_file_into_another_check"),
        vault.opened(caseworker(gu.west.id)) as session,
    ):
        session.merge(case).merged_into_id = case.id


def test_every_question_has_its_index(vault: Vault, gu: Gu, logins: tuple[Connection, ...]) -> None:
    crowd(logins[3], "reports.report", "reports.case_file", "reports.handover")
    case = a_case_of(vault, gu.west, gu.kim)
    a_handover(vault, case, gu.east.id)
    asked = {
        "report_untaken_idx": untaken([gu.west.id]),
        "case_file_centre_id_stage_idx": cases_in(
            [gu.west.id], closed_after=MONDAY, ending_by=MONDAY.date()
        ),
        "handover_to_centre_id_idx": offered_to([gu.west.id]),
        "report_case_id_idx": reports_of(case.id),
        "step_case_id_idx": steps_of(case.id),
        "survey_visit_round_id_household_id_key": households_of(case.id),
    }
    with vault.opened(caseworker(gu.west.id)) as session:
        around = plan_of(session, open_cases_around(0x8A30C1A2B3A7FFF, gu.west.id))
        plans = {index: plan_of(session, query) for index, query in asked.items()}
    assert "Seq Scan" not in around + "".join(plans.values())
    assert {index for index, plan in plans.items() if index not in plan} == set()


def test_a_border_report_stands_on_both_boards(vault: Vault, gu: Gu) -> None:
    report = a_report(vault, gu.west.id, routing=Routing.BORDER, second_centre_id=gu.east.id)
    for office in (gu.west, gu.east):
        found = untaken([office.id]).with_only_columns(Report.number)
        assert told_to(vault, office.id, found) == [report.number]


def test_a_step_that_was_dropped_is_not_shown(vault: Vault, gu: Gu) -> None:
    case = taken_up(vault, a_report(vault, gu.west.id), gu.kim, at=MONDAY)
    climb(vault, case, Outcome.NOBODY)
    climb(vault, case, Outcome.MET, at=MONDAY + timedelta(days=1))
    shown = told_to(vault, gu.west.id, steps_of(case.id).with_only_columns(Step.rung))
    assert shown == [Rung.CALL, Rung.VISIT]
    assert told_to(vault, gu.west.id, select(func.count()).select_from(Step)) == [2]

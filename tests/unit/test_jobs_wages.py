"""The least that an hour of work is worth, year by year."""

from datetime import date
from decimal import Decimal

import pytest

from geo_service.jobs.workflow import PaysTooLittle, guard_wage, least_pay
from geo_service.programmes.files import announced_wages, wage_of
from tests.jobs import AT, an_offer


def test_every_announced_year_is_known() -> None:
    assert announced_wages() == {2024: 9_860, 2025: 10_030, 2026: 10_320}


@pytest.mark.parametrize(
    ("year", "won", "announced"),
    [(2025, 10_030, True), (2026, 10_320, True), (2031, 10_320, False), (2019, 9_860, False)],
)
def test_a_year_yet_unknown_takes_the_last_known_and_says_so(
    year: int, won: int, *, announced: bool
) -> None:
    wage = wage_of(year)
    assert (wage.year, wage.hourly_won, wage.announced) == (year, won, announced)


def test_work_over_new_year_pays_what_both_years_ask() -> None:
    least, wage = least_pay(date(2024, 12, 30), date(2025, 1, 3), AT)
    assert (least, wage.year) == (10_030, 2025)


def test_without_days_the_wage_of_today_counts() -> None:
    assert least_pay(None, None, AT)[0] == 10_320


def test_a_task_pays_for_all_its_hours() -> None:
    assert least_pay(None, None, AT, task_hours=Decimal("2.5"))[0] == 25_800
    guard_wage(an_offer(pay_unit="task", task_hours="2.5", pay_won=25_800), AT)
    with pytest.raises(PaysTooLittle):
        guard_wage(an_offer(pay_unit="task", task_hours="2.5", pay_won=25_799), AT)


def test_a_job_that_pays_too_little_is_refused_with_the_year_and_its_wage() -> None:
    old = {"works_from": date(2024, 12, 30), "works_until": date(2025, 1, 3)}
    guard_wage(an_offer(pay_won=10_030, **old), AT)
    with pytest.raises(PaysTooLittle) as refused:
        guard_wage(an_offer(pay_won=10_029, **old), AT)
    assert refused.value.field == "pay_won"
    assert "2025년" in refused.value.korean
    assert "10,030원" in refused.value.korean

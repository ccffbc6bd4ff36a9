"""No job pays less than the law says."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal

from geo_service.clock import KOREA
from geo_service.jobs.schemas.offers import Offer
from geo_service.programmes.files import Wage, wages_between
from geo_service.programmes.workflow.wages import PaysTooLittle


def wages_for(first: date | None, last: date | None, at: datetime) -> Iterable[Wage]:
    """The minimum wages that work between two days meets; today's where they are not said."""
    today = at.astimezone(KOREA).date()
    begin = first or last or today
    return wages_between(begin, max(begin, last or begin))


def least_pay(
    first: date | None, last: date | None, at: datetime, *, task_hours: Decimal | None = None
) -> tuple[int, Wage]:
    """What an hour, or a task of so many hours, must pay at least, and the wage that says so."""
    wage = max(wages_for(first, last, at), key=lambda wage: wage.hourly_won)
    won = Decimal(wage.hourly_won) * (1 if task_hours is None else task_hours)
    return int(won.to_integral_value(ROUND_CEILING)), wage


def guard_wage(offer: Offer, at: datetime) -> None:
    """Raises: PaysTooLittle."""
    least_won, wage = least_pay(
        offer.works_from, offer.works_until, at, task_hours=offer.task_hours
    )
    if offer.pay_won < least_won:
        raise PaysTooLittle("pay_won", least_won, wage)

"""No job pays less than the law says."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal

from geo_service.clock import KOREA
from geo_service.errors import BadField
from geo_service.jobs.files import Wage, wages_between
from geo_service.jobs.schemas.offers import Offer


class PaysTooLittle(BadField):
    """This is less than the minimum wage."""

    def __init__(self, least_won: int, wage: Wage) -> None:
        super().__init__(
            "pay_won", f"Pay {least_won:,} won or more: the minimum wage of {wage.year}."
        )
        self.korean = (  # type: ignore[misc]
            f"{least_won:,}원 이상이어야 해요. {wage.year}년 최저임금은 한 시간에"
            f" {wage.hourly_won:,}원이에요."
        )


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
        raise PaysTooLittle(least_won, wage)

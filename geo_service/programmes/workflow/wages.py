"""Nobody pays less than the law says, neither a programme nor a job."""

from datetime import date

from geo_service.errors import BadField
from geo_service.programmes.files import Wage, wages_between


class PaysTooLittle(BadField):
    """This is less than the minimum wage."""

    def __init__(self, field: str, least_won: int, wage: Wage) -> None:
        super().__init__(field, f"Pay {least_won:,} won or more: the minimum wage of {wage.year}.")
        self.korean = (  # type: ignore[misc]
            f"{least_won:,}원 이상이어야 해요. {wage.year}년 최저임금은 한 시간에"
            f" {wage.hourly_won:,}원이에요."
        )


def highest_wage(first: date, last: date) -> Wage:
    """The minimum wage that is enough on every day from `first` to `last`."""
    return max(wages_between(first, last), key=lambda wage: wage.hourly_won)


def guard_hourly(hourly_won: int, first: date, last: date) -> None:
    """Raises: PaysTooLittle, beside `hourly_won`."""
    wage = highest_wage(first, last)
    if hourly_won < wage.hourly_won:
        raise PaysTooLittle("hourly_won", wage.hourly_won, wage)

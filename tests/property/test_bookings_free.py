"""Free time is exactly what a minute-by-minute look says it is."""

from datetime import timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql import Range

from geo_service.spaces.models import WHOLE, Terms
from geo_service.spaces.queries.free import Free, left_over
from tests.spaces import MONDAY, at, units_free

STEP = timedelta(minutes=30)
STEPS = 20
"""From nine until seven."""

spans = st.tuples(st.integers(0, STEPS - 1), st.integers(1, 6))
taken = st.lists(st.tuples(st.integers(1, 2), spans), max_size=6)
buffers = st.sampled_from((0, 30, 60))


def moments(span: tuple[int, int]) -> Range:  # type: ignore[type-arg]
    first, length = span
    return Range(at(9) + STEP * first, at(9) + STEP * (first + length))


@given(taken=taken, units=st.sampled_from((1, 2)), before=buffers, after=buffers, wish=spans)
def test_a_wish_fits_where_its_buffers_meet_nobodys_claim(
    taken: list[tuple[int, tuple[int, int]]],
    units: int,
    before: int,
    after: int,
    wish: tuple[int, int],
) -> None:
    terms = Terms(
        space_id=uuid4(), units=units, before_minutes=before, after_minutes=after, min_minutes=30
    )
    claims = [(unit if units > 1 else WHOLE, moments(span)) for unit, span in taken]
    free = Free(terms, left_over(terms, [(at(9), at(19))], claims, at=MONDAY))
    begins, ends = moments(wish).lower, moments(wish).upper
    mine = Range(begins - timedelta(minutes=before), ends + timedelta(minutes=after))
    fits = [
        unit
        for unit in (range(1, units + 1) if units > 1 else [WHOLE])
        if ends <= at(19)
        and not any(
            number == unit and claim.lower < mine.upper and mine.lower < claim.upper
            for number, claim in claims
        )
    ]
    assert units_free(free, begins, ends) == fits
    minutes = int((ends - begins).total_seconds()) // 60
    assert ((begins, ends) in list(free.slots(minutes))) == bool(fits)

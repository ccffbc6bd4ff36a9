"""Say no, and what is free instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from geo_service.accounts.models import Person
from geo_service.errors import Problem
from geo_service.spaces.models import Wish
from geo_service.spaces.queries.free import Look, nearest_slots
from geo_service.spaces.workflow.claiming import free_unit
from geo_service.spaces.workflow.house import House
from geo_service.spaces.workflow.problems import SlotIsTaken
from geo_service.spaces.workflow.rules import check_wish
from geo_service.spaces.workflow.standing import check_standing


def expect_free(
    outside: House, wish: Wish, *, newcomer: Person | None = None, without: UUID | None = None
) -> None:
    """Tell whoever cannot have it so, before they wait to go into the house.

    Only a look: what it finds free is decided inside. In a crowd two of three are told so, and
    nobody who has come in is kept from working by them.
    Raises: what `check_wish` and `check_standing` raise, SlotIsTaken.
    """
    terms, at = outside.terms, outside.at
    try:
        check_wish(terms, wish.during, unit_no=wish.unit_no, people=wish.people, at=at)
        free_unit(outside, wish.during, wish.unit_no, without=without)
    except Problem:
        if newcomer is not None:
            check_standing(outside, newcomer)
        with naming_the_nearest(outside, wish, without=without):
            raise


@contextmanager
def naming_the_nearest(house: House, wish: Wish, *, without: UUID | None = None) -> Iterator[None]:
    """When the time is taken, say which are free nearest to it."""
    try:
        yield
    except SlotIsTaken as taken:
        look = Look(house.terms, house.at, without, around=house.around)
        near = nearest_slots(house.session, look, wish.during)
        spans = [f"{begins.isoformat()}/{ends.isoformat()}" for begins, ends in near]
        raise SlotIsTaken(nearest=spans) from taken

"""What the names in paths stand for, so that every role can be sent through every door.

`MADE` holds, for each name that a path may have, how such a thing is made: of a person (who
applied, booked, owns it) and of an office (whose job or space it is about). `others` are the
things already made for the same path, from left to right.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.offices.access import Door
from tests.factories import a_job, a_space

Make = Callable[[Session, Person, UUID, dict[str, Any]], Any]

PLAIN = {"size": "large"}
"""Names that stand for a word and not for a thing."""


def _listing(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_job(session, office_id=office_id).id


def _space(session: Session, _person: Person, office_id: UUID, _others: dict[str, Any]) -> UUID:
    return a_space(session, office_id=office_id).id


MADE: dict[str, Make] = {"id": _listing, "job_id": _listing, "space_id": _space}


def parameters(door: Door) -> list[str]:
    """The names in a door's path, from left to right."""
    return re.findall(r"{(\w+)", door.path)

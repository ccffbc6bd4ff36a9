"""Note many at once, as one goes down the list of a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from geo_service.errors import Problem
from geo_service.shifts.models import Shift
from geo_service.shifts.workflow.attending import confirm, mark_absent, mark_attended
from geo_service.shifts.workflow.holding import hold


class Deed(StrEnum):
    """What is noted."""

    CAME = "came"
    ABSENT = "absent"
    CONFIRM = "confirm"


@dataclass
class Noted:
    """How it went."""

    done: int = 0
    refused: list[tuple[Shift, Problem]] = field(default_factory=list)


def note(
    session: Session, deed: Deed, minutes: Mapping[UUID, int | None], *, by_id: UUID, at: datetime
) -> Noted:
    """Do it for each of these shifts that can bear it; None confirms the minutes as planned.

    One that is refused does not keep the others from being noted.
    """
    noted = Noted()
    for shift in hold(session, minutes.keys()):
        try:
            match deed:
                case Deed.CAME:
                    mark_attended(session, shift, at=at)
                case Deed.ABSENT:
                    mark_absent(session, shift, at=at)
                case Deed.CONFIRM:
                    worked = minutes[shift.id] or shift.minutes
                    confirm(session, shift, minutes=worked, by_id=by_id, at=at)
        except Problem as problem:
            noted.refused.append((shift, problem))
        else:
            noted.done += 1
    return noted

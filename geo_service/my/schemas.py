"""What is asked before somebody leaves, and how the export is written down."""

from typing import Any

import orjson
from sqlalchemy.dialects.postgresql import Range

from geo_service.accounts.schemas import Password
from geo_service.web.fields import Agreed, FormModel


class LeaveForm(FormModel):
    """That they mean it; they have just signed in."""

    sure: Agreed


class LockedLeaveForm(LeaveForm):
    """And that it is they, from who has a password."""

    present: Password


def as_json(document: dict[str, Any]) -> bytes:
    """For people and programs: indented, moments as ISO 8601, ranges as `from` and `until`."""
    how = orjson.OPT_INDENT_2 | orjson.OPT_PASSTHROUGH_DATACLASS
    return orjson.dumps(document, default=_told, option=how)


def _told(value: object) -> object:
    if isinstance(value, Range):
        return {"from": value.lower, "until": value.upper}
    raise TypeError

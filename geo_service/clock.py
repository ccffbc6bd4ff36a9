"""The only place that reads the clock, so that tests can set it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

KOREA = ZoneInfo("Asia/Seoul")
"""Where people are. Moments are stored in UTC and shown here."""


def now() -> datetime:
    """The present moment, always in UTC."""
    return datetime.now(UTC)

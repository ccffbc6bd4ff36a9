"""A clock that stands still, for tests that compare what was said at two moments."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from geo_service import clock


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """What the service takes for the present moment, until the test is over."""
    at = clock.now()
    monkeypatch.setattr(clock, "datetime", SimpleNamespace(now=lambda _zone: at))
    return at

"""The stored feature: compact, without what is not known, and the same whoever writes it."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from geo_service.listings.models import Listing
from tests.db.conftest import Stepping
from tests.factories import a_job, a_space


def told(session: Session) -> dict[str, Any]:
    """The properties of the only listing; its text has no blanks but those of its words."""
    feature = session.scalars(select(Listing.feature_head)).one() + "}}"
    read = json.loads(feature)
    assert feature == json.dumps(read, ensure_ascii=False, separators=(",", ":"))
    properties: dict[str, Any] = read["properties"]
    return properties


def test_what_is_not_known_is_left_out(session: Session) -> None:
    space = a_space(session, title='“작은” 방\\ "1"', capacity=None, fee_won=0)
    properties = told(session)
    assert properties["title"] == space.title
    assert properties["fee_won"] == 0
    assert "capacity" not in properties
    assert None not in properties.values()


@pytest.mark.parametrize("source", ["demo", "office"])
def test_only_a_demo_says_so(session: Session, source: str) -> None:
    a_job(session, source=source)
    assert told(session).get("demo", False) == (source == "demo")


def test_rows_go_along_both_ways(stepping: Stepping) -> None:
    with Session(stepping.engine) as session:
        a_space(session, capacity=None)
        session.commit()
        compact = stored(session)
    stepping.back_to("bookings")
    with Session(stepping.engine) as session:
        before = stored(session)
        session.execute(text("UPDATE listing SET office_id = office_id"))
        assert stored(session)[0] == before[0]
    assert '"capacity": null' in before[0]
    assert before[1] == compact[1]
    stepping.on()
    with Session(stepping.engine) as session:
        assert stored(session) == compact


def stored(session: Session) -> tuple[str, Any]:
    """The text, and when the listing was last changed."""
    row = session.execute(select(Listing.feature_head, Listing.updated_at)).one()
    return row.feature_head, row.updated_at

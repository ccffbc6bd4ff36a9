"""The pilot has a watcher, one who waits, and a benefit for both."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.clock import KOREA, now
from geo_service.pilot import workflow as pilot
from geo_service.watchers.models import Watcher, WatcherState
from geo_service.watchers.queries.benefits import benefits_for


def test_the_pilot_shows_watchers_in_both_states(session: Session) -> None:
    pilot.load(session)
    for _ in range(2):
        pilot.welcome(session, "a-word-for-all")
    watchers = session.scalars(select(Watcher).order_by(Watcher.state)).all()
    assert [watcher.state for watcher in watchers] == [
        WatcherState.CONFIRMED,
        WatcherState.WAITING,
    ]
    confirmed, _waiting = watchers
    assert confirmed.dong_name == "송정1동"
    today = now().astimezone(KOREA).date()
    (benefit,) = session.scalars(benefits_for(confirmed.office_id, today))
    assert "시연" in benefit.title


def test_a_benefit_of_no_office_is_refused_by_name(session: Session, tmp_path: Path) -> None:
    for file in pilot.DATA.glob("pilot_*.json"):
        told = _without_its_office(file.read_text("utf-8"))
        (tmp_path / file.name).write_text(told, "utf-8")
    with pytest.raises(pilot.PilotIsMisspelt, match="songjeong-cinema: 없는 office: nowhere"):
        pilot.load(session, tmp_path)


def _without_its_office(told: str) -> str:
    cinema = '"key": "songjeong-cinema",\n      "office": "'
    return told.replace(f"{cinema}songjeong1", f"{cinema}nowhere")

"""Behind every confidential door a look is written down before anything is shown."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from geo_service.confidential import looks
from geo_service.confidential.models import Look
from geo_service.offices.access import Door
from geo_service.offices.models import Role
from geo_service.permissions import DOORS
from tests.reports import SAID
from tests.visitors import Case, Town, a_town

SHOWING = [
    door
    for door in DOORS
    if door.method == "GET"
    and Role.CASEWORKER in door.roles
    and any(name in door.path for name in ("{case_id", "{report_id", "{round_id", "{household_id"))
]
"""Doors behind which a caseworker comes to what was told."""

SILENT = {
    "/office/cases/{case_id:uuid}/stage",
    "/office/cases/{case_id:uuid}/steps",
    "/office/cases/{case_id:uuid}/assign",
    "/office/cases/{case_id:uuid}/merge",
    "/office/cases/{case_id:uuid}/handover",
    "/office/surveys/{round_id:uuid}/files/{list_id:uuid}",
}
"""Forms that quote nothing; a merge does as soon as there is another case."""

WORDS = (*SAID.values(), "혼자 사시고", "돌봄 도시락", "벨만 울려요", "김이웃", "홍길동", "광산로")

TELLING = [door for door in SHOWING if door.path not in SILENT]


@pytest.fixture
def town(session: Session) -> Town:
    return a_town(session)


def check(town: Town, visit: TestClient, raw: Connection, door: Door) -> None:
    """A caseworker who passes has left a look, or has read nothing. Raises: AssertionError."""
    path = town.settle(door, str(Role.CASEWORKER), Case.OWN)
    count = select(func.count()).where(Look.centre_id == town.here)
    before = raw.scalar(count) or 0
    answer = visit.get(path, headers=town.credentials(str(Role.CASEWORKER)))
    assert answer.status_code == 200, f"{path}: {answer.text}"
    if door.path in SILENT:
        assert not [word for word in WORDS if word in answer.text], door.path
    else:
        assert (raw.scalar(count) or 0) > before, door.path


@pytest.mark.parametrize("door", SHOWING, ids=lambda door: door.path)
def test_who_reads_has_left_a_look(
    town: Town, visit: TestClient, logins: tuple[Connection, ...], door: Door
) -> None:
    check(town, visit, logins[3], door)


@pytest.mark.parametrize("door", TELLING, ids=lambda door: door.path)
def test_without_the_line_that_writes_it_down_somebody_notices(
    town: Town,
    visit: TestClient,
    logins: tuple[Connection, ...],
    monkeypatch: pytest.MonkeyPatch,
    door: Door,
) -> None:
    def forgets(*_: Any, **__: Any) -> None:
        """Insert nothing."""

    monkeypatch.setattr(looks, "look_at_each", forgets)
    with pytest.raises(AssertionError, match=door.path.replace("{", "[{]")):
        check(town, visit, logins[3], door)

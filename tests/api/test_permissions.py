"""Every role walks through every door: to what is theirs, another's, another office's, missing."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from geo_service.permissions import DOORS
from tests.visitors import Town, a_town, wrong_cells


@pytest.fixture
def town(session: Session) -> Town:
    return a_town(session)


def test_the_table_names_every_door_and_no_other(app: FastAPI) -> None:
    DOORS.check(app)


def test_every_door_opens_for_whom_the_table_says_and_for_nobody_else(
    town: Town, visit: TestClient, connection: Connection
) -> None:
    wrong = list(map(str, wrong_cells(town, visit, connection)))
    assert not wrong, "\n".join(wrong)

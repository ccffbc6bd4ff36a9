"""Telling on pages: one question each, sealed on the way, sent once, shown once."""

from io import BytesIO

from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.reports.files.told import Knows, Since, Way, Whom
from geo_service.reports.models import AnswerBy, Draft, Photo, Report, Routing, Urgency
from geo_service.reports.workflow.opening import image_of, opened
from tests.areas import inside
from tests.reporting import STORY, SUBJECT, WORDS, code_on, fill, send, tell, two_dongs
from tests.reports import caseworker


def test_what_is_told_reaches_the_centre_of_its_dong_sealed(
    session: Session, visit: TestClient, vault: Vault
) -> None:
    west, _ = two_dongs(session)
    done = tell(visit, inside(0))
    assert done.status_code == 200, done.text
    with vault.opened(caseworker(west.id)) as confidential:
        report = confidential.scalars(select(Report)).one()
        told = opened(seal_of(vault.ring, report.id), report)
    assert report.number in done.text
    assert (report.routing, report.urgency) == (Routing.SURE, Urgency.TODAY)
    assert (report.answer_by, report.reporter_hash) == (AnswerBy.RECEIPT, None)
    assert (told.whom, told.subject, told.story) == (Whom.NEIGHBOUR, SUBJECT, STORY)
    assert (told.since, told.knows, told.way) == (Since.DAYS, Knows.UNAWARE, Way.RECEIPT)
    assert told.where_words == WORDS
    assert told.place == inside(0)
    kept = b"".join(
        value for name, value in vars(report).items() if name.endswith("_sealed") and value
    )
    for secret in (STORY, SUBJECT, WORDS):
        assert secret.encode() not in kept

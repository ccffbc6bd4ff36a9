"""What telling leaves: sealed drafts and photos, and no word in addresses, figures or logs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from geo_service.clock import now
from geo_service.confidential.sealing import seal_of
from geo_service.confidential.session import Vault
from geo_service.later import queue
from geo_service.offices.models import Office
from geo_service.reports.models import Draft, Photo
from geo_service.reports.workflow import drafts
from geo_service.reports.workflow.opening import image_of
from tests.areas import inside
from tests.reporting import STORY, fill, send, tell, two_dongs
from tests.reports import caseworker, only_report, reporter


@pytest.fixture
def centres(session: Session) -> tuple[Office, Office]:
    return two_dongs(session)


def test_nothing_said_stands_in_an_address_and_no_page_is_kept(
    visit: TestClient, centres: tuple[Office, Office]
) -> None:
    assert centres
    for page in ("", "/whom"):
        assert visit.get(f"/report{page}").headers["cache-control"] == "no-store"
    check = fill(visit, inside(0))
    assert check.headers["cache-control"] == "no-store"
    shown = visit.get("/report/where")
    assert shown.headers["cache-control"] == "no-store"
    assert "?" not in str(check.url) + str(shown.url)
    assert "data:image/svg+xml" in shown.text


@pytest.mark.usefixtures("centres")
def test_a_draft_is_sealed_lasts_a_day_and_is_its_browsers_own(
    app: FastAPI,
    visit: TestClient,
    vault: Vault,
    session: Session,
    later_runs: Callable[[datetime], int],
) -> None:
    fill(visit, inside(0))
    assert "이어서" in visit.get("/report").text
    with TestClient(app) as stranger:
        assert "이어서" not in stranger.get("/report").text
        assert stranger.get("/report/check").url.path == "/report/whom"
    with vault.opened(reporter()) as confidential:
        assert confidential.scalars(select(Draft)).all() == []
    queue(session, "reports.forget_drafts", key="test")
    later_runs(now() + timedelta(hours=23))
    assert "이어서" in visit.get("/report").text
    word = visit.cookies["report"]
    kept = vault.secret.digest("word of a draft", word)
    with vault.opened(reporter()) as confidential:
        draft_id = confidential.scalar(select(func.reports.draft_of(kept)))
    with vault.opened(reporter(draft_id)) as confidential:
        draft = confidential.get_one(Draft, draft_id)
        assert STORY.encode() not in draft.answers_sealed
        assert word.encode() not in draft.word_hash + draft.answers_sealed
        assert STORY in str(drafts.answers(vault.ring, draft))
    assert things_with_a_key(vault) == {str(draft_id)}
    assert vault.ring.found(draft_id).office_id == drafts.NOBODYS
    visit.post("/report/forget")
    assert "이어서" not in visit.get("/report").text
    assert things_with_a_key(vault) == set()
    assert drafts.answers(vault.ring, draft) == {}, "nor does a backup open any more"
    fill(visit, inside(0))
    assert len(things_with_a_key(vault)) == 1
    queue(session, "reports.forget_drafts", key="test")
    later_runs(now() + timedelta(hours=25))
    assert "이어서" not in visit.get("/report").text
    assert things_with_a_key(vault) == set()


def things_with_a_key(vault: Vault) -> set[str]:
    return {path.name for path in vault.ring.folder.glob("things/*/*")}


def test_a_draft_that_is_sent_keeps_its_key_as_the_reports(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    tell(visit, inside(0))
    report = only_report(vault, centres[0])
    assert vault.ring.found(report.id).office_id == centres[0].id
    visit.post("/report/forget")
    assert things_with_a_key(vault) == {str(report.id)}


def a_photo(**also: Any) -> bytes:
    file = BytesIO()
    Image.new("RGB", (2000, 1000), "orange").save(file, "JPEG", **also)
    return file.getvalue()


def test_a_photo_is_drawn_anew_and_sealed(
    visit: TestClient, vault: Vault, centres: tuple[Office, Office]
) -> None:
    fill(visit, inside(0))
    assert "얼굴, 집 안, 차 번호판은 찍지 마세요." in visit.get("/report/photo").text
    bad = visit.post("/report/photo", files={"photo": ("me.jpg", b"GIF89a no photo")})
    assert bad.status_code == 422
    files = {"photo": ("me.jpg", a_photo(comment=b"where I live"), "image/jpeg")}
    kept = visit.post("/report/photo", files=files, follow_redirects=False)
    assert kept.headers["location"] == "/report/check"
    assert "사진 빼기" in visit.get("/report/photo").text
    assert visit.post("/report/photo/removal").url.path == "/report/photo"
    assert "사진 빼기" not in visit.get("/report/photo").text
    visit.post("/report/photo", files=files)
    send(visit, "check", {})
    report = only_report(vault, centres[0])
    with vault.opened(caseworker(centres[0].id)) as confidential:
        photo = confidential.scalars(select(Photo)).one()
        image = image_of(seal_of(vault.ring, report.id), photo)
    assert b"where I live" not in image + photo.image_sealed
    assert Image.open(BytesIO(image)).size == (1600, 800)


def test_the_service_itself_sees_no_report(
    session: Session, visit: TestClient, centres: tuple[Office, Office]
) -> None:
    assert centres
    tell(visit, inside(0))
    with pytest.raises(Exception, match="permission denied for schema reports"):
        session.execute(text("SELECT count(*) FROM reports.report"))


def test_no_figure_and_no_log_tells_that_somebody_told(
    visit: TestClient, centres: tuple[Office, Office]
) -> None:
    assert centres
    with capture_logs() as logged:
        tell(visit, inside(0))
        visit.get("/my/reports/00000000-0000-0000-0000-000000000000")
    assert {line["route"] for line in logged} == {"(discreet)"}
    assert {line["status"] for line in logged} == {200}
    assert not any("report" in str(value) for line in logged for value in line.values())
    figures = visit.get("/metrics").text
    assert 'route="(discreet)"' in figures
    assert 'route="/report' not in figures

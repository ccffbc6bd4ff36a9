"""Official files on an operator's screen: looked through, mended, taken in, undone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import Mock

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from geo_service.clock import now
from geo_service.facilities.imports import Upload, import_file, incoming
from geo_service.facilities.models import FacilityFile, ImportBatch
from geo_service.facilities.tasks import forget_files
from geo_service.offices.models import Role
from geo_service.spaces.models import Space
from tests.facility_rows import csv_text, numbered, room, upload
from tests.factories import an_office
from tests.people import come_in, on_staff

PATH = "/office/import/facilities"


@dataclass
class Desk:
    """Of an operator with official files."""

    client: TestClient
    session: Session
    runs: Callable[[datetime], int]

    def send(self, text: str, **said: str) -> Response:
        """A file as text."""
        return self.client.post(PATH, data=said, files={"file": ("rooms.csv", text.encode())})

    def file(self) -> FacilityFile:
        """The only one on its way."""
        self.session.expire_all()
        return self.session.scalars(select(FacilityFile)).one()

    def shown(self, headers: dict[str, str] | None = None, query: str = "") -> Response:
        """Its page."""
        return self.client.get(f"{PATH}/files/{self.file().id}{query}", headers=headers)

    def press(self, deed: str, **said: Any) -> Response:
        """A button of its page."""
        return self.client.post(f"{PATH}/files/{self.file().id}/{deed}", data=said)

    def spaces(self) -> list[Space]:
        """All that there are."""
        self.session.expire_all()
        return list(self.session.scalars(select(Space).order_by(Space.title)))


@pytest.fixture
def desk(app: FastAPI, session: Session, later_runs: Callable[[datetime], int]) -> Iterator[Desk]:
    """Somebody who runs the machine."""
    person = on_staff(session, an_office(session).id, Role.OPERATOR)
    with come_in(app, session, person) as client:
        yield Desk(client, session, later_runs)


def test_a_file_is_looked_through_and_changes_nothing(desk: Desk) -> None:
    sent = desk.send(csv_text([*numbered(3), room(개방시설명="", 개방장소명="")]))
    assert (sent.status_code, sent.headers["location"]) == (303, f"{PATH}/files/{desk.file().id}")
    told = desk.shown().text
    assert "아직 아무것도 바꾸지 않았어요." in told
    assert "손봐야 할 줄" in told
    assert "3줄 싣기" in told
    assert "아직 싣지 않은 파일" in desk.client.get(PATH).text
    assert not desk.session.scalars(select(ImportBatch)).all()
    assert not desk.spaces()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_the_template_shows_as_example_is_taken_in(desk: Desk, kind: str) -> None:
    template = desk.client.get(f"{PATH}/template.{kind}")
    name = f"facilities.{kind}"
    assert name in template.headers["content-disposition"]
    assert desk.client.post(PATH, files={"file": (name, template.content)}).status_code == 303
    assert desk.file().counts["added"] == desk.file().rows == 1


def test_a_row_is_mended_in_place(desk: Desk) -> None:
    broken = ",".join(room(개방시설명="해오름주민센터 강당").values()) + ",남는 칸"
    rows = [*numbered(18), room(위도="", 개방시설명="해오름주민센터 홀")]
    desk.send(csv_text(rows) + broken + "\r\n")
    assert (desk.file().counts["held_back"], desk.file().counts["refused"]) == (1, 1)
    assert "칸이 30개입니다" in desk.shown(query="?line=21").text
    first = desk.shown().text
    assert "위도·경도가 없습니다" in first
    assert 'name="lat"' in first
    assert 'value="126.798783"' in first
    place = {"road_address": "광주광역시 광산구 광산로 70", "lng": "126.798783"}
    assert desk.press("rows/20", lat="97", **place).status_code == 303
    assert desk.file().counts["held_back"] == 1, "mended badly"
    assert desk.press("rows/20", lat="35.140746", **place).status_code == 303
    assert desk.file().counts["held_back"] == 0
    assert desk.press("rows/20", lat="35.2").status_code == 404, "it needs nothing"
    whole = {"facility": "해오름주민센터 강당", "provider": "광주광역시 광산구", "lat": "35.141"}
    assert desk.press("rows/21", **place, **whole).status_code == 303
    assert desk.file().counts["refused"] == 0
    desk.press("take-in")
    desk.runs(now())
    assert len(desk.spaces()) == 20
    assert desk.press("rows/21", **whole).status_code == 409


def test_what_a_mended_row_is_not_asked_for_stays(desk: Desk) -> None:
    cells = list(room().values())
    text = csv_text([*numbered(29), room()])
    whole, _, _ = text[:-2].rpartition("\r\n")
    short, moved = cells[:-1], [*cells[:10], *cells[11:]]
    desk.send("\r\n".join([whole, ",".join(short), ",".join(moved), ""]))
    last, unclear = (each for each in incoming.troubles(desk.file()) if "칸이" in each.reasons[0])
    assert "밀린 칸을 알 수 없어" in unclear.reasons[-1]
    assert desk.press(f"rows/{unclear.line}").status_code == 404
    said = {each.field: each.cell for each in last.asked}
    desk.press(f"rows/{last.line}", **said | {"provider": cells[-1]})
    rows = incoming.unpacked(desk.file().content or b"").rows
    assert cells in [list(row.cells) for row in rows]
    assert desk.file().counts["refused"] == 1


def test_a_name_too_long_for_an_index_is_refused_alone_and_mended(desk: Desk) -> None:
    chance = Random(1)
    long = "".join(chr(chance.randrange(0xAC00, 0xD7A4)) for _ in range(5_000))
    longest = room(개방시설명=long[:300], 개방장소명=long[-300:], 제공기관명=long[:140])
    rows = [*numbered(2), longest, room(개방시설명=long), room(개방장소명=long)]
    desk.send(csv_text(rows))
    assert desk.file().counts["refused"] == 2
    assert "시설이나 장소 이름이 300자를 넘습니다." in desk.shown().text
    assert 'name="facility"' in desk.shown().text
    assert desk.press("rows/5", facility="강당", room="해오름주민센터").status_code == 303
    desk.press("take-in")
    desk.runs(now())
    assert desk.file().refusal == ""
    assert len(desk.spaces()) == 4


def test_a_failure_that_nobody_foresaw_is_told_on_the_page_of_its_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.send(csv_text(numbered(2)))
    desk.press("take-in")
    monkeypatch.setattr(incoming, "import_table", Mock(side_effect=ValueError("5,000 digits")))
    desk.runs(now())
    assert desk.file().finished_at
    told = desk.shown().text
    assert "예상하지 못한 문제가 생겼어요." in told
    assert "digits" not in told
    assert not desk.spaces()


def test_a_file_in_somebodys_way_is_tried_again_before_that_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.send(csv_text(numbered(2)))
    desk.press("take-in")
    locked = OperationalError("", {}, LockNotAvailable())
    monkeypatch.setattr(incoming, "import_table", Mock(side_effect=locked))
    with pytest.raises(OperationalError):
        desk.runs(now())
    assert desk.file().finished_at is None
    desk.runs(now() + incoming.PATIENCE)
    assert "예상하지 못한 문제가 생겼어요." in desk.file().refusal


def test_a_file_is_taken_in_by_the_worker_and_undone(desk: Desk) -> None:
    desk.send(csv_text(numbered(3)))
    assert desk.press("take-in").status_code == 303
    assert desk.press("take-in").status_code == 409
    assert not desk.spaces()
    assert 'max="3" value="0"' in desk.shown().text
    incoming.tell_progress(desk.session, desk.file(), done=2, step="저장")
    part = {"HX-Request-Type": "partial"}
    assert "3줄 가운데 2줄을 실었어요." in desk.shown(part).text
    assert desk.runs(now()) == 1
    assert len(desk.spaces()) == 3
    batch = desk.session.scalars(select(ImportBatch)).one()
    assert "결과 보기" in desk.shown(part).text
    assert desk.shown().headers["location"] == f"{PATH}/{batch.id}"
    assert (desk.file().content, desk.file().troubled) == (None, []), "what came in is kept once"
    assert "rooms.csv" in desk.client.get(f"{PATH}/{batch.id}").text
    assert "rooms.csv" in desk.client.get(PATH).text
    assert desk.client.post(f"{PATH}/{batch.id}/undo").status_code == 303
    assert not desk.spaces()
    again = desk.client.post(f"{PATH}/{batch.id}/undo", headers={"Accept": "text/html"})
    assert again.status_code == 409
    assert "이미 되돌렸습니다" in again.text


def test_a_file_without_anything_to_take_in_has_no_button(desk: Desk) -> None:
    desk.send(csv_text([room(위도="")]))
    told = desk.shown().text
    assert "실을 수 있는 줄이 없어요. 1줄을 모두 손봐야 해요." in told
    assert "0줄" not in told
    assert "take-in" not in told
    assert desk.press("take-in").status_code == 409
    assert desk.file().begun_at is None


def test_a_file_that_says_what_is_there_already_has_no_button(desk: Desk) -> None:
    text = csv_text(numbered(3))
    import_file(desk.session, Upload("rooms.csv", text.encode()))
    desk.send(text)
    assert "3줄이 모두 이미 실린 것과 같아요." in desk.shown().text
    assert desk.press("take-in").status_code == 409


def test_what_came_otherwise_than_promised_is_told(desk: Desk) -> None:
    rows = numbered(3)
    desk.send(csv_text(rows))
    desk.press("take-in")
    import_file(desk.session, upload(*rows[:2]))
    desk.runs(now())
    *_, batch = desk.session.scalars(select(ImportBatch).order_by(ImportBatch.id))
    part = desk.shown({"HX-Request-Type": "partial"}).text
    for told in (part, desk.client.get(f"{PATH}/{batch.id}").text):
        assert "3줄 가운데 1줄을 실었어요." in told
        assert "싣기 전에 보여 드린 것과 달라요." in told
        assert "새로 실음 3 → 1, 그대로 0 → 2</p>" in told


def test_a_batch_that_changed_nothing_says_so_and_needs_no_undoing(desk: Desk) -> None:
    text = csv_text([room(위도="")] * 1200)
    batch = import_file(desk.session, Upload("rooms.csv", text.encode())).batch
    listed = desk.client.get(PATH).text
    assert "바뀐 것 없음" in listed
    assert "1,200" in listed
    told = desk.client.get(f"{PATH}/{batch}").text
    assert "1,200줄 가운데 0줄을 실었어요." in told
    assert "undo" not in told
    assert "보여 드린 것과" not in told


def test_the_rows_that_are_not_shown_can_be_had_as_a_table(desk: Desk) -> None:
    rows = [room(위도="", 개방시설명=f"=홀 {number}") for number in range(1100)]
    desk.send(csv_text([*rows, *numbered(1)]))
    told = desk.shown()
    assert "1,100줄 가운데 100줄을 보여 드려요." in told.text
    assert "손봐야 할 1,100줄 CSV로 받기" in told.text
    assert "1,090번째 줄 고치기" in desk.shown(query="?line=1090").text
    table = desk.shown(query="?as=csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text.splitlines()) == 1101
    assert "위도·경도가 없습니다." in table.text
    desk.press("take-in")
    desk.runs(now())
    batch = desk.session.scalars(select(ImportBatch)).one()
    assert "1,100줄 가운데 100줄을 보여 드려요." in desk.client.get(f"{PATH}/{batch.id}").text
    again = desk.client.get(f"{PATH}/{batch.id}?as=csv")
    assert again.text == table.text
    assert "\n1101,보류," in again.text.replace("\r", "")


def test_rows_without_columns_for_a_point_are_not_mended_here(desk: Desk) -> None:
    desk.send("경로당명,주소\n솔빛경로당,광주광역시 광산구 광산로 70", provider="광주광역시 광산구")
    told = desk.shown().text
    assert "좌표를 채워 다시 올려 주세요." in told
    assert "고치기" not in told
    assert desk.press("rows/2", road_address="광주광역시 광산구 광산로 70").status_code == 404


def test_no_file_is_to_be_chosen_and_not_to_be_written(desk: Desk) -> None:
    refused = desk.client.post(PATH, data={"provider": ""})
    assert refused.status_code == 422
    assert "파일: 골라 주세요." in refused.text


def test_others_see_how_far_it_is_while_it_is_not_done(engine: Engine) -> None:
    with Session(engine) as session:
        file = FacilityFile(file="rooms.csv", sha256="0" * 64, content=b"", sent_at=now())
        session.add(file)
        session.commit()
        session.refresh(file)
        try:
            incoming.tell_progress(session, file, done=7)
            with Session(engine) as other:
                assert other.get_one(FacilityFile, file.id).done == 7
        finally:
            session.rollback()
            session.execute(delete(FacilityFile))
            session.commit()


def test_a_file_that_cannot_be_taken_in_after_all_changes_nothing(desk: Desk) -> None:
    desk.send(csv_text(numbered(2)))
    desk.press("take-in")
    incoming.tell_progress(desk.session, file := desk.file(), done=2, step="저장")
    file.content = incoming.packed(("이름", "값"), [])
    desk.runs(now())
    assert (desk.file().done, desk.file().step) == (0, ""), "tried again, it begins again"
    told = desk.shown().text
    assert "싣지 못했어요. 아무것도 바뀌지 않았어요." in told
    assert desk.file().refusal in told
    assert not desk.spaces()


def test_no_personal_number_is_kept_and_no_file_for_long(desk: Desk) -> None:
    desk.send(csv_text([*numbered(1), room(사용안내전화번호="010-1234-5678", 위도="")]))
    (row,) = (row for row in incoming.unpacked(desk.file().content or b"").rows if row.line == 3)
    assert not any("1234" in cell and "5678" in cell for cell in row.cells)
    forget_files(desk.session, {}, now() + timedelta(days=6))
    assert desk.file()
    desk.file().begun_at = now() + timedelta(days=5)
    forget_files(desk.session, {}, now() + timedelta(days=8))
    assert desk.file(), "it was begun just now"
    forget_files(desk.session, {}, now() + timedelta(days=13))
    assert not desk.session.scalars(select(FacilityFile)).all()


def test_a_file_of_something_else_is_refused_in_place(desk: Desk) -> None:
    refused = desk.send("a,b\n1,2")
    assert refused.status_code == 422
    assert "다시 확인해 주세요" in refused.text
    nameless = desk.send("경로당명,주소\n솔빛경로당,광산로 70")
    assert nameless.status_code == 422
    assert "파일에 제공 기관이 없어요." in nameless.text
    assert not desk.session.scalars(select(FacilityFile)).all()


@pytest.mark.parametrize("number", [999_999, 99_999_999_999])
def test_a_batch_that_is_not_there_is_missing(desk: Desk, number: int) -> None:
    assert desk.client.get(f"{PATH}/{number}").status_code == 404
    assert desk.client.post(f"{PATH}/{number}/undo").status_code == 404


def test_officers_do_not_pass(app: FastAPI, session: Session) -> None:
    person = on_staff(session, an_office(session).id)
    with come_in(app, session, person) as client:
        assert client.get(PATH).status_code == 403

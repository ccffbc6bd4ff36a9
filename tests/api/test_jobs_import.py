"""Files of jobs: the template, what a file would do, mending, taking in, and undoing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from geo_service.clock import KOREA, now
from geo_service.jobs.files import UnreadableFile, rows_of
from geo_service.jobs.imports.columns import COLUMNS, NoTitles, meant, recognised
from geo_service.jobs.models import Job, JobBatch, JobState, Outcome
from geo_service.jobs.queries import rows_of_batch
from geo_service.jobs.tasks import AT_ONCE
from geo_service.jobs.workflow import edit
from geo_service.jobs.workflow.batches import BatchHasBegun, BatchIsNotFinished, begin, undo
from geo_service.offices.models import Office
from geo_service.programmes.workflow.wages import highest_wage
from tests.factories import an_office, walk
from tests.jobs import AT, OFFICE, a_batch, an_offer
from tests.people import come_in, on_staff

HEAD = "제목,시급,시작일,종료일,요일,시작시간,끝 시각,인원,공개,비고"
FIRST = now().astimezone(KOREA).date() + timedelta(days=7)
LAST = FIRST + timedelta(days=24)
LEAST = f"{highest_wage(FIRST, LAST).hourly_won:,}원 이상이어야 해요."
GOOD = f"화단 돌보기,11500,{FIRST},{LAST},평일,10,13:00,2,,"


@dataclass
class Desk:
    """Of an officer with files."""

    client: TestClient
    office: Office
    session: Session
    runs: Callable[[datetime], int]

    def send(self, *rows: str, head: str = HEAD) -> Response:
        """A file as text."""
        body = "\n".join([head, *rows]).encode("utf-8-sig")
        return self.client.post("/office/import", files={"file": ("jobs.csv", body)})

    def batch(self) -> JobBatch:
        """The only one."""
        self.session.expire_all()
        return self.session.scalars(select(JobBatch)).one()

    def outcomes(self) -> list[str]:
        """Of its rows."""
        rows = self.session.scalars(rows_of_batch(self.batch().id))
        return [row.outcome.value for row in rows]

    def press(self, deed: str, **said: Any) -> Response:
        """A button of the file's page."""
        return self.client.post(f"/office/import/{self.batch().id}/{deed}", data=said)

    def take_in(self) -> list[Job]:
        """Let the worker do it."""
        assert self.press("take-in").status_code == 303
        self.runs(now())
        return list(self.session.scalars(select(Job).order_by(Job.title)))


@pytest.fixture
def desk(app: FastAPI, session: Session, later_runs: Callable[[datetime], int]) -> Iterator[Desk]:
    office = an_office(session, **OFFICE)
    with come_in(app, session, on_staff(session, office.id)) as client:
        yield Desk(client, office, session, later_runs)


def page(desk: Desk) -> str:
    return desk.client.get(f"/office/import/{desk.batch().id}").text


def test_what_the_template_shows_as_example_is_taken_in(desk: Desk) -> None:
    for kind in ("xlsx", "csv"):
        template = desk.client.get(f"/office/jobs/template.{kind}")
        name = f"jobs.{kind}"
        assert name in template.headers["content-disposition"]
        sent = desk.client.post("/office/import", files={"file": (name, template.content)})
        assert sent.status_code == 303
    outcomes = [
        row.outcome
        for batch in desk.session.scalars(select(JobBatch))
        for row in desk.session.scalars(rows_of_batch(batch.id))
    ]
    assert outcomes == [Outcome.NEW, Outcome.NEW]


def test_the_workbook_has_lists_to_choose_from(desk: Desk) -> None:
    body = desk.client.get("/office/jobs/template.xlsx").content
    head, example = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
    assert head == [column.name for column in COLUMNS]
    assert example == [column.example for column in COLUMNS]
    assert b"dataValidation" in _part(body, "xl/worksheets/sheet1.xml")


def _part(body: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(body)) as folded:
        return folded.read(name)


def test_a_file_is_looked_through_before_anything_is_kept(desk: Desk) -> None:
    desk.send(GOOD, GOOD.replace("11500", "9000"), "", ",,,,,,,,,")
    assert desk.outcomes() == ["new", "bad"]
    assert not desk.session.scalars(select(Job)).all()
    told = page(desk)
    assert "읽지 않은 칸" in told
    assert "비고" in told
    assert LEAST in told


def test_good_rows_become_drafts_and_bad_ones_stay_out(desk: Desk) -> None:
    desk.send(GOOD, ",11500,,,,,,,,")
    (job,) = desk.take_in()
    assert (job.title, job.state, job.seats) == ("화단 돌보기", JobState.DRAFT, 2)
    assert job.hours_words == "평일 10:00–13:00"
    assert job.works_until == LAST
    assert desk.batch().finished_at is not None
    assert "1줄을 담았어요" in page(desk)


def test_a_row_may_ask_to_be_published_at_once(desk: Desk) -> None:
    hole = "도서 정리,11500,,,,,,,바로 공개,"
    desk.send(GOOD.removesuffix(",") + "바로 공개,", hole)
    (job,) = desk.take_in()
    assert job.state is JobState.PUBLISHED
    assert "담지 못함" in page(desk)


def test_a_bad_row_is_mended_on_the_page(desk: Desk) -> None:
    desk.send(GOOD.replace("11500", "9000").replace("평일", "아무 때나"))
    assert desk.outcomes() == ["bad"]
    again = desk.press("rows/2", pay_won="9,500", **{"asked-days": "1", "days": ["mon", "tue"]})
    assert LEAST in again.text
    assert desk.outcomes() == ["bad"]
    assert desk.press("rows/2", pay_won="12,000").status_code == 303
    assert desk.outcomes() == ["new"]
    (job,) = desk.take_in()
    assert (job.pay_won, job.hours_words) == (12_000, "월·화 10:00–13:00")
    assert desk.press("rows/2", pay_won="13,000").status_code == 409
    assert desk.press("rows/9", pay_won="13,000").status_code == 404


def test_a_fault_in_one_cell_is_asked_for_once(desk: Desk) -> None:
    desk.send(GOOD.replace(",10,", ",10시,"))
    told = page(desk)
    assert told.count('name="starts"') == told.count('id="f-starts"') == 1
    assert 'name="ends"' not in told
    assert "시작 시각: 시각을 다시 확인해 주세요." in told
    assert "모두 정해 주세요" not in told
    assert desk.press("rows/2", starts="10:00", **{"asked-starts": "1"}).status_code == 303
    assert desk.outcomes() == ["new"]


def test_hours_that_are_faulty_at_both_ends_are_asked_for_together(desk: Desk) -> None:
    desk.send(GOOD.replace(",10,13:00,", ",10시,13시,"))
    told = page(desk)
    assert told.count('name="starts"') == told.count('id="f-starts"') == 1
    assert told.count('name="ends"') == 1
    asked = {f"asked-{name}": "1" for name in ("days", "starts", "ends")}
    said = {"days": ["mon"], "starts": "10:00", "ends": "13:00"}
    assert desk.press("rows/2", **said, **asked).status_code == 303


def test_the_table_tells_days_and_pay_as_people_do_and_what_is_wrong(desk: Desk) -> None:
    desk.send(GOOD, f"도서 정리,만 원,{FIRST},내년,평일,10,13:00,0,,", ",많이,언젠가,,,,,,,")
    _, _, table = page(desk).partition("<tbody")
    good, bad, worse = table.split("<tr")[1:4]
    assert "11,500원" in good
    assert str(FIRST) not in good
    assert f"{FIRST.month}월 {FIRST.day}일" in good
    assert f"{LAST.month}월 {LAST.day}일" in good
    assert "만 원" in bad
    assert "받는 돈: 숫자로 적어 주세요." in bad
    assert "마지막 날: 날짜를 다시 확인해 주세요." in bad
    assert "언젠가" in worse
    assert "제목: 적어 주세요." in worse


def test_a_file_of_a_heading_only_says_so(desk: Desk) -> None:
    desk.send()
    told = page(desk)
    assert "칸 이름만 있고 줄이 없어요." in told
    assert "담을 것이 없어요" not in told


def test_no_file_is_to_be_chosen_and_not_to_be_written(desk: Desk) -> None:
    refused = desk.client.post("/office/import", data={})
    assert refused.status_code == 422
    assert "파일: 골라 주세요." in refused.text


def test_a_second_file_changes_what_the_first_brought_and_leaves_the_same(desk: Desk) -> None:
    desk.send(GOOD, GOOD.replace("화단 돌보기", "도서 정리"))
    desk.take_in()
    desk.session.delete(desk.batch())
    desk.session.commit()
    desk.send(GOOD.replace("11500", "12000"), GOOD.replace("화단 돌보기", "도서 정리"))
    assert desk.outcomes() == ["changed", "same"]
    books, flowers = desk.take_in()
    assert (books.version, flowers.version) == (1, 2)
    assert flowers.pay_won == 12_000


def test_a_whole_file_is_undone(desk: Desk) -> None:
    desk.send(GOOD)
    desk.take_in()
    desk.session.delete(desk.batch())
    desk.session.commit()
    desk.send(GOOD.replace("11500", "12000"), GOOD.replace("화단 돌보기", "도서 정리"))
    desk.take_in()
    assert desk.press("undo").status_code == 303
    books, flowers = desk.session.scalars(select(Job).order_by(Job.title))
    assert books.removed_at is not None
    assert (flowers.pay_won, flowers.removed_at) == (11_500, None)
    assert desk.press("undo").status_code == 409


def test_what_somebody_touched_since_stays(desk: Desk) -> None:
    desk.send(GOOD, GOOD.replace("화단 돌보기", "도서 정리"))
    books, _ = desk.take_in()
    edit(desk.session, books, an_offer(title="도서 정리", seats=3), at=now())
    desk.session.commit()
    desk.press("undo")
    desk.session.expire_all()
    assert books.removed_at is None
    assert "1줄은 그 뒤에" in page(desk)


def test_a_long_file_is_taken_in_bit_by_bit_and_says_how_far_it_is(
    desk: Desk, session: Session
) -> None:
    titles = [f"일자리 {number}" for number in range(AT_ONCE + 5)]
    person = on_staff(session, desk.office.id)
    batch = a_batch(session, office_id=desk.office.id, by_id=person.id, titles=titles)
    begin(session, batch, at=AT)
    with pytest.raises(BatchHasBegun):
        begin(session, batch, at=AT)
    with pytest.raises(BatchIsNotFinished):
        undo(session, batch, at=AT)
    session.commit()
    told = page(desk)
    assert 'max="30" value="0"' in told
    assert desk.runs(AT) == 2
    part = {"HX-Request-Type": "partial"}
    assert "30줄을 담았어요." in desk.client.get(f"/office/import/{batch.id}", headers=part).text
    assert len(desk.session.scalars(select(Job)).all()) == len(titles)


def test_a_place_is_found_by_its_address(desk: Desk) -> None:
    there = walk(800)
    an_office(desk.session, name="시험도서관", place=there)
    head = f"{HEAD},주소"
    desk.send(f"{GOOD},시험도서관", f"{GOOD.replace('화단', '나무')},없는 곳", head=head)
    assert desk.outcomes() == ["new", "bad"]
    (job,) = desk.take_in()
    assert (job.place, job.address) == (there.rounded(6), "시험도서관")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "읽을 수 없는 파일이에요."),
        (b"PK\x03\x04 no workbook", "읽을 수 없는 파일이에요."),
        (b"\xff\xfe\x00\x01", "읽을 수 없는 파일이에요."),
        ("이름,값\n가,1".encode(), "‘제목’ 칸이 없어요."),
        (b"\n".join([HEAD.encode(), *[GOOD.encode()] * 2_001]), "2,000줄까지만"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_place(desk: Desk, body: bytes, told: str) -> None:
    answer = desk.client.post("/office/import", files={"file": ("jobs.xlsx", body)})
    assert answer.status_code == 422
    assert told in answer.text
    assert not desk.session.scalars(select(JobBatch)).all()


def test_files_may_be_larger_than_forms_and_only_here(desk: Desk) -> None:
    assert desk.send(GOOD, *[",,,,,"] * 200_000).status_code == 303
    too_large = {"file": ("jobs.csv", b"," * 20_000_001)}
    assert desk.client.post("/office/import", files=too_large).status_code == 413
    assert desk.client.post("/office/jobs", files=too_large).status_code == 413


def test_old_and_new_spreadsheets_write_dates_and_hours_in_their_own_way() -> None:
    body = BytesIO()
    with Workbook(body, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day, clock = (book.add_format({"num_format": f}) for f in ("yyyy-mm-dd", "hh:mm"))
        sheet.write_row(0, 0, ["제목", "첫날", "시작 시각", "인원", "공휴일에 쉼"])
        sheet.write(1, 0, "화단 돌보기")
        sheet.write_datetime(1, 1, datetime(2027, 3, 2), day)  # noqa: DTZ001 (a cell has no zone)
        sheet.write_datetime(1, 2, time(9, 30), clock)
        sheet.write_number(1, 3, 2)
        sheet.write_boolean(1, 4, True)  # noqa: FBT003 (its own signature)
    assert rows_of(body.getvalue())[1] == ["화단 돌보기", "2027-03-02", "09:30", "2", "예"]
    assert rows_of("제목\n화단".encode("cp949")) == [["제목"], ["화단"]]
    with pytest.raises(UnreadableFile):
        rows_of(b"\n\n")


@pytest.mark.parametrize(
    ("name", "cell", "field", "values"),
    [
        ("요일", "월-수", "days", ["mon", "tue", "wed"]),
        ("요일", "주말", "days", ["sat", "sun"]),
        ("근무 요일", "화요일, 목요일", "days", ["tue", "thu"]),
        ("요일", "언제든", "days", ["언제든"]),
        ("첫날", "2027. 3. 2.", "works_from", ["2027-03-02"]),
        ("시작일", "20270302", "works_from", ["2027-03-02"]),
        ("마감일", "2027-02-26", "apply_until", ["2027-02-26T23:59"]),
        ("접수마감", "2027/2/26 18:00", "apply_until", ["2027-02-26T18:00"]),
        ("시작 시각", "9", "starts", ["09:00"]),
        ("뽑는 순서", "추첨", "turn", ["lottery"]),
        ("뽑는 순서", "제비뽑기", "turn", ["제비뽑기"]),
        (
            "물어볼 것",
            "걸어서 오시나요? / 몇 시에요?",
            "questions",
            ["걸어서 오시나요?\n몇 시에요?"],
        ),
    ],
)
def test_cells_are_read_as_people_write_them(
    name: str, cell: str, field: str, values: list[str]
) -> None:
    columns, _ = recognised(["제목", name])
    assert meant(columns, ["일", cell])[field] == values


def test_columns_are_known_by_many_names_and_each_once() -> None:
    columns, ignored = recognised(["사업명", "제목", "뽑는사람 ", "", "기타"])
    assert [column.field for column in columns.values()] == ["title", "seats"]
    assert ignored == ["제목", "기타"]
    with pytest.raises(NoTitles):
        recognised(["인원"])

"""Files are read as they were meant, or refused with the line."""

import json
from datetime import date, time
from io import BytesIO

import pytest
import xlsxwriter

from geo_service.facilities.files import Unreadable, read_table
from geo_service.facilities.files.table import MAX_ROWS
from geo_service.facilities.imports.datasets import (
    LIBRARIES,
    NAMES,
    ROOMS,
    SENIOR_CENTRES,
    UnknownColumns,
    recognise,
)
from tests.facility_rows import ROOM, csv_text, room


def cells_of(data: bytes) -> tuple[str, ...]:
    return read_table(data).rows[0].cells


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_csv_is_read_in_the_encodings_that_offices_save(encoding: str) -> None:
    table = read_table("시설명,주소\n솔빛마을 샾 경로당,광산로 70\n".encode(encoding))
    assert table.columns == ("시설명", "주소")
    assert table.rows[0].cells == ("솔빛마을 샾 경로당", "광산로 70")


def test_syllables_that_macos_took_apart_are_put_together() -> None:
    assert cells_of("가,나\n값,x\n".encode())[0] == "값"


def test_quotes_may_span_lines_and_rows_know_where_they_begin() -> None:
    table = read_table(b'a,b\r\n"1\r\n1",2\r\n3,4\r\n')
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("1\r\n1", "2")), (4, ("3", "4"))]


def test_blank_lines_and_blank_columns_at_the_end_are_no_rows_and_no_columns() -> None:
    table = read_table(b"a,b,,\n\n1,2,,\n,,,\n")
    assert table.columns == ("a", "b")
    assert [row.cells for row in table.rows] == [("1", "2")]


def test_columns_without_a_name_are_called_by_their_place_unless_they_hold_nothing() -> None:
    table = read_table(b"a,,,b\n1,,,2\n3,,,4\n")
    assert table.columns == ("a", "b")
    assert [row.cells for row in table.rows] == [("1", "2"), ("3", "4")]
    table = read_table(b"a,,,b\n1,,,2\n3,,x,4\n")
    assert table.columns == ("a", "3번째 칸", "b")
    assert table.rows[1].cells == ("3", "x", "4")
    broken = read_table(b"a,,,b\n" + b"1,,,2\n" * 20 + b"1,2\n")
    assert broken.columns == ("a", "2번째 칸", "3번째 칸", "b")
    assert [row.line for row in broken.broken] == [22]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"a,b\n1,2\n\xff\xff,4\n", 3, "글자를 읽을 수 없습니다"),
        (b"a,b\n1,\x002\n", 2, "NUL"),
        (b'a,b\n"x"y",2\n', 2, "따옴표"),
        (b"a,b\n1,2\n" + b"x" * 131_073 + b",2\n", 3, "131,072자를 넘습니다"),
        (b"a,b\n1,2,3\n", 2, "칸이 3개인데"),
        (b'{"records": [\n{"a": 1,,}\n]}', 2, "JSON 문법"),
        (b"<a>\n<b></a>", 2, "XML 문법"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data: bytes, line: int, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as refusal:
        read_table(data)
    assert refusal.value.line == line
    assert str(refusal.value).startswith(f"{line}번째 줄")


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_bad_byte_is_told_with_the_line_of_the_encoding_that_was_meant(encoding: str) -> None:
    lines = ["시설명,주소", *["솔빛마을 샾 경로당,광산로 70"] * 8]
    data = [line.encode(encoding) for line in lines]
    data[6] += b"\xff"
    with pytest.raises(Unreadable) as refusal:
        read_table(b"\n".join(data))
    assert refusal.value.line == 7


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "above", ["", "2024년 경로당 현황\n\n", "경로당, 현황\r\n(단위: 개소)\r\n"]
)
def test_the_header_is_found_below_titles_and_by_any_delimiter(above: str, delimiter: str) -> None:
    lines = [["연번", "시설명", "주소"], ["1", "솔빛경로당", '"광산로 70, 2층"']]
    text = above + "\n".join(delimiter.join(line) for line in lines)
    table = read_table(text.encode("cp949"), NAMES)
    assert table.columns == ("연번", "시설명", "주소")
    assert table.rows[0].cells == ("1", "솔빛경로당", "광산로 70, 2층")
    assert table.rows[0].line == above.count("\n") + 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_machine(end: str) -> None:
    table = read_table(
        end.join(["경로당 현황", "시설명,주소", "솔빛,광산로 70", ""]).encode(), NAMES
    )
    assert [(row.line, row.cells) for row in table.rows] == [(3, ("솔빛", "광산로 70"))]


def test_a_first_line_too_long_for_a_header_is_read_as_before() -> None:
    with pytest.raises(Unreadable):
        read_table(b"a" * 200_000, NAMES)


def test_a_header_that_two_delimiters_fit_is_refused() -> None:
    with pytest.raises(Unreadable, match="무엇으로 나누었는지") as refusal:
        read_table("현황\n시설명,주소,연락처\t시설명\t주소\t\n".encode(), NAMES)
    assert refusal.value.line == 2


def test_a_sheet_may_have_a_title_above_its_header() -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate((["경로당 현황"], [], ["시설명", "주소"], ["솔빛", "광산로 70"])):
        sheet.write_row(number, 0, row)
    book.close()
    table = read_table(buffer.getvalue(), NAMES)
    assert table.columns == ("시설명", "주소")
    assert [(row.line, row.cells) for row in table.rows] == [(4, ("솔빛", "광산로 70"))]


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"a,b\n", b"a,a\n1,2\n", b"<a><b/></a>", b"[]", b'{"rows": []}', b"[1]",
     b'[{"a": [1]}]', b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not xls"],
)  # fmt: skip
def test_what_holds_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_table(data)


def test_one_broken_row_in_many_is_kept_apart() -> None:
    table = read_table(b"a,b\n" + b"1,2\n" * 20 + b"1,2,3\n" + b"1,2\n")
    assert len(table.rows) == 21
    assert [row.line for row in table.broken] == [22]


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(Unreadable, match="나누어"):
        read_table(b"a\n" + b"1\n" * (MAX_ROWS + 1))


def test_json_records_are_read_with_korean_or_english_names() -> None:
    korean = json.dumps({"fields": [], "records": [ROOM]}, ensure_ascii=False).encode()
    assert recognise(read_table(korean)) is ROOMS
    english = {ROOMS.fields[field][1]: "x" for field in ROOMS.fields}
    assert recognise(read_table(json.dumps([english]).encode())) is ROOMS


def test_json_numbers_and_nulls_become_cells() -> None:
    assert cells_of(b'[{"a": 45.0, "b": 37.25, "c": null, "d": true}]') == ("45", "37.25", "", "Y")


def test_xlsx_numbers_dates_and_times_become_the_words_of_the_csv() -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["수", "소수", "날", "시각", "끝", "말"])
    sheet.write_number(1, 0, 45)
    sheet.write_number(1, 1, 37.25)
    sheet.write_datetime(1, 2, date(2023, 4, 7), book.add_format({"num_format": "yyyy-mm-dd"}))
    clock = book.add_format({"num_format": "hh:mm"})
    sheet.write_datetime(1, 3, time(9, 0), clock)
    sheet.write_number(1, 4, 1.0, book.add_format({"num_format": "[h]:mm"}))
    sheet.write_string(1, 5, "회의실")
    book.close()
    assert cells_of(buffer.getvalue()) == ("45", "37.25", "2023-04-07", "09:00", "24:00", "회의실")


def test_a_dataset_is_told_by_its_columns() -> None:
    district = room()
    del district["제공기관코드"], district["제공기관명"]
    assert recognise(read_table(csv_text([ROOM]).encode())) is ROOMS
    assert recognise(read_table(csv_text([district]).encode())) is ROOMS
    library = "도서관명,도서관유형,열람좌석수,소재지도로명주소,위도,경도\na,b,1,c,35,127\n"
    assert recognise(read_table(library.encode())) is LIBRARIES
    assert recognise(read_table("경로당명,주소\na,b\n".encode())) is SENIOR_CENTRES
    assert recognise(read_table("시설명,주소\n솔빛경로당,b\n".encode())) is SENIOR_CENTRES


@pytest.mark.parametrize("header", ["이름,주소", "시설명,주소"])
def test_unknown_columns_are_refused_with_what_is_there_and_what_is_expected(header: str) -> None:
    with pytest.raises(UnknownColumns) as refusal:
        recognise(read_table(f"{header}\n행복마트,광산로 70\n".encode()))
    assert header.replace(",", ", ") in str(refusal.value)
    assert "개방시설명" in str(refusal.value)

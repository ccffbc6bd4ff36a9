"""No workbook of a few kilobytes fills the machine; the table is found on its own sheet."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from xlsxwriter import Workbook

from geo_service.facilities.files import Unreadable, read_table
from geo_service.facilities.imports.datasets import NAMES
from geo_service.jobs.files import UnreadableFile, rows_of
from geo_service.web import workbooks
from geo_service.web.workbooks import NotAWorkbook, Oversized, sheets_of

HEAD = ("시설명", "주소")
ROWS = (HEAD, ("솔빛경로당", "광산로 70"))

Rows = tuple[tuple[str, ...], ...]


def workbook(**sheets: Rows) -> bytes:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def edited(data: bytes, edit: Callable[[str, bytes], bytes]) -> bytes:
    """The same workbook, its parts said otherwise."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as folded, ZipFile(buffer, "w", ZIP_DEFLATED) as to:
        for name in folded.namelist():
            to.writestr(name, edit(name, folded.read(name)))
    return buffer.getvalue()


def with_rows(rows: str, data: bytes = b"") -> bytes:
    """More rows at the end of the first sheet."""

    def edit(name: str, part: bytes) -> bytes:
        end = b"</sheetData>"
        return part.replace(end, rows.encode() + end) if name.endswith("sheet1.xml") else part

    return edited(data or workbook(자료=ROWS), edit)


def stray(reference: str, inside: str = "<v>1</v>", *, said: bool = True) -> bytes:
    told = f' r="{reference}"' if said else ""
    digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return with_rows(f'<row r="{digits}"><c{told}>{inside}</c></row>')


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "XFD40000"])
@pytest.mark.parametrize("inside", ["<v>1</v>", "<is><t>x</t></is>"])
def test_a_cell_far_from_the_table_is_refused_before_the_grid_is_made(
    reference: str, inside: str
) -> None:
    with pytest.raises(Unreadable, match=f"{reference} 칸까지 값이 있어"):
        read_table(stray(reference, inside))
    with pytest.raises(UnreadableFile, match=reference):
        rows_of(stray(reference, inside))


def test_a_row_far_from_the_table_is_refused_without_references_too() -> None:
    with pytest.raises(Oversized, match="1,048,576번째 줄"):
        list(sheets_of(stray("A1048576", said=False)))


@pytest.mark.parametrize("reference", ["1A", "ZZZZZZZ3", "A99999999", "?"])
def test_references_that_no_spreadsheet_writes_are_refused(reference: str) -> None:
    with pytest.raises(NotAWorkbook):
        list(sheets_of(with_rows(f'<row><c r="{reference}"><v>1</v></c></row>')))


def test_formats_may_reach_to_the_last_row() -> None:
    styled = stray("XFD1048576", "")
    assert [row.cells for row in read_table(styled).rows] == [("솔빛경로당", "광산로 70")]
    assert rows_of(styled) == [list(row) for row in ROWS]


@pytest.mark.parametrize("index", ["0", "0<!-- -->", "<!-- -->0", " 0\n"])
def test_a_long_string_in_many_cells_is_refused(
    monkeypatch: pytest.MonkeyPatch, index: str
) -> None:
    monkeypatch.setattr(workbooks, "MOST_LETTERS", 100_000)
    long = workbook(자료=(("긴" * 30_000, "주소"), *ROWS))
    few = '<row><c t="s"><v>0</v></c></row>'
    assert len(next(sheets_of(with_rows(few, long))).grid) == 4
    with pytest.raises(Oversized, match="되풀이되어"):
        list(sheets_of(with_rows(few.replace("0", index) * 4, long)))


@pytest.mark.parametrize(
    "declared", ['<?xml version="1.0" encoding="UTF-16"?>', "<!DOCTYPE worksheet>"]
)
def test_what_is_declared_otherwise_changes_nothing_or_is_refused(declared: str) -> None:
    def edit(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        return declared.encode() + part.partition(b"?>")[2]

    try:
        sheets = list(sheets_of(edited(workbook(자료=ROWS), edit)))
    except NotAWorkbook:
        return
    assert [len(sheet.grid) for sheet in sheets] == [2]


def test_a_zip_that_holds_more_than_it_says_is_refused() -> None:
    data = workbook(자료=ROWS)
    with ZipFile(BytesIO(data)) as folded:
        size = folded.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (9).to_bytes(4, "little"))
    with pytest.raises(NotAWorkbook):
        list(sheets_of(lying))


def test_only_sheets_that_are_read_have_to_be_within_bounds() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    def edit(name: str, part: bytes) -> bytes:
        end = b"</sheetData>"
        return part.replace(end, far.encode() + end) if name.endswith("sheet2.xml") else part

    book = edited(workbook(자료=ROWS, 뒤=ROWS), edit)
    assert read_table(book, NAMES).columns == HEAD
    assert len(rows_of(book)) == 2


def test_the_table_is_found_behind_a_guide() -> None:
    book = workbook(안내=(("이렇게 적어 주세요.",),), 빈=(), 자료=ROWS)
    assert read_table(book, NAMES).rows[0].cells == ("솔빛경로당", "광산로 70")


def test_a_refusal_says_which_of_several_sheets_was_read() -> None:
    guide = (("이렇게 적어 주세요.",),)
    with pytest.raises(Unreadable, match="‘안내’ 시트, 제목 줄만 있고"):
        read_table(workbook(안내=guide, 또=guide), NAMES)
    with pytest.raises(Unreadable, match="‘자료’ 시트, 제목 줄만 있고"):
        read_table(workbook(안내=guide, 자료=(HEAD,)), NAMES)
    with pytest.raises(Unreadable, match=r"^제목 줄만 있고"):
        read_table(workbook(자료=(HEAD,)), NAMES)

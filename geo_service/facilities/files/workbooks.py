"""XLSX and XLS: the first sheet that holds something, its cells as text."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import xlrd
from python_calamine import CalamineError, CalamineWorkbook

from geo_service.facilities.files.header import header_row
from geo_service.facilities.files.table import MAX_BYTES, Table, Unreadable, column_names

Cell = int | float | str | bool | time | date | datetime | timedelta

_DAY_ZERO = date(1900, 1, 1)
"""Spreadsheets keep a time of day as a moment on or before this day."""


def read_xlsx(data: bytes, names: Collection[str] = ()) -> Table:
    """The table on the first sheet that is not empty, its header known by some of the `names`.

    Raises: Unreadable.
    """
    _refuse_bombs(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for index in range(len(book.sheet_names)):
            grid = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
            if any(any(row) for row in grid):
                return _table([[_text(cell) for cell in row] for row in grid], names)
    except CalamineError as error:
        raise Unreadable("엑셀 파일이 깨졌거나 암호가 걸려 있습니다.") from error
    raise Unreadable("빈 엑셀 파일입니다.")


def read_xls(data: bytes, names: Collection[str] = ()) -> Table:
    """The same for the format of before 2007. Raises: Unreadable."""
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=BytesIO())
    except Exception as error:  # a damaged file breaks xlrd in many ways
        raise Unreadable("엑셀 파일이 깨졌거나 암호가 걸려 있습니다.") from error
    for sheet in book.sheets():
        if sheet.nrows:
            rows = (sheet.row(number) for number in range(sheet.nrows))
            return _table(
                [[_text(_xls_value(cell, book.datemode)) for cell in row] for row in rows], names
            )
    raise Unreadable("빈 엑셀 파일입니다.")


def _table(grid: list[list[str]], names: Collection[str]) -> Table:
    header = header_row(grid, names)
    if not any(grid[header]):
        raise Unreadable("빈 엑셀 파일입니다.")
    table = Table(column_names(grid[header]))
    for line, cells in enumerate(grid[header + 1 :], header + 2):
        if any(cells):
            table.take(line, cells)
    return table.checked()


def _refuse_bombs(data: bytes) -> None:
    """An XLSX is a ZIP that may unfold to any size."""
    try:
        size = sum(entry.file_size for entry in ZipFile(BytesIO(data)).infolist())
    except BadZipFile as error:
        raise Unreadable("엑셀 파일이 깨졌습니다.") from error
    if size > 4 * MAX_BYTES:
        raise Unreadable("압축을 풀면 너무 커지는 파일입니다.")


def _xls_value(cell: xlrd.sheet.Cell, datemode: int) -> Cell:
    match cell.ctype:
        case xlrd.XL_CELL_DATE if cell.value < 1:
            return timedelta(days=cell.value)
        case xlrd.XL_CELL_DATE:
            moment: datetime = xlrd.xldate_as_datetime(cell.value, datemode)
            return moment
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return ""
        case _:
            value: str | float = cell.value
            return value


def _text(cell: Cell) -> str:
    """A cell as the official CSV would write it: 45, 37.25, 09:00, 24:00, 2023-04-07."""
    match cell:
        case str():
            text = cell.replace("\0", "")
        case bool():
            text = "Y" if cell else "N"
        case float() if cell.is_integer():
            text = str(int(cell))
        case datetime() if cell.date() > _DAY_ZERO:
            text = cell.date().isoformat()
        case datetime() | time():
            text = cell.strftime("%H:%M")
        case timedelta():
            minutes = round(cell.total_seconds() / 60)
            text = f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            text = str(cell)
    return text

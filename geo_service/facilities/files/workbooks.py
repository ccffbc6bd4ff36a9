"""XLSX and XLS: the first sheet whose header is known, its cells as text."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import NamedTuple

import xlrd

from geo_service.facilities.files.header import header_row, is_known
from geo_service.facilities.files.table import Table, Unreadable, column_names
from geo_service.web.workbooks import (
    MOST_CELLS,
    MOST_LETTERS,
    Cell,
    NotAWorkbook,
    Oversized,
    sheets_of,
)

_DAY_ZERO = date(1900, 1, 1)
"""Spreadsheets keep a time of day as a moment on or before this day."""


class _Sheet(NamedTuple):
    name: str
    grid: list[list[str]]


def read_xlsx(data: bytes, names: Collection[str] = ()) -> Table:
    """The table on the first sheet whose header is known by some of the `names`.

    Where none is, it is the first sheet that is not empty. Raises: Unreadable.
    """
    try:
        return _chosen(
            (
                _Sheet(sheet.name, [[_text(cell) for cell in row] for row in sheet.grid])
                for sheet in sheets_of(data)
            ),
            names,
        )
    except Oversized as error:
        raise Unreadable(str(error)) from error
    except NotAWorkbook as error:
        raise Unreadable(_BROKEN) from error


def read_xls(data: bytes, names: Collection[str] = ()) -> Table:
    """The same for the format of before 2007. Raises: Unreadable."""
    try:
        # Ragged: a single cell far away would fill all rows up to it.
        book = xlrd.open_workbook(file_contents=data, logfile=BytesIO(), ragged_rows=True)
    except Exception as error:  # a damaged file breaks xlrd in many ways
        raise Unreadable(_BROKEN) from error
    return _chosen(_xls_sheets(book), names)


_BROKEN = "엑셀 파일이 깨졌거나 암호가 걸려 있습니다. XLSX로 다시 저장해 주세요."


def _chosen(sheets: Iterable[_Sheet], names: Collection[str]) -> Table:
    first, several = None, False
    for sheet in sheets:
        several = first is not None
        first = first or sheet
        if not names or is_known(sheet.grid, names):
            return _table(sheet, names, named=several)
    if first is None:
        raise Unreadable("빈 엑셀 파일입니다.")
    return _table(first, names, named=several)


def _xls_sheets(book: xlrd.Book) -> Iterator[_Sheet]:
    for sheet in book.sheets():
        width = max(map(sheet.row_len, range(sheet.nrows)), default=0)
        if sheet.nrows * width > MOST_CELLS:
            raise Unreadable(
                f"‘{sheet.name}’ 시트의 표가 너무 큽니다({sheet.nrows:,}줄 × {width:,}칸)."
                " 표 밖에 있는 칸을 지우고 다시 저장해 주세요."
            )
        grid, letters = [], 0
        for number in range(sheet.nrows):
            row = [_text(_xls_value(cell, book.datemode)) for cell in sheet.row(number)]
            letters += sum(map(len, row))
            if letters > MOST_LETTERS:
                raise Unreadable(
                    "긴 글이 여러 칸에 되풀이되어, 펼치면 너무 커지는 파일입니다.", line=number + 1
                )
            grid.append(row + [""] * (width - len(row)))
        if any(map(any, grid)):
            yield _Sheet(sheet.name, grid)


def _table(sheet: _Sheet, names: Collection[str], *, named: bool) -> Table:
    """What is on a sheet. `named`: whether a refusal says on which."""
    grid = sheet.grid
    header = header_row(grid, names)
    try:
        table = Table(column_names(grid[header]))
        for line, cells in enumerate(grid[header + 1 :], header + 2):
            if any(cells):
                table.take(line, cells)
        return table.checked()
    except Unreadable as error:
        if not named:
            raise
        refusal = Unreadable(f"‘{sheet.name}’ 시트, {error.detail}")
        refusal.line = error.line
        raise refusal from error


def _xls_value(cell: xlrd.sheet.Cell, datemode: int) -> Cell:
    match cell.ctype:
        case xlrd.XL_CELL_DATE if cell.value < 1:
            return timedelta(days=cell.value)
        case xlrd.XL_CELL_DATE:
            return _moment(cell.value, datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return ""
        case _:
            value: str | float = cell.value
            return value


def _moment(days: float, datemode: int) -> datetime | float:
    """A day, or just the number where there is no such day."""
    try:
        moment: datetime = xlrd.xldate_as_datetime(days, datemode)
    except (ValueError, OverflowError):
        return days
    return moment


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
